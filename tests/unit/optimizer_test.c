#include <string.h>

#include "base/random.h"
#include "close.h"
#include "engine/optimizer.h"

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
                             {"adagrad", by_adagrad},   {"adam", by_adam}};

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

UNIT("optimizer", huge_gradients_are_clipped_too, updates_go_by_the_book,
     without_a_gradient_nothing_moves, knobs_are_listened_to,
     choosing_presets_the_knobs_and_keeps_the_rest, clipping, clipping_heals_no_broken_gradient)
