#include "base/random.h"
#include "engine/activation.h"
#include "formulas.h"

enum { NODES = 5, LAYERS = 300 };
static const double step_size = 1e-3;

/* Layers of sums that are easily got wrong: around 0, and where textbook forms lose digits. */
static const double delicate[][NODES] = {
    {0, -0.0, 1e-300, -1e-300, 1e-8},
    {-1e-8, 1e-3, -1e-3, 0.5, -0.5},
    {1, -1, 20, -20, 30},
    {0, 0, 0, 0, 0},
};

typedef void LayerCheck(const Activation *row, const double *z, const double *o);

static void check_layer(const Activation *row, const double *z, LayerCheck *check)
{
    double o[NODES];
    row->values(NODES, z, o);
    check(row, z, o);
}

static void for_random_layers(LayerCheck *check)
{
    Random random;
    random_seed(&random, 1);
    for (size_t i = 0; activation_row(i); i++)
        for (int n = 0; n < LAYERS; n++) {
            double z[NODES];
            for (int k = 0; k < NODES; k++) z[k] = random_uniform(&random, -5, 5);
            check_layer(activation_row(i), z, check);
        }
}

static void for_delicate_layers(LayerCheck *check)
{
    for (size_t i = 0; activation_row(i); i++)
        for (size_t n = 0; n < sizeof delicate / sizeof delicate[0]; n++)
            check_layer(activation_row(i), delicate[n], check);
}

/* Rows whose formula is the textbook's and not what is computed. Every other formula gives
   the kernel's very bits. */
static bool computed_otherwise(const Activation *row)
{
    static const char *const names[] = {"elu", "softplus", "softmax"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(row->name, names[i])) return true;
    return false;
}

static double total_of(const Activation *row, const double *z)
{
    double total = 0;
    for (int i = 0; row->total && i < NODES; i++)
        total += evaluate(row->total, (Variable[]){{"z", z[i]}, {NULL, 0}});
    return total;
}

static void check_formula(const Activation *row, const double *z, const double *o)
{
    double total = total_of(row, z);
    for (int i = 0; i < NODES; i++) {
        double text =
            evaluate(row->formula, (Variable[]){{"z", z[i]}, {"total", total}, {NULL, 0}});
        if (computed_otherwise(row))
            assert_within(row->name, text, o[i], 1e-12 * fmax(1, fabs(o[i])));
        else
            assert_same(row->name, text, o[i]);
    }
}

static void check_slope_text(const Activation *row, const double *z, const double *o)
{
    double slopes[NODES];
    row->slopes(NODES, z, o, slopes);
    for (int i = 0; i < NODES; i++) {
        Variable here[] = {{"z", z[i]}, {"o", o[i]}, {NULL, 0}};
        assert_same(row->name, evaluate(row->slope, here), slopes[i]);
        for (int j = 0; row->cross && j < NODES; j++) {
            Variable pair[] = {{"o", o[i]}, {"other", o[j]}, {NULL, 0}};
            assert_same(row->name, evaluate(row->cross, pair), row->cross_slope(o[i], o[j]));
        }
    }
}

/* o_i as a function of z_j. */
typedef struct Probe {
    const Activation *row;
    const double *z;
    int i, j;
} Probe;

static double probe_value(void *self, double at)
{
    const Probe *probe = self;
    double z[NODES], o[NODES];
    memcpy(z, probe->z, sizeof z);
    z[probe->j] = at;
    probe->row->values(NODES, z, o);
    return o[probe->i];
}

static void check_derivative(const Activation *row, const double *z, const double *o)
{
    double slopes[NODES];
    row->slopes(NODES, z, o, slopes);
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++) {
            Probe probe = {row, z, i, j};
            if (fabs(z[j]) <= step_size) continue;
            double expected = i == j             ? slopes[i]
                              : row->cross_slope ? row->cross_slope(o[i], o[j])
                                                 : 0;
            double found = slope_by_differences(probe_value, &probe, z[j], step_size);
            assert_within(row->name, found, expected, 1e-10);
        }
}

START_TEST(texts_are_what_is_computed)
{
    for_random_layers(check_formula);
    for_delicate_layers(check_formula);
    for_random_layers(check_slope_text);
    for_delicate_layers(check_slope_text);
}
END_TEST

START_TEST(slopes_are_derivatives)
{
    for_random_layers(check_derivative);
}
END_TEST

static double one_value(const Activation *row, double z)
{
    double o;
    row->values(1, &z, &o);
    return o;
}

static double one_slope(const Activation *row, double z)
{
    double o = one_value(row, z), slope;
    row->slopes(1, &z, &o, &slope);
    return slope;
}

/* A kink's slope is one of those between its two sides'; all other rows have but one. */
START_TEST(kinks_are_where_the_rows_say)
{
    const double h = 1e-7;
    for (size_t i = 0; activation_row(i); i++) {
        const Activation *row = activation_row(i);
        double left = (one_value(row, 0) - one_value(row, -h)) / h;
        double right = (one_value(row, h) - one_value(row, 0)) / h;
        double at = one_slope(row, 0);
        ck_assert_msg(row->kink == (fabs(right - left) > 1e-3), "%s", row->name);
        ck_assert_msg(fmin(left, right) - 1e-6 <= at && at <= fmax(left, right) + 1e-6, "%s",
                      row->name);
    }
}
END_TEST

START_TEST(slopes_at_zero_are_pytorchs)
{
    ck_assert_double_eq(one_slope(activation_find("relu"), 0), 0);
    ck_assert_double_eq(one_slope(activation_find("leaky-relu"), 0), 0.01);
    ck_assert_double_eq(one_slope(activation_find("elu"), 0), 1);
    ck_assert_double_eq(one_slope(activation_find("softplus"), 0), 0.5);
    ck_assert_double_eq(one_slope(activation_find("step"), 0), 0);
    ck_assert_double_eq(one_value(activation_find("step"), 0), 1);
}
END_TEST

START_TEST(nodes_by_themselves_do_not_see_each_other)
{
    for (size_t i = 0; activation_row(i); i++) {
        const Activation *row = activation_row(i);
        ck_assert_msg(!row->total == !row->cross && !row->total == !row->cross_slope, "%s",
                      row->name);
        double o[NODES], slopes[NODES];
        row->values(NODES, delicate[1], o);
        row->slopes(NODES, delicate[1], o, slopes);
        for (int k = 0; !row->total && k < NODES; k++) {
            assert_same(row->name, o[k], one_value(row, delicate[1][k]));
            assert_same(row->name, slopes[k], one_slope(row, delicate[1][k]));
        }
    }
}
END_TEST

START_TEST(large_sums_break_nothing)
{
    static const double z[NODES] = {1000, -1000, 0, 1e8, -1e8};
    for (size_t i = 0; activation_row(i); i++) {
        const Activation *row = activation_row(i);
        double o[NODES], slopes[NODES];
        row->values(NODES, z, o);
        row->slopes(NODES, z, o, slopes);
        for (int k = 0; k < NODES; k++)
            ck_assert_msg(isfinite(o[k]) && isfinite(slopes[k]), "%s at %g", row->name, z[k]);
    }
    ck_assert_double_eq(one_value(activation_find("sigmoid"), -1000), 0);
    ck_assert_double_eq(one_value(activation_find("sigmoid"), 1000), 1);
    ck_assert_double_eq(one_value(activation_find("softplus"), 1000), 1000);
    ck_assert_double_eq(one_value(activation_find("elu"), -1000), -1);
}
END_TEST

/* Where a textbook's form would have lost every digit. */
START_TEST(small_values_keep_their_digits)
{
    assert_close("elu", one_value(activation_find("elu"), -1e-10), -9.9999999995e-11, 1e-15);
    assert_close("softplus", one_value(activation_find("softplus"), -40), exp(-40), 1e-15);
}
END_TEST

START_TEST(a_softmax_sums_to_one_and_ignores_a_shift)
{
    const Activation *row = activation_find("softmax");
    const double z[3] = {0, log(2), log(5)}, far[3] = {5000, 5000 + log(2), 5000 + log(5)};
    double o[3];
    row->values(3, z, o);
    for (int i = 0; i < 3; i++) assert_close("softmax", o[i], (double[]){1, 2, 5}[i] / 8, 1e-15);
    row->values(3, far, o);
    for (int i = 0; i < 3; i++) assert_close("shifted", o[i], (double[]){1, 2, 5}[i] / 8, 1e-12);
}
END_TEST

/* A step has but two values; all others hand a broken number on. */
START_TEST(a_broken_number_is_not_healed)
{
    for (size_t i = 0; activation_row(i); i++)
        if (activation_row(i)->range != RANGE_SIGNS)
            ck_assert_msg(isnan(one_value(activation_row(i), NAN)), "%s", activation_row(i)->name);
    const double z[3] = {1, NAN, 2};
    double o[3];
    activation_find("softmax")->values(3, z, o);
    for (int i = 0; i < 3; i++) ck_assert(isnan(o[i]));
}
END_TEST

START_TEST(outputs_keep_to_their_range)
{
    for (size_t i = 0; activation_row(i); i++) {
        const Activation *row = activation_row(i);
        double o[NODES], sum = 0;
        row->values(NODES, delicate[2], o);
        for (int k = 0; k < NODES; sum += o[k++]) {
            if (row->range == RANGE_SIGNS) ck_assert(o[k] == -1 || o[k] == 1);
            if (row->range >= RANGE_PROBABILITY) ck_assert(o[k] >= 0 && o[k] <= 1);
        }
        if (row->range == RANGE_DISTRIBUTION) assert_close(row->name, sum, 1, 1e-15);
    }
}
END_TEST

START_TEST(rows_are_found_by_name)
{
    for (size_t i = 0; activation_row(i); i++)
        ck_assert_ptr_eq(activation_find(activation_row(i)->name), activation_row(i));
    ck_assert_ptr_null(activation_find("Sigmoid"));
    ck_assert_ptr_null(activation_find(""));
    ck_assert_pstr_eq(activation_linear()->name, "linear");
}
END_TEST

UNIT("activation", texts_are_what_is_computed, slopes_are_derivatives, kinks_are_where_the_rows_say,
     slopes_at_zero_are_pytorchs, nodes_by_themselves_do_not_see_each_other,
     large_sums_break_nothing, small_values_keep_their_digits,
     a_softmax_sums_to_one_and_ignores_a_shift, a_broken_number_is_not_healed,
     outputs_keep_to_their_range, rows_are_found_by_name)
