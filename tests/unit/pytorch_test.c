/* The engine against PyTorch, by the tables that scripts/reference wrote. */
#include <string.h>

#include "engine/optimizer.h"
#include "nets.h"
#include "tables.h"

/* Relative to the number itself; a slope near 0 that is a difference of numbers near 1, or
   a sum of such, has an absolute error. */
static void agrees(const char *what, double found, double expected)
{
    assert_within(what, found, expected, fmax(1e-13 * fabs(expected), 2e-16));
}

static void check_activation(const Line *line)
{
    const Activation *row = activation_find(line->words[0]);
    ck_assert_ptr_nonnull(row);
    double z = line->numbers[0], o, slope;
    row->values(1, &z, &o);
    row->slopes(1, &z, &o, &slope);
    agrees(row->name, o, line->numbers[1]);
    agrees(row->name, slope, line->numbers[2]);
}

START_TEST(activations_and_their_slopes)
{
    for_lines("tests/data/pytorch_activations.csv", 7 * 16, check_activation);
}
END_TEST

static void check_softmax(const Line *line)
{
    const Activation *row = activation_find("softmax");
    int count = (int)line->numbers[0];
    const double *z = line->numbers + 1, *expected = z + count, *jacobian = expected + count;
    double o[8], slopes[8];
    row->values(count, z, o);
    row->slopes(count, z, o, slopes);
    for (int i = 0; i < count; i++) {
        agrees("value", o[i], expected[i]);
        for (int j = 0; j < count; j++)
            agrees("slope", i == j ? slopes[i] : row->cross_slope(o[i], o[j]),
                   jacobian[i * count + j]);
    }
}

START_TEST(softmax_and_its_slopes)
{
    for_lines("tests/data/pytorch_softmax.csv", 4, check_softmax);
}
END_TEST

static void check_loss(const Line *line)
{
    const Loss *loss = loss_find(line->words[0]);
    ck_assert_ptr_nonnull(loss);
    int count = (int)line->numbers[0];
    const double *y = line->numbers + 1, *yhat = y + count, *expected = yhat + count;
    double sum = 0, share = loss->mean ? count : 1;
    for (int i = 0; i < count; i++) {
        sum += loss->value(y[i], yhat[i]);
        agrees(loss->name, loss->derivative(y[i], yhat[i]) / share, expected[1 + i]);
    }
    agrees(loss->name, sum / share, expected[0]);
}

START_TEST(losses_and_their_gradients)
{
    for_lines("tests/data/pytorch_losses.csv", 8 * 3, check_loss);
}
END_TEST

/* The network that the lines are about, as far as they have been read. */
static Pass *pass;
static double inputs[8];

static void check_gradients(const Line *line)
{
    const Net *net = pass->net;
    const Vector *x = &net->vectors[net->input];
    ck_assert_uint_eq((size_t)line->count, net->parameters + (size_t)x->size);
    for (size_t i = 0; i < (size_t)line->count; i++) {
        size_t element = i < net->parameters ? i : x->at + i - net->parameters;
        agrees(line->words[0], memo_adjoint(pass, element, "test"), line->numbers[i]);
    }
}

static void check_network(const Line *line)
{
    const char *what = line->words[2];
    if (!strcmp(what, "parameters")) {
        pass_free(pass);
        pass = pass_from(line->words[0], line->words[1]);
        ck_assert_uint_eq((size_t)line->count, pass->net->parameters);
        set_parameters(pass, line->numbers);
    }
    if (!strcmp(what, "inputs"))
        memcpy(inputs, line->numbers, sizeof *inputs * (size_t)line->count);
    if (!strcmp(what, "targets")) run_row(pass, inputs, line->numbers);
    if (!strcmp(what, "loss")) agrees(line->words[0], pass_loss(pass), line->numbers[0]);
    if (!strcmp(what, "gradients")) check_gradients(line);
}

START_TEST(networks_and_their_gradients)
{
    for_lines("tests/data/pytorch_networks.csv", 7 * 5, check_network);
    pass_free(pass);
}
END_TEST

/* Down the valley L = Σ a/2 (w - c)². */
enum { PARAMETERS = 3 };
static double start[PARAMETERS], curvatures[PARAMETERS], centres[PARAMETERS];
static double w[PARAMETERS], state[SLOTS * PARAMETERS];
static Descent descent;

static void begin_descent(const char *name)
{
    const Optimizer *optimizer = optimizer_find(name);
    ck_assert_ptr_nonnull(optimizer);
    if (descent.optimizer == optimizer) return;
    descent.rate = 0.1;
    descent_choose(&descent, optimizer);
    memcpy(w, start, sizeof w);
    memset(state, 0, sizeof state);
}

/* Whether the line is about the valley itself, which is then kept. */
static bool read_valley(const Line *line)
{
    double *const tables[] = {start, curvatures, centres};
    static const char *const names[] = {"start", "curvatures", "centres"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(line->words[0], names[i]) != 0) continue;
        memcpy(tables[i], line->numbers, sizeof w);
        return true;
    }
    return false;
}

static void descend(void)
{
    double g[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) g[i] = curvatures[i] * (w[i] - centres[i]);
    descent_update(&descent, PARAMETERS, w, g, state);
}

static void check_update(const Line *line)
{
    if (read_valley(line)) return;
    begin_descent(line->words[0]);
    descend();
    for (int i = 0; i < PARAMETERS; i++) agrees(line->words[0], w[i], line->numbers[i]);
}

START_TEST(ten_updates_of_each_optimizer)
{
    for_lines("tests/data/pytorch_optimizers.csv", 3 + 7 * 10, check_update);
}
END_TEST

static void check_decayed_update(const Line *line)
{
    bool kind = !strcmp(line->words[0], "decay") || !strcmp(line->words[0], "clip");
    if (kind)
        descent = (Descent){.decay = line->numbers[0], .clip_norm = line->numbers[1]};
    else
        check_update(line);
}

START_TEST(ten_updates_with_weight_decay_and_then_clipped_too)
{
    for_lines("tests/data/pytorch_decay.csv", 3 + 2 * (1 + 7 * 10), check_decayed_update);
}
END_TEST

/* One update an epoch; PyTorch multiplies its rates up, which rounds otherwise. */
static void check_epoch(const Line *line)
{
    if (read_valley(line)) return;
    if (line->word_count == 2) {
        const Schedule *schedule = schedule_find(line->words[0]);
        ck_assert_ptr_nonnull(schedule);
        descent = (Descent){0};
        begin_descent("sgd");
        descent_choose_schedule(&descent, schedule);
        memcpy(descent.schedule_knobs, line->numbers, sizeof(double) * (size_t)line->count);
        descent_refresh(&descent);
        return;
    }
    assert_close(line->words[0], descent.eta, line->numbers[0], 1e-12);
    descend();
    for (int i = 0; i < PARAMETERS; i++)
        assert_close(line->words[0], w[i], line->numbers[1 + i], 1e-12);
    descent_set_epoch(&descent, descent.epoch + 1);
}

START_TEST(epochs_of_each_schedule)
{
    for_lines("tests/data/pytorch_schedules.csv", 3 + 4 * (1 + 25), check_epoch);
}
END_TEST

static void check_clipping(const Line *line)
{
    Descent clip = {0};
    double g[PARAMETERS];
    *(strcmp(line->words[0], "norm") ? &clip.clip_value : &clip.clip_norm) = line->numbers[0];
    memcpy(g, line->numbers + 1, sizeof g);
    descent_clip(&clip, PARAMETERS, g);
    for (int i = 0; i < PARAMETERS; i++) agrees("clipped", g[i], line->numbers[4 + i]);
}

START_TEST(clipped_gradients)
{
    for_lines("tests/data/pytorch_clipping.csv", 3, check_clipping);
}
END_TEST

UNIT("pytorch", activations_and_their_slopes, softmax_and_its_slopes, losses_and_their_gradients,
     networks_and_their_gradients, ten_updates_of_each_optimizer,
     ten_updates_with_weight_decay_and_then_clipped_too, epochs_of_each_schedule, clipped_gradients)
