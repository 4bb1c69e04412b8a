/* Trains many small networks, so that every activation, loss, optimizer, mode and schedule has
   its turns, and prints all that comes out as hexadecimal doubles. scripts/levels compares what
   this program prints when it and the engine are compiled in different ways. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/trainer.h"

enum {
    ROUNDS = 4, /* over all pairs of a last activation and a loss */
    LAYERS = 4,
    WIDEST = 150, /* longer than what the engine takes in one go */
    ROWS = 12,
    BATCH = 5
};

static void demand(bool good, const char *what)
{
    if (good) return;
    fprintf(stderr, "levels: %s\n", what);
    exit(EXIT_FAILURE);
}

static bool one_in(Random *random, uint64_t count)
{
    return random_below(random, count) == 0;
}

static const Activation *draw_activation(Random *random)
{
    size_t count = 0;
    while (activation_row(count)) count++;
    return activation_row(random_below(random, count));
}

/* Mostly narrow, sometimes wider than a vector or a tile of them. */
static int draw_width(Random *random)
{
    return 1 + (int)random_below(random, one_in(random, 4) ? 40 : 6);
}

/* NORM: some layers have a batch norm. */
static Net *draw_net(Random *random, const Activation *last, bool norm)
{
    int sizes[LAYERS + 1], layers = 1 + (int)random_below(random, LAYERS);
    const Activation *activations[LAYERS];
    unsigned extras[LAYERS] = {0};
    sizes[0] = one_in(random, 8) ? WIDEST : draw_width(random);
    for (int k = 1; k <= layers; k++) {
        bool skip = k > 1 && k < layers && one_in(random, 3);
        sizes[k] = skip ? sizes[k - 1] : draw_width(random);
        activations[k - 1] = k < layers ? draw_activation(random) : last;
        if (skip) extras[k - 1] |= EXTRA_SKIP;
        if (norm && one_in(random, 3)) extras[k - 1] |= EXTRA_NORM;
    }
    if (last->total && sizes[layers] == 1) sizes[layers] = 2;
    Architecture architecture = {layers, sizes, activations, extras, !one_in(random, 4)};
    Net *net = net_new(&architecture, 0, NULL);
    demand(net != NULL, "there is no room for a network");
    return net;
}

static Pass *draw_pass(Random *random, const Activation *last, const Loss *loss, bool norm)
{
    Net *net = draw_net(random, last, norm);
    Pass *pass = pass_new(net, loss);
    net_release(net);
    for (size_t e = 0; e < net->parameters; e++) {
        double range = 1 / sqrt(net->vectors[net_owner(net, e)->in].size);
        pass->value[e] = random_uniform(random, -range, range);
    }
    return pass;
}

/* Targets of one row that LOSS accepts. */
static void draw_targets(Random *random, const Loss *loss, double *y, int count)
{
    static const double labels[] = {-1, 0, 1};
    int hot = (int)random_below(random, (uint64_t)count);
    for (int i = 0; i < count; i++) do
            y[i] =
                one_in(random, 2) ? labels[random_below(random, 3)] : random_uniform(random, -2, 2);
        while (!loss->demands.accepts(y[i]));
    for (int i = 0; loss->demands.distribution && i < count; i++) y[i] = i == hot;
}

static double *draw_rows(Random *random, const Pass *pass, int inputs, int targets)
{
    double *values = memory_new((size_t)(ROWS * (inputs + targets)) * sizeof *values),
           *row = values;
    for (int r = 0; r < ROWS; r++, row += inputs + targets) {
        for (int i = 0; i < inputs; i++) row[i] = random_uniform(random, -1, 1);
        draw_targets(random, pass->loss, row + inputs, targets);
    }
    return values;
}

static Descent draw_descent(Random *random, const Optimizer *optimizer, const Schedule *schedule)
{
    Descent descent = {.rate = 0.01};
    descent_choose(&descent, optimizer);
    descent_choose_schedule(&descent, schedule);
    if (one_in(random, 4)) descent.decay = 0.1;
    if (one_in(random, 4)) descent.clip_norm = 0.5;
    if (one_in(random, 4)) descent.clip_value = 0.05;
    return descent;
}

static void print_numbers(const char *name, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) printf("%s %zu %a\n", name, i, numbers[i]);
}

/* Two epochs at full speed, the next one update by update, and then an update event by event. */
static void train(Trainer *trainer)
{
    double averages[2];
    Run run = {.updates = LONG_MAX, .epochs = 2, .averages = averages};
    trainer_run(trainer, &run);
    bool good = run.epochs_ended == 2 && run.sound, ended = false;
    while (good && !ended) good = trainer_update(trainer, &ended) == UPDATE_MADE;
    UpdateResult result;
    do good = good && trainer_next(trainer, "event", &result);
    while (good && trainer->phase != PHASE_ROW);
    demand(good, "a network broke while it was trained");
    print_numbers("average", averages, 2);
    print_numbers("average", &trainer->course->average, 1);
}

/* Trains network NUMBER with what comes next in turn. */
static void train_net(Random *random, size_t number, const Activation *last, const Loss *loss)
{
    size_t optimizers = 0, schedules = 0;
    while (optimizer_row(optimizers)) optimizers++;
    while (schedule_row(schedules)) schedules++;
    const Optimizer *optimizer = optimizer_row(number % optimizers);
    Plan plan = {(Mode)(number % (MODE_MINI + 1)), BATCH, one_in(random, 2)};
    Pass *pass = draw_pass(random, last, loss, plan.mode != MODE_STOCHASTIC);
    pass_set_trick(pass, optimizer->trick);
    Descent descent = draw_descent(random, optimizer, schedule_row(number % schedules));
    const Net *net = pass->net;
    int inputs = net->vectors[net->input].size, targets = net->vectors[net->target].size;
    double *values = draw_rows(random, pass, inputs, targets);
    size_t kept = net->parameters * (size_t)optimizer_slots(optimizer);
    double *slots = memory_new(kept * sizeof *slots);
    Course course = {.random = *random};
    Trainer trainer;

    Text spelled = {0};
    architecture_spell(&spelled, &net->architecture);
    printf("net %zu %s %s %s\n", number, text_string(&spelled), loss->name, optimizer->name);
    trainer_begin(&trainer, pass, &descent, slots, &course, plan,
                  (Rows){values, ROWS, inputs, targets}, 0);
    train(&trainer);
    print_numbers("parameter", pass->value, net->stored);
    print_numbers("slot", slots, kept);

    trainer_release(&trainer);
    text_release(&spelled);
    free(slots);
    free(values);
    pass_free(pass);
}

int main(void)
{
    Random random;
    random_seed(&random, 1);
    size_t number = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t l = 0; loss_row(l); l++)
            for (size_t a = 0; activation_row(a); a++)
                if (loss_fits(loss_row(l), activation_row(a), 2, NULL))
                    train_net(&random, number++, activation_row(a), loss_row(l));
}
