#include "base/random.h"
#include "engine/loss.h"
#include "formulas.h"

enum { POINTS = 400, NODES = 4 };
static const double step_size = 1e-4;

/* Whether LOSS is over probabilities, so that ŷ has to be drawn from (0, 1). */
static bool over_probabilities(const Loss *loss)
{
    return !loss->demands.fits(RANGE_REAL);
}

static double random_target(Random *random, const Loss *loss)
{
    static const double labels[] = {-1, 0, 1};
    for (;;) {
        bool label = random_below(random, 2);
        double y = label ? labels[random_below(random, 3)] : random_uniform(random, -3, 3);
        if (loss->demands.accepts(y)) return y;
    }
}

typedef void PointCheck(const Loss *loss, double y, double yhat);

static void for_random_points(PointCheck *check)
{
    Random random;
    random_seed(&random, 2);
    for (size_t i = 0; loss_row(i); i++)
        for (int n = 0; n < POINTS; n++) {
            const Loss *loss = loss_row(i);
            double y = random_target(&random, loss);
            double yhat = over_probabilities(loss) ? random_uniform(&random, 0.05, 0.95)
                                                   : random_uniform(&random, -4, 4);
            check(loss, y, yhat);
        }
}

/* Rows whose term is the textbook's and not what is computed. */
static bool computed_otherwise(const Loss *loss)
{
    return !strcmp(loss->name, "bce") || !strcmp(loss->name, "cce");
}

static void check_texts(const Loss *loss, double y, double yhat)
{
    Variable names[] = {{"y", y}, {"yhat", yhat}, {NULL, 0}};
    double value = loss->value(y, yhat), term = evaluate(loss->term, names);
    if (computed_otherwise(loss))
        assert_close(loss->name, term, value, 1e-12);
    else
        assert_same(loss->name, term, value);
    assert_same(loss->name, evaluate(loss->slope, names), loss->derivative(y, yhat));
    if (loss->kink) assert_same(loss->name, evaluate(loss->kink, names), loss->bend(y, yhat));
}

typedef struct Probe {
    const Loss *loss;
    double y;
} Probe;

static double probe_value(void *self, double yhat)
{
    const Probe *probe = self;
    return probe->loss->value(probe->y, yhat);
}

static void check_derivative(const Loss *loss, double y, double yhat)
{
    if (loss->bend && loss->bend(y, yhat - step_size) * loss->bend(y, yhat + step_size) <= 0)
        return;
    double found = slope_by_differences(probe_value, &(Probe){loss, y}, yhat, step_size);
    double expected = loss->derivative(y, yhat);
    assert_within(loss->name, found, expected, 1e-9 * fmax(1, fabs(expected)));
}

START_TEST(texts_are_what_is_computed)
{
    for_random_points(check_texts);
    for (size_t i = 0; loss_row(i); i++)
        for (double y = -1; y <= 1; y += 0.5)
            if (loss_row(i)->demands.accepts(y)) check_texts(loss_row(i), y, 0.5);
}
END_TEST

START_TEST(derivatives_are_derivatives)
{
    for_random_points(check_derivative);
}
END_TEST

/* At y ŷ = 1 for the hinge, at y = ŷ for all others: a kink's slope lies between those of
   its two sides, and only rows that say so have one. */
START_TEST(kinks_are_where_the_rows_say)
{
    const double h = 1e-7, y = 1, yhat = 1;
    for (size_t i = 0; loss_row(i); i++) {
        const Loss *loss = loss_row(i);
        if (over_probabilities(loss)) continue;
        double left = (loss->value(y, yhat) - loss->value(y, yhat - h)) / h;
        double right = (loss->value(y, yhat + h) - loss->value(y, yhat)) / h;
        double at = loss->derivative(y, yhat);
        ck_assert_msg((loss->bend != NULL) == (fabs(right - left) > 1e-3), "%s", loss->name);
        ck_assert_msg(!loss->bend == !loss->kink, "%s", loss->name);
        if (loss->bend) assert_same(loss->name, loss->bend(y, yhat), 0);
        ck_assert_msg(left - 1e-6 <= at && at <= right + 1e-6, "%s", loss->name);
    }
    ck_assert_double_eq(loss_find("mae")->derivative(2, 2), 0);
    ck_assert_double_eq(loss_find("hinge")->derivative(1, 1), 0);
}
END_TEST

START_TEST(known_numbers)
{
    static const struct {
        const char *loss;
        double y, yhat, value, derivative;
    } cases[] = {
        {"mse", 3, 18, 225, 30},
        {"mse", 1.8, 5, 10.24, 6.4},
        {"sse", 3, 176, 29929, 346},
        {"half-sse", 1, 4, 4.5, 3},
        {"mae", 1, 4, 3, 1},
        {"mae", 4, 1, 3, -1},
        {"huber", 0, 0.5, 0.125, 0.5},
        {"huber", 0, 1, 0.5, 1},
        {"huber", 0, -3, 2.5, -1},
        {"hinge", 1, -0.5, 1.5, -1},
        {"hinge", -1, 0.25, 1.25, 1},
        {"hinge", 1, 2, 0, 0},
        {"bce", 1, 0.25, 1.3862943611198906, -4},
        {"bce", 0, 0.75, 1.3862943611198906, 4},
        {"cce", 1, 0.5, 0.6931471805599453, -2},
        {"cce", 0, 0.5, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Loss *loss = loss_find(cases[i].loss);
        assert_close(loss->name, loss->value(cases[i].y, cases[i].yhat), cases[i].value, 1e-15);
        assert_close(loss->name, loss->derivative(cases[i].y, cases[i].yhat), cases[i].derivative,
                     1e-15);
    }
}
END_TEST

START_TEST(sure_and_right_costs_nothing)
{
    static const char *const names[] = {"bce", "cce"};
    for (int i = 0; i < 2; i++)
        for (double y = 0; y <= 1; y++) {
            ck_assert_double_eq(loss_find(names[i])->value(y, y), 0);
            ck_assert_msg(isfinite(loss_find(names[i])->derivative(y, y)), "%s at %g", names[i], y);
        }
}
END_TEST

START_TEST(only_some_are_means)
{
    static const char *const means[] = {"mse", "mae", "huber", "bce", "hinge"};
    static const char *const sums[] = {"sse", "half-sse", "cce"};
    for (int i = 0; i < 5; i++) ck_assert_msg(loss_find(means[i])->mean, "%s", means[i]);
    for (int i = 0; i < 3; i++) ck_assert_msg(!loss_find(sums[i])->mean, "%s", sums[i]);
}
END_TEST

/* --- an activation and a loss whose slopes simplify */

typedef struct Pair {
    const Activation *activation;
    const Loss *loss;
    const Fusion *fusion;
    double z[NODES], o[NODES], y[NODES];
} Pair;

static void draw_pair(Random *random, Pair *pair)
{
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        pair->z[i] = random_uniform(random, -4, 4);
        sum += pair->y[i] = random_uniform(random, 0, 1);
    }
    for (int i = 0; pair->loss->demands.distribution && i < NODES; i++) pair->y[i] /= sum;
    pair->activation->values(NODES, pair->z, pair->o);
}

/* ∂L/∂z_i by the textbook: the sum over all outputs of two factors. */
static double two_factors(const Pair *pair, int i)
{
    double slopes[NODES], sum = 0;
    pair->activation->slopes(NODES, pair->z, pair->o, slopes);
    for (int j = 0; j < NODES; j++) {
        double slope = i == j ? slopes[i]
                       : pair->activation->cross_slope
                           ? pair->activation->cross_slope(pair->o[j], pair->o[i])
                           : 0;
        sum += pair->loss->derivative(pair->y[j], pair->o[j]) * slope;
    }
    return sum;
}

static void check_pair(const Pair *pair)
{
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
        double fused = pair->fusion->derivative(pair->y[i], pair->o[i]);
        Variable names[] = {{"y", pair->y[i]}, {"yhat", pair->o[i]}, {NULL, 0}};
        assert_same(pair->loss->name, evaluate(pair->fusion->slope, names), fused);
        assert_within(pair->loss->name, fused, two_factors(pair, i), 1e-14);
        sum += pair->loss->value(pair->y[i], pair->o[i]);
    }
    double total = pair->fusion->total(NODES, pair->z, pair->y);
    assert_close(pair->loss->name, total, sum, 1e-13);
}

START_TEST(fusions_equal_their_factors)
{
    Random random;
    random_seed(&random, 3);
    int fusions = 0;
    for (size_t a = 0; activation_row(a); a++)
        for (size_t l = 0; loss_row(l); l++) {
            Pair pair = {.activation = activation_row(a), .loss = loss_row(l)};
            pair.fusion = fusion_find(pair.activation, pair.loss);
            if (!pair.fusion) continue;
            fusions++;
            for (int n = 0; n < 100; n++) {
                draw_pair(&random, &pair);
                check_pair(&pair);
            }
        }
    ck_assert_int_eq(fusions, 2);
}
END_TEST

/* Where ŷ has rounded to 0 or 1 the loss still grows with z. */
START_TEST(fused_totals_survive_large_sums)
{
    const Fusion *bce = fusion_find(activation_find("sigmoid"), loss_find("bce"));
    const Fusion *cce = fusion_find(activation_find("softmax"), loss_find("cce"));
    const double z[3] = {1000, -1000, 0}, wrong[3] = {0, 1, 1}, right[3] = {1, 0, 0};
    ck_assert_double_eq(bce->total(1, z, wrong), 1000);
    ck_assert_double_eq(bce->total(1, z + 1, wrong + 1), 1000);
    ck_assert_double_eq(bce->total(2, z, right), 0);
    assert_close("bce at 0", bce->total(1, z + 2, wrong), log(2), 1e-15);
    ck_assert_double_eq(cce->total(3, z, right), 0);
    ck_assert_double_eq(cce->total(3, z, (double[]){0, 1, 0}), 2000);
    ck_assert_double_eq(cce->total(3, z, (double[]){0, 0, 1}), 1000);
    assert_close("even", cce->total(3, (double[]){7, 7, 7}, right), log(3), 1e-15);
}
END_TEST

/* --- what goes together */

static void refuse_pair(const char *loss, const char *activation, int outputs, const char *why)
{
    Error err = {0};
    ck_assert(!loss_fits(loss_find(loss), activation_find(activation), outputs, &err));
    ck_assert_pstr_eq(err.message, why);
}

START_TEST(losses_want_outputs_that_they_can_measure)
{
    static const struct {
        const char *loss, *fits; /* the rows of activations, in order */
    } cases[] = {{"mse", "111111111"}, {"sse", "111111111"},   {"half-sse", "111111111"},
                 {"mae", "111111111"}, {"huber", "111111111"}, {"bce", "001000000"},
                 {"cce", "000000001"}, {"hinge", "110111110"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t k = 0; cases[i].fits[k]; k++)
            ck_assert_msg(loss_fits(loss_find(cases[i].loss), activation_row(k), 2, NULL) ==
                              (cases[i].fits[k] == '1'),
                          "%s on %s", cases[i].loss, activation_row(k)->name);
    refuse_pair("bce", "linear", 1,
                "the loss bce makes no sense on a linear output: it takes the logarithm of a "
                "probability, so let the last layer be sigmoid");
    refuse_pair("mse", "softmax", 1,
                "a softmax over one output is always 1: use sigmoid, or more outputs");
}
END_TEST

static void refuse_targets(const char *loss, const double *y, int count, const char *why)
{
    Error err = {0};
    ck_assert(!loss_accepts(loss_find(loss), y, count, &err));
    ck_assert_pstr_eq(err.message, why);
}

START_TEST(losses_want_targets_that_they_can_take)
{
    const double real[2] = {-7.5, 3}, unit[2] = {0.25, 0.75}, signs[2] = {-1, 1};
    ck_assert(loss_accepts(loss_find("mse"), real, 2, NULL));
    ck_assert(loss_accepts(loss_find("bce"), unit, 2, NULL));
    ck_assert(loss_accepts(loss_find("cce"), unit, 2, NULL));
    ck_assert(loss_accepts(loss_find("hinge"), signs, 2, NULL));
    refuse_targets(
        "bce", real, 2,
        "the target y1 = -7.5 does not go with the loss bce: it must be between 0 and 1");
    refuse_targets("hinge", (double[]){1, 0}, 2,
                   "the target y2 = 0 does not go with the loss hinge: it must be -1 or +1 (`data` "
                   "codes two classes so with target=COLUMN:signs)");
    refuse_targets("cce", (double[]){1, 1}, 2,
                   "the targets sum to 2; the loss cce needs a one-hot row, or probabilities that "
                   "sum to 1");
    ck_assert(!loss_accepts(loss_find("bce"), (double[]){NAN}, 1, NULL));
}
END_TEST

START_TEST(rows_are_found_by_name)
{
    for (size_t i = 0; loss_row(i); i++)
        ck_assert_ptr_eq(loss_find(loss_row(i)->name), loss_row(i));
    ck_assert_ptr_null(loss_find("MSE"));
    ck_assert_ptr_null(fusion_find(activation_find("sigmoid"), loss_find("cce")));
}
END_TEST

UNIT("loss", texts_are_what_is_computed, derivatives_are_derivatives, kinks_are_where_the_rows_say,
     known_numbers, sure_and_right_costs_nothing, only_some_are_means, fusions_equal_their_factors,
     fused_totals_survive_large_sums, losses_want_outputs_that_they_can_measure,
     losses_want_targets_that_they_can_take, rows_are_found_by_name)
