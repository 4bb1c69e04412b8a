/* Every adjoint of many networks against differences of the loss itself. */
#include "random_nets.h"

/* What is asked of one element. */
typedef struct Probe {
    Pass *low, *high; /* two copies, to be moved apart */
    size_t element;
    double at;
} Probe;

/* The slope of L between AT - STEP and AT + STEP. */
static double difference(const Probe *probe, double step)
{
    probe->low->value[probe->element] = probe->at - step;
    probe->high->value[probe->element] = probe->at + step;
    pass_forward(probe->low);
    pass_forward(probe->high);
    return (pass_loss(probe->high) - pass_loss(probe->low)) / (2 * step);
}

/* From a slope and that of half the step: an error of the fourth power. */
static double extrapolated(double wide, double narrow)
{
    return (4 * narrow - wide) / 3;
}

/* Of several steps the best is the one that its half agrees with best: wider ones cut
   corners, in narrower ones the difference has no digits left (and may agree by chance). */
static bool measure(const Probe *probe, double *slope)
{
    double best = INFINITY;
    for (double step = 0.0625; step > 1e-7; step /= 4) {
        double wide = difference(probe, step);
        if (pass_kink_between(probe->low, probe->high)) continue;
        double narrow = difference(probe, step / 2), narrowest = difference(probe, step / 4);
        double finer = extrapolated(narrow, narrowest);
        double lost = 1e-15 * pass_loss(probe->low) / step;
        double doubt = fabs(finer - extrapolated(wide, narrow)) + lost;
        if (!(doubt < best)) continue;
        best = doubt;
        *slope = finer;
    }
    return best < INFINITY;
}

static long measured, kinked;

static void check_element(Pass *pass, const Probe *probe)
{
    double slope, adjoint = memo_adjoint(pass, probe->element, "test");
    double scale = fmax(fabs(adjoint), 0.01 * fmax(1, pass_loss(pass)));
    if (!measure(probe, &slope)) {
        kinked++;
        return;
    }
    measured++;
    assert_within(place_of(pass, probe->element), slope, adjoint, 1e-8 * scale);
}

static void check_net(Pass *pass)
{
    const Net *net = pass->net;
    const Vector *x = &net->vectors[net->input];
    for (size_t e = 0; e < x->at + (size_t)x->size; e++) {
        Probe probe = {pass_copy(pass), pass_copy(pass), e, pass->value[e]};
        check_element(pass, &probe);
        pass_free(probe.low);
        pass_free(probe.high);
    }
}

START_TEST(adjoints_of_parameters_and_inputs_are_slopes_of_the_loss)
{
    int nets = for_random_nets(21, 3, check_net);
    ck_assert_int_ge(nets, 150);
    ck_assert_int_ge(measured, 5000);
    ck_assert_msg(kinked * 100 <= measured, "%ld kinks among %ld slopes", kinked, measured);
}
END_TEST

/* Nodes too: one is moved by holding it at another value. */
static void check_nodes(Pass *pass)
{
    const Net *net = pass->net;
    for (size_t e = net->vectors[1].at; e < net->vectors[net->target].at; e++) {
        const double step = 1e-4;
        Pass *low = pass_copy(pass), *high = pass_copy(pass);
        pass_pin(low, e, pass->value[e] - step);
        pass_pin(high, e, pass->value[e] + step);
        pass_forward(low);
        pass_forward(high);
        double adjoint = memo_adjoint(pass, e, "test");
        double slope = (pass_loss(high) - pass_loss(low)) / (2 * step);
        double scale = fmax(fabs(adjoint), fmax(1, pass_loss(pass)));
        bool probability = pass->fusion && net_vector(net, e) == &net->vectors[net->prediction];
        if (!pass_kink_between(low, high) && !probability)
            assert_within(place_of(pass, e), slope, adjoint, 1e-4 * scale);
        pass_free(low);
        pass_free(high);
    }
}

START_TEST(adjoints_of_nodes_are_slopes_of_the_loss)
{
    for_random_nets(22, 2, check_nodes);
}
END_TEST

UNIT("random_net", adjoints_of_parameters_and_inputs_are_slopes_of_the_loss,
     adjoints_of_nodes_are_slopes_of_the_loss)
