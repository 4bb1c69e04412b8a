/* For tests of the trainer: training runs drawn at random, and ways to move them. */
#ifndef TESTS_LOOPS_H
#define TESTS_LOOPS_H

#include <string.h>

#include "base/memory.h"
#include "engine/trainer.h"
#include "random_nets.h"

enum { MOST_UPDATES = 4000 };

/* What a run begins with. */
typedef struct Case {
    Net *net;
    const Loss *loss;
    double *numbers; /* what the network stores */
    double *values;  /* of the rows */
    Descent descent;
    Plan plan;
    Rows rows;
    Course course;
} Case;

/* A run. */
typedef struct Loop {
    Pass *pass;
    double *slots;
    Descent descent;
    Course course;
    Trainer trainer;
} Loop;

static inline size_t slot_count(const Loop *loop)
{
    return (size_t)optimizer_slots(loop->descent.optimizer) * loop->pass->net->parameters;
}

static inline void loop_begin(Loop *loop, const Case *given)
{
    *loop = (Loop){.descent = given->descent, .course = given->course};
    loop->pass = pass_new(given->net, given->loss);
    pass_set_trick(loop->pass, given->descent.optimizer->trick);
    memory_copy_numbers(loop->pass->value, given->numbers, given->net->stored);
    loop->slots = memory_new(slot_count(loop) * sizeof(double));
    trainer_begin(&loop->trainer, loop->pass, &loop->descent, loop->slots, &loop->course,
                  given->plan, given->rows, 0);
}

static inline void loop_release(Loop *loop)
{
    trainer_release(&loop->trainer);
    pass_free(loop->pass);
    free(loop->slots);
}

/* Ways to make COUNT updates; false when one cannot be made. */

static inline bool move_fast(Loop *loop, long count)
{
    double averages[MOST_UPDATES + 1];
    Run run = {.updates = count, .epochs = count + 1, .averages = averages};
    trainer_run(&loop->trainer, &run);
    ck_assert(run.broke || run.updates_made == count);
    return !run.broke && run.sound;
}

static inline bool move_carefully(Loop *loop, long count)
{
    bool ended;
    for (; count; count--)
        if (trainer_update(&loop->trainer, &ended) != UPDATE_MADE) return false;
    return true;
}

static inline bool move_by_events(Loop *loop, long count)
{
    UpdateResult result;
    long target = loop->descent.updates + count;
    while (loop->descent.updates < target || loop->trainer.phase != PHASE_ROW)
        if (!trainer_next(&loop->trainer, "test", &result)) return false;
    return true;
}

/* Some events, that may well end within an update. */
static inline bool move_a_little(Loop *loop, int events)
{
    UpdateResult result;
    for (; events; events--)
        if (!trainer_next(&loop->trainer, "test", &result)) return false;
    return true;
}

static bool (*const ways[])(Loop *loop, long count) = {move_fast, move_carefully, move_by_events};
enum { WAYS = 3 };

/* In pieces, each moved in another way; from halfway through an update, too. */
static inline bool move_at_random(Loop *loop, Random *random, long count)
{
    long target = loop->descent.updates + count;
    for (long left; (left = target - loop->descent.updates) > 0;) {
        long piece = random_between(random, 1, (int)(left < 7 ? left : 7));
        int events = random_between(random, 0, (int)loop->pass->net->elements);
        if (piece < left && !move_a_little(loop, events)) return false;
        if (!ways[random_below(random, WAYS)](loop, piece)) return false;
    }
    return loop->trainer.phase == PHASE_ROW || move_by_events(loop, 0);
}

/* Cases. */

static inline bool has_norm(const Net *net)
{
    bool norm = false;
    for (int k = 1; k <= net->architecture.layers; k++) norm |= net_normalise(net, k) != NULL;
    return norm;
}

/* A batch norm needs several rows in every batch. */
static inline Plan draw_plan(Random *random, const Net *net, size_t rows)
{
    Plan plan;
    bool fits;
    do {
        plan = (Plan){(Mode)random_below(random, 3), random_between(random, 1, 8),
                      random_below(random, 2)};
        size_t last = rows % (size_t)plan.batch;
        fits = !has_norm(net) || plan.mode == MODE_BATCH ||
               (plan.mode == MODE_MINI && plan.batch > 1 && last != 1);
    } while (!fits);
    return plan;
}

static inline Descent draw_descent(Random *random, double rate)
{
    Descent descent = {.rate = rate};
    size_t optimizers = 0, schedules = 0;
    while (optimizer_row(optimizers)) optimizers++;
    while (schedule_row(schedules)) schedules++;
    descent_choose_schedule(&descent, schedule_row(random_below(random, schedules)));
    bool plain = !random_below(random, 4);
    descent_choose(&descent,
                   plain ? optimizer_find("sgd") : optimizer_row(random_below(random, optimizers)));
    if (!plain && !random_below(random, 2)) descent.clip_norm = 0.5;
    if (!plain && !random_below(random, 2)) descent.clip_value = 0.2;
    if (!plain && !random_below(random, 2)) descent.decay = 0.01;
    return descent;
}

static inline void draw_rows(Case *given, Random *random, size_t count)
{
    const Net *net = given->net;
    int inputs = net->vectors[net->input].size, targets = net->vectors[net->target].size;
    size_t width = (size_t)(inputs + targets);
    given->values = memory_new(count * width * sizeof(double));
    for (size_t r = 0; r < count; r++) {
        double *row = given->values + r * width;
        for (int i = 0; i < inputs; i++) row[i] = random_uniform(random, -1, 1);
        draw_targets(random, given->loss, row + inputs, targets);
    }
    given->rows = (Rows){given->values, count, inputs, targets};
}

static inline void draw_pair(Random *random, const Activation **last, const Loss **loss)
{
    size_t losses = 0;
    while (loss_row(losses)) losses++;
    do {
        *last = random_activation(random);
        *loss = loss_row(random_below(random, losses));
    } while (!loss_fits(*loss, *last, 2, NULL));
}

static inline Case draw_case(Random *random, double rate)
{
    Case given = {0};
    const Activation *last;
    draw_pair(random, &last, &given.loss);
    given.net = random_net(random, last, given.loss, random_below(random, 2));
    given.numbers = memory_new(given.net->stored * sizeof(double));
    for (size_t e = 0; e < given.net->stored; e++)
        given.numbers[e] = random_uniform(random, -0.7, 0.7);
    for (size_t e = given.net->parameters; e < given.net->stored; e++) given.numbers[e] += 1;
    draw_rows(&given, random, 2 + random_below(random, 12));
    given.plan = draw_plan(random, given.net, given.rows.count);
    given.descent = draw_descent(random, rate);
    random_seed(&given.course.random, random_bits(random));
    return given;
}

static inline void case_release(Case *given)
{
    net_release(given->net);
    free(given->numbers);
    free(given->values);
}

#endif
