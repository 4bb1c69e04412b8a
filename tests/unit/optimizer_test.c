#include <string.h>

#include "base/random.h"
#include "engine/optimizer.h"
#include "formulas.h"

/* One parameter's way by the book. Running sums are written out over all gradients so
   far, so that nothing of the engine's recurrences is repeated here. G[1..T] are the
   gradients, W is the parameter before update T. */

static double by_sgd(const double *g, int t, double w, double rate)
{
    return w - rate * g[t];
}

static double velocity(const double *g, int t)
{
    double v = 0;
    for (int k = 1; k <= t; k++) v += pow(0.9, t - k) * g[k];
    return v;
}

static double by_momentum(const double *g, int t, double w, double rate)
{
    return w - rate * velocity(g, t);
}

static double by_nesterov(const double *g, int t, double w, double rate)
{
    return w - rate * (g[t] + 0.9 * velocity(g, t));
}

static double running_mean(const double *g, int t, double keep, int power)
{
    double mean = 0;
    for (int k = 1; k <= t; k++) mean += (1 - keep) * pow(keep, t - k) * pow(g[k], power);
    return mean;
}

static double by_rmsprop(const double *g, int t, double w, double rate)
{
    return w - rate * g[t] / (sqrt(running_mean(g, t, 0.99, 2)) + 1e-8);
}

static double by_adagrad(const double *g, int t, double w, double rate)
{
    double squares = 0;
    for (int k = 1; k <= t; k++) squares += g[k] * g[k];
    return w - rate * g[t] / (sqrt(squares) + 1e-8);
}

static double by_adam(const double *g, int t, double w, double rate)
{
    double mean = running_mean(g, t, 0.9, 1) / (1 - pow(0.9, t));
    double square = running_mean(g, t, 0.999, 2) / (1 - pow(0.999, t));
    return w - rate * mean / (sqrt(square) + 1e-8);
}

typedef struct Book {
    const char *name;
    double (*next)(const double *g, int t, double w, double rate);
} Book;

static const Book books[] = {{"sgd", by_sgd},           {"momentum", by_momentum},
                             {"nesterov", by_nesterov}, {"rmsprop", by_rmsprop},
                             {"adagrad", by_adagrad},   {"adam", by_adam},
                             {"perceptron", by_sgd}};

enum { PARAMETERS = 3, UPDATES = 40 };

static void check_against(const Book *book)
{
    Random random;
    random_seed(&random, 41);
    double gradients[PARAMETERS][UPDATES + 1], w[PARAMETERS], state[SLOTS * PARAMETERS] = {0};
    Descent descent = {.rate = 0.05};
    descent_choose(&descent, optimizer_find(book->name));
    for (int i = 0; i < PARAMETERS; i++) w[i] = random_uniform(&random, -1, 1);
    for (int t = 1; t <= UPDATES; t++) {
        double g[PARAMETERS], expected[PARAMETERS];
        for (int i = 0; i < PARAMETERS; i++) {
            gradients[i][t] = g[i] = random_normal(&random, 0, 1);
            expected[i] = book->next(gradients[i], t, w[i], 0.05);
        }
        descent_update(&descent, PARAMETERS, w, g, state);
        for (int i = 0; i < PARAMETERS; i++) assert_within(book->name, w[i], expected[i], 1e-14);
        ck_assert_int_eq(descent.updates, t);
    }
}

START_TEST(updates_go_by_the_book)
{
    size_t rows = 0;
    while (optimizer_row(rows)) rows++;
    ck_assert_uint_eq(rows, sizeof books / sizeof books[0]);
    for (size_t i = 0; i < rows; i++) check_against(&books[i]);
}
END_TEST

/* --- the texts */

enum { NAMES = 16 };

static void name(Variable *names, const char *target, double value)
{
    int i = 0;
    while (names[i].name && strcmp(names[i].name, target) != 0) i++;
    ck_assert_int_lt(i, NAMES - 1);
    names[i] = (Variable){target, value};
}

static double value_of(const Variable *names, const char *target)
{
    while (names->name && strcmp(names->name, target) != 0) names++;
    ck_assert_ptr_nonnull(names->name);
    return names->value;
}

static void evaluate_lines(const RuleLine *line, Variable *names)
{
    for (; line->target; line++) name(names, line->target, evaluate(line->formula, names));
}

/* The row's texts, line by line, and its kernel: the same bits, update after update. */
static void check_texts(const Optimizer *row, Random *random)
{
    Descent descent = {.rate = random_uniform(random, 0.001, 1)};
    Variable names[NAMES] = {{NULL, 0}};
    double w = random_normal(random, 0, 2), state[SLOTS] = {0};
    descent_choose(&descent, row);
    for (int k = 0; k < KNOBS && row->knobs[k].name; k++) {
        descent.knobs[k] = random_uniform(random, 0, 1);
        name(names, row->knobs[k].letter, descent.knobs[k]);
    }
    for (int s = 0; s < optimizer_slots(row); s++) name(names, row->slots[s], 0);
    name(names, "w", w);
    name(names, "eta", descent.eta);
    for (int t = 1; t <= 8; t++) {
        double g = random_normal(random, 0, 3);
        name(names, "g", g);
        name(names, "t", t);
        evaluate_lines(row->constants, names);
        evaluate_lines(row->lines, names);
        descent_update(&descent, 1, &w, &g, state);
        assert_same(row->name, value_of(names, "w"), w);
        for (int s = 0; s < optimizer_slots(row); s++)
            assert_same(row->slots[s], value_of(names, row->slots[s]), state[s]);
    }
}

START_TEST(texts_are_what_is_computed)
{
    Random random;
    random_seed(&random, 8);
    for (size_t i = 0; optimizer_row(i); i++)
        for (int n = 0; n < 50; n++) check_texts(optimizer_row(i), &random);
}
END_TEST

START_TEST(the_parameter_comes_last)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        const RuleLine *line = optimizer_row(i)->lines;
        while (line[1].target) line++;
        ck_assert_str_eq(line->target, "w");
    }
}
END_TEST

/* --- parts of an update */

START_TEST(one_by_one_gives_the_same_bits_as_all_at_once)
{
    enum { MANY = 37 };
    Random random;
    random_seed(&random, 5);
    for (size_t row = 0; optimizer_row(row); row++) {
        double w[2][MANY], g[MANY], state[2][SLOTS * MANY] = {{0}};
        Descent descent = {.rate = 0.3};
        descent_choose(&descent, optimizer_row(row));
        for (int i = 0; i < MANY; i++) w[0][i] = w[1][i] = random_normal(&random, 0, 1);
        for (int t = 0; t < 3; t++) {
            for (int i = 0; i < MANY; i++) g[i] = random_normal(&random, 0, 1);
            for (size_t i = MANY; i-- > 0;) descent_apply(&descent, MANY, i, 1, w[0], g, state[0]);
            ck_assert_int_eq(descent.updates, t);
            descent_update(&descent, MANY, w[1], g, state[1]);
        }
        ck_assert_int_eq(memcmp(w[0], w[1], sizeof w[0]), 0);
        ck_assert_int_eq(memcmp(state[0], state[1], sizeof state[0]), 0);
    }
}
END_TEST

START_TEST(only_the_perceptron_plays_a_trick)
{
    for (size_t i = 0; optimizer_row(i); i++)
        ck_assert(optimizer_row(i)->trick == !strcmp(optimizer_row(i)->name, "perceptron"));
}
END_TEST

/* A gradient of 0 leaves a fresh parameter where it is, whatever divides it. */
START_TEST(without_a_gradient_nothing_moves)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        Descent descent = {.rate = 0.1};
        descent_choose(&descent, optimizer_row(i));
        double w = 3, g = 0, state[SLOTS] = {0};
        descent_update(&descent, 1, &w, &g, state);
        assert_same(optimizer_row(i)->name, w, 3);
    }
}
END_TEST

START_TEST(knobs_are_listened_to)
{
    Descent descent = {.rate = 0.1};
    descent_choose(&descent, optimizer_find("momentum"));
    descent.knobs[0] = 0.5;
    double w = 1, g = 1, state[SLOTS] = {0};
    for (int t = 0; t < 2; t++) descent_update(&descent, 1, &w, &g, state);
    assert_close("momentum 0.5", w, 1 - 0.1 - 0.15, 1e-15);

    descent = (Descent){.rate = 0.1};
    descent_choose(&descent, optimizer_find("adam"));
    descent.knobs[0] = descent.knobs[1] = 0;
    w = 1;
    g = -7;
    descent_update(&descent, 1, &w, &g, (double[SLOTS]){0});
    assert_close("adam without memory", w, 1.1, 1e-9);
}
END_TEST

START_TEST(choosing_presets_the_knobs_and_keeps_the_rest)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        const Optimizer *row = optimizer_row(i);
        Descent descent = {.rate = 0.7, .clip_norm = 2, .clip_value = 3, .updates = 5};
        descent_choose(&descent, row);
        ck_assert_ptr_eq(descent.optimizer, row);
        ck_assert(descent.rate == 0.7 && descent.clip_norm == 2 && descent.clip_value == 3);
        for (int k = 0; k < KNOBS && row->knobs[k].name; k++) {
            const Knob *knob = &row->knobs[k];
            ck_assert_double_eq(descent.knobs[k], knob->preset);
            ck_assert(knob->low <= knob->preset && knob->preset < knob->high);
        }
        ck_assert_ptr_eq(optimizer_find(row->name), row);
        ck_assert_int_eq(optimizer_slots(row), (row->slots[0] != NULL) + (row->slots[1] != NULL));
    }
    ck_assert_ptr_null(optimizer_find("lbfgs"));
}
END_TEST

/* --- weight decay */

START_TEST(weight_decay_is_in_the_gradient)
{
    const double w[] = {3, -0.7, 0};
    double g[] = {0.1, 0.2, -5};
    descent_decay(&(Descent){0}, 3, w, g);
    ck_assert_double_eq(g[0], 0.1);
    descent_decay(&(Descent){.decay = 0.3}, 3, w, g);
    ck_assert_double_eq(g[0], 0.1 + 0.3 * 3);
    ck_assert_double_eq(g[1], 0.2 + 0.3 * -0.7);
    ck_assert_double_eq(g[2], -5);
    Variable names[] = {{"g", 0.2}, {"w", -0.7}, {"lambda", 0.3}, {NULL, 0}};
    assert_same(weight_decay.target, evaluate(weight_decay.formula, names), g[1]);
}
END_TEST

/* --- the rate in use */

START_TEST(the_rate_in_use_follows_rate_schedule_and_epoch)
{
    Descent descent = {.rate = 0.4};
    descent_choose(&descent, optimizer_find("sgd"));
    ck_assert_double_eq(descent.eta, 0.4);
    ck_assert_ptr_eq(descent.schedule, schedule_constant());
    descent_set_epoch(&descent, 10);
    descent_choose_schedule(&descent, schedule_find("step"));
    assert_close("one step by the presets", descent.eta, 0.04, 1e-15);
    descent.schedule_knobs[0] = 2, descent.schedule_knobs[1] = 0.5;
    descent_set_epoch(&descent, 5);
    ck_assert_double_eq(descent.eta, 0.1);
    descent.rate = 8;
    descent_refresh(&descent);
    ck_assert_double_eq(descent.eta, 2);
    double w = 1, g = 1;
    descent_update(&descent, 1, &w, &g, NULL);
    ck_assert_double_eq(w, -1);
    descent_set_epoch(&descent, 0);
    ck_assert_double_eq(descent.eta, 8);
}
END_TEST

/* --- clipping */

static void clips(Descent descent, const double *g, const double *expected)
{
    double clipped[3];
    memcpy(clipped, g, sizeof clipped);
    descent_clip(&descent, 3, clipped);
    for (int i = 0; i < 3; i++) assert_close("clipped", clipped[i], expected[i], 1e-15);
}

START_TEST(clipping)
{
    const double g[3] = {3, -4, 12}; /* its norm is 13 */
    const double f = 6.5 / (13 + 1e-6), h = 1 / (3 + 1e-6);
    clips((Descent){0}, g, g);
    clips((Descent){.clip_value = 3.5}, g, (double[]){3, -3.5, 3.5});
    clips((Descent){.clip_value = 12}, g, g);
    clips((Descent){.clip_norm = 6.5}, g, (double[]){3 * f, -4 * f, 12 * f});
    clips((Descent){.clip_norm = 13.1}, g, g);
    /* Values first: 2, -2, 1 has the norm 3. */
    clips((Descent){.clip_value = 2, .clip_norm = 1}, (double[]){9, -9, 1},
          (double[]){2 * h, -2 * h, h});
    clips((Descent){.clip_norm = 1}, (double[]){0, 0, 0}, (double[]){0, 0, 0});
}
END_TEST

START_TEST(clipping_heals_no_broken_gradient)
{
    double g[2] = {NAN, 1};
    descent_clip(&(Descent){.clip_value = 1, .clip_norm = 0.5}, 2, g);
    ck_assert(isnan(g[0]));
}
END_TEST

/* The squares of such gradients overflow; their norm does not. */
START_TEST(huge_gradients_are_clipped_too)
{
    Descent descent = {.clip_norm = 1};
    double g[] = {3e200, -4e200};
    descent_choose(&descent, optimizer_find("sgd"));
    descent_clip(&descent, 2, g);
    ck_assert_double_eq_tol(g[0], 0.6, 1e-15);
    ck_assert_double_eq_tol(g[1], -0.8, 1e-15);
}
END_TEST

UNIT("optimizer", texts_are_what_is_computed, the_parameter_comes_last,
     one_by_one_gives_the_same_bits_as_all_at_once, only_the_perceptron_plays_a_trick,
     weight_decay_is_in_the_gradient, the_rate_in_use_follows_rate_schedule_and_epoch,
     huge_gradients_are_clipped_too, updates_go_by_the_book, without_a_gradient_nothing_moves,
     knobs_are_listened_to, choosing_presets_the_knobs_and_keeps_the_rest, clipping,
     clipping_heals_no_broken_gradient)
