/* Every adjoint of many networks against differences of the loss itself. */
#include "random_nets.h"

/* What is asked: how UPPER, a node or L, follows LOWER. */
typedef struct Probe {
    Pass *low, *high; /* two copies, to be moved apart */
    size_t upper, lower;
    double at; /* LOWER's number */
} Probe;

static double reading(const Pass *pass, size_t upper)
{
    bool loss = upper == pass->net->vectors[pass->net->loss].at;
    return loss ? pass_loss(pass) : pass_value(pass, upper);
}

/* A node is moved by holding it at another value. */
static double read_at(Pass *pass, const Probe *probe, double value)
{
    const Vector *vector = net_vector(pass->net, probe->lower);
    if (vector && vector->kind != SYMBOL_INPUT)
        pass_pin(pass, probe->lower, value);
    else
        pass->value[pass_place(pass, probe->lower, pass->shown)] = value;
    pass_forward(pass);
    return reading(pass, probe->upper);
}

/* The slope between AT - STEP and AT + STEP. */
static double difference(const Probe *probe, double step)
{
    double low = read_at(probe->low, probe, probe->at - step);
    return (read_at(probe->high, probe, probe->at + step) - low) / (2 * step);
}

/* From a slope and that of half the step: an error of the fourth power. */
static double extrapolated(double wide, double narrow)
{
    return (4 * narrow - wide) / 3;
}

/* Of several steps the best is the one that its half agrees with best: wider ones cut
   corners, in narrower ones the difference has no digits left (and may agree by chance). */
static bool measure_apart(const Probe *probe, double *slope)
{
    double best = INFINITY;
    *slope = 0;
    for (double step = 0.0625; step > 1e-7; step /= 4) {
        double wide = difference(probe, step);
        if (pass_kink_between(probe->low, probe->high)) continue;
        double narrow = difference(probe, step / 2), narrowest = difference(probe, step / 4);
        double finer = extrapolated(narrow, narrowest);
        double lost = 1e-15 * fabs(reading(probe->low, probe->upper)) / step;
        double doubt = fabs(finer - extrapolated(wide, narrow)) + lost;
        if (!(doubt < best)) continue;
        best = doubt;
        *slope = finer;
    }
    return best < INFINITY;
}

static long measured, kinked;

/* The slope, which has to be EXPECTED unless a kink is in the way. */
static void check_slope(const Pass *pass, size_t upper, size_t lower, double expected, double scale)
{
    Probe probe = {pass_copy(pass), pass_copy(pass), upper, lower, pass_value(pass, lower)};
    double slope;
    bool found = measure_apart(&probe, &slope);
    if (found) assert_within(place_of(pass, lower), slope, expected, 1e-7 * scale);
    measured += found;
    kinked += !found;
    pass_free(probe.low);
    pass_free(probe.high);
}

/* L is the mean over the rows; the adjoint of what is in one row is that of their sum. */
static void check_element(Pass *pass, size_t element)
{
    const Net *net = pass->net;
    double share = element < net->parameters ? 1 : pass->rows;
    double adjoint = memo_adjoint(pass, element, "test") / share;
    double scale = fmax(fabs(adjoint), 0.01 * fmax(1, pass_loss(pass)));
    check_slope(pass, net->vectors[net->loss].at, element, adjoint, scale);
}

static void check_net(Pass *pass)
{
    const Net *net = pass->net;
    const Vector *x = &net->vectors[net->input];
    for (size_t e = 0; e < net->parameters; e++) check_element(pass, e);
    for (size_t i = 0; i < (size_t)x->size; i++) check_element(pass, x->at + i);
}

static void check_counts(void)
{
    ck_assert_int_ge(measured, 2000);
    ck_assert_msg(kinked * 100 <= measured, "%ld kinks among %ld slopes", kinked, measured);
}

START_TEST(adjoints_of_parameters_and_inputs_are_slopes_of_the_loss)
{
    ck_assert_int_ge(for_random_nets(21, 3, check_net), 150);
    check_counts();
}
END_TEST

START_TEST(so_they_are_through_batch_norms_and_skips)
{
    ck_assert_int_ge(for_random_batches(23, 2, check_net), 100);
    check_counts();
}
END_TEST

static bool is_statistic(const Pass *pass, size_t element)
{
    SymbolKind kind = net_vector(pass->net, element)->kind;
    return kind == SYMBOL_MEAN || kind == SYMBOL_VARIANCE;
}

static void check_nodes(Pass *pass)
{
    const Net *net = pass->net;
    for (size_t e = net->vectors[1].at; e < net->vectors[net->target].at; e++) {
        bool probability = pass->fusion && net_vector(net, e) == &net->vectors[net->prediction];
        if (!is_statistic(pass, e) && !probability) check_element(pass, e);
    }
}

START_TEST(adjoints_of_nodes_are_slopes_of_the_loss)
{
    for_random_nets(22, 3, check_nodes);
    for_random_batches(24, 3, check_nodes);
    check_counts();
}
END_TEST

/* One by one through the memo, or all in one sweep: the same bits in every row. */
static void check_sweep(Pass *pass)
{
    const Net *net = pass->net;
    Pass *swept = pass_copy(pass);
    pass_backward(swept);
    for (size_t i = 0; i < net->parameters; i++) memo_adjoint(pass, net_parameter(net, i), "test");
    for (size_t e = 0; e < net->vectors[net->target].at; e++)
        for (int row = 0; row < pass->rows; row++) {
            size_t place = pass_place(pass, e, row);
            bool used = memo_knows(pass, e) && (e < net->stored || !is_statistic(pass, e));
            if (used) assert_same(place_of(pass, e), pass->adjoint[place], swept->adjoint[place]);
        }
    pass_free(swept);
}

START_TEST(a_sweep_and_the_memo_agree)
{
    for_random_batches(25, 4, check_sweep);
}
END_TEST

/* Between two nodes of the shown row. */
static void check_derivative(const Pass *pass, size_t upper, size_t lower)
{
    double derivative = pass_derivative(pass, upper, lower);
    double scale = fmax(fabs(derivative), fmax(0.01, fabs(pass_value(pass, upper))));
    check_slope(pass, upper, lower, derivative, scale);
}

/* Of a single row: the sum over what depends on LOWER, partial by partial. */
static void check_paths(const Pass *pass, size_t upper, size_t lower)
{
    double sum = 0, whole = pass_derivative(pass, upper, lower), size = fabs(whole);
    for (int i = 0; i < pass_dependents(pass, lower); i++) {
        size_t middle = pass_dependent(pass, lower, i);
        double part = pass_partial(pass, middle, lower);
        double share = part * pass_derivative(pass, upper, middle);
        size = fmax(size, fabs(share));
        sum += share;
    }
    if (upper != lower) assert_within(place_of(pass, lower), sum, whole, 1e-13 * size);
}

static Random dice;

static void check_pairs(Pass *pass)
{
    const Net *net = pass->net;
    size_t nodes = net->vectors[net->target].at - net->vectors[1].at;
    for (int n = 0; n < 25; n++) {
        size_t upper = net->vectors[1].at + random_below(&dice, nodes);
        size_t lower = random_below(&dice, net->vectors[net->target].at);
        bool statistic = lower >= net->parameters && lower < net->stored;
        if (statistic || is_statistic(pass, upper)) continue;
        if (lower >= net->stored && is_statistic(pass, lower)) continue;
        check_derivative(pass, upper, lower);
        if (pass->rows == 1) check_paths(pass, upper, lower);
    }
}

START_TEST(derivatives_between_nodes_are_slopes_and_sums_over_paths)
{
    random_seed(&dice, 26);
    for_random_batches(27, 2, check_pairs);
    check_counts();
}
END_TEST

UNIT("random_net", adjoints_of_parameters_and_inputs_are_slopes_of_the_loss,
     so_they_are_through_batch_norms_and_skips, adjoints_of_nodes_are_slopes_of_the_loss,
     a_sweep_and_the_memo_agree, derivatives_between_nodes_are_slopes_and_sums_over_paths)
