#include <stdint.h>
#include <string.h>

#include "nets.h"

static const double wavy[] = {.3, -.7, .5, .9, -.2, .4, 1.1, -.6, .8, .1, -.4, .25, .35, -.9, .65};

/* A network of SIZES with weights of both signs, on a row of small numbers. */
static Pass *wavy_pass(const char *sizes, const char *loss)
{
    Pass *pass = pass_from(sizes, loss);
    for (size_t e = 0; e < pass->net->parameters; e++)
        pass->value[e] = wavy[e % (sizeof wavy / sizeof wavy[0])];
    run_row(pass, (double[]){.5, -1.25, .75}, (double[]){1, 0, 0});
    return pass;
}

/* One neuron as the notes write it: the products in order, then the bias. */
START_TEST(sums_run_in_the_notes_order)
{
    const double w[6] = {.1, .2, .3, .4, .5, .6}, b[2] = {.7, .8}, x[3] = {.9, 1.1, 1.3};
    Pass *pass = pass_from("3-2:tanh", "mse");
    set_parameters(pass, (double[]){.1, .2, .3, .4, .5, .6, .7, .8});
    run_row(pass, x, (double[]){.25, .5});
    double squares = 0;
    for (int j = 0; j < 2; j++) {
        double z = x[0] * w[j] + x[1] * w[2 + j] + x[2] * w[4 + j] + b[j];
        double y = j ? .5 : .25, out = tanh(z);
        ck_assert_double_eq(*number_of(pass, j ? "z12" : "z11"), z);
        ck_assert_double_eq(*number_of(pass, j ? "yhat2" : "yhat1"), out);
        squares += (y - out) * (y - out);
    }
    ck_assert_double_eq(pass_loss(pass), squares / 2);
    pass_free(pass);
}
END_TEST

START_TEST(losses_are_summed_or_averaged_over_the_outputs)
{
    static const struct {
        const char *loss;
        double value, slope; /* slope: by ŷ1 */
    } cases[] = {{"mse", 5, -1}, {"sse", 10, -2}, {"half-sse", 5, -1}, {"mae", 2, -.5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Pass *pass = pass_from("2-2", cases[i].loss);
        set_parameters(pass, (double[]){1, 0, 0, 1, 0, 0});
        run_row(pass, (double[]){4, 5}, (double[]){5, 2});
        ck_assert_double_eq(pass_loss(pass), cases[i].value);
        ck_assert_double_eq(gradient_of(pass, "yhat1"), cases[i].slope);
        pass_free(pass);
    }
}
END_TEST

START_TEST(without_biases_there_is_nothing_to_add)
{
    Architecture architecture;
    ck_assert(architecture_parse(&architecture, "2-1", activation_linear(), 1, NULL));
    architecture.biases = false;
    Net *net = net_new(&architecture, 0, NULL);
    architecture_release(&architecture);
    Pass *pass = pass_new(net, loss_find("mse"));
    net_release(net);
    set_parameters(pass, (double[]){2, 3});
    run_row(pass, (double[]){10, 100}, (double[]){0});
    ck_assert_double_eq(*number_of(pass, "yhat"), 320);
    pass_backward(pass);
    ck_assert_double_eq(pass->adjoint[0], 2 * 320 * 10);
    ck_assert_double_eq(pass->adjoint[1], 2 * 320 * 100);
    pass_free(pass);
}
END_TEST

START_TEST(the_first_broken_number_is_named)
{
    Pass *pass = wavy_pass("3-2-2-1", "mse");
    *number_of(pass, "w11^1") = 1e308;
    *number_of(pass, "x1") = 10;
    pass_forget(pass);
    pass_forward(pass);
    ck_assert_uint_eq(pass_broken(pass), element_of(pass->net, "o11"));
    pass_free(pass);
}
END_TEST

/* Each row's loss is finite, and their sum is not. */
START_TEST(the_mean_of_the_losses_may_break)
{
    Pass *pass = pass_from("1-1", "sse");
    fill_weights(pass, 1);
    ck_assert(pass_set_rows(pass, 2, 0, NULL));
    for (int row = 0; row < 2; row++) pass_load(pass, row, &(double){1e154}, &(double){0});
    pass_forward(pass);
    ck_assert(isfinite(pass_row_loss(pass, 1)));
    ck_assert_uint_eq(pass_broken(pass), element_of(pass->net, "L"));
    pass_free(pass);
}
END_TEST

START_TEST(numbers_begin_at_a_cache_line)
{
    for (int rows = 1; rows < 40; rows++) {
        Pass *pass = pass_from("3-2-1", "mse");
        ck_assert(pass_set_rows(pass, rows, 0, NULL));
        ck_assert_uint_eq((uintptr_t)pass->value % 64, 0);
        ck_assert_uint_eq((uintptr_t)pass->adjoint % 64, 0);
        pass_free(pass);
    }
}
END_TEST

START_TEST(large_sums_leave_finite_gradients)
{
    static const char *const nets[][2] = {{"1-1:sigmoid", "bce"}, {"1-2:softmax", "cce"}};
    for (int i = 0; i < 2; i++)
        for (double x = -1000; x <= 1000; x += 2000)
            for (double y = 0; y <= 1; y++) {
                Pass *pass = pass_from(nets[i][0], nets[i][1]);
                *number_of(pass, "w11^1") = 1;
                run_row(pass, &x, (double[]){y, 1 - y});
                bool right = (x > 0) == (y == 1);
                ck_assert_double_eq(pass_loss(pass), right ? 0 : 1000);
                ck_assert_double_eq(gradient_of(pass, "z11"), right ? 0 : x > 0 ? 1 : -1);
                ck_assert_double_eq(gradient_of(pass, "w11^1"), right ? 0 : 1000);
                pass_free(pass);
            }
}
END_TEST

/* --- pins */

START_TEST(a_pinned_node_keeps_its_value)
{
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    size_t node = element_of(pass->net, "o11");
    pass_pin(pass, node, 1);
    pass_pin(pass, node, 10);
    ck_assert_int_eq(pass->pin_count, 1);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    ck_assert_double_eq(*number_of(pass, "o11"), 10);
    ck_assert_double_eq(*number_of(pass, "yhat"), 98);
    ck_assert(pass_pinned(pass, net_vector(pass->net, node)));
    ck_assert(!pass_pinned(pass, &pass->net->vectors[pass->net->prediction]));
    Pass *copy = pass_copy(pass);
    pass_unpin(pass);
    ck_assert(!pass->forward_done);
    pass_forward(pass);
    pass_forward(copy);
    ck_assert_double_eq(*number_of(pass, "yhat"), 176);
    ck_assert_double_eq(*number_of(copy, "yhat"), 98);
    pass_free(pass);
    pass_free(copy);
}
END_TEST

START_TEST(a_copy_of_what_is_stored_takes_rows_of_its_own)
{
    Pass *pass = pass_from("2-2:tanh+bn-1:step", "hinge");
    size_t node = element_of(pass->net, "o11"), y = element_of(pass->net, "y");
    fill_weights(pass, 0.5);
    pass_set_trick(pass, true);
    *number_of(pass, "mean12") = 7;
    ck_assert(pass_set_rows(pass, 3, 0, NULL));
    pass_pin(pass, node, 0.25);
    Pass *copy = pass_copy_stored(pass);
    ck_assert_int_eq(copy->rows, 1);
    ck_assert_int_eq(copy->capacity, 1);
    ck_assert_int_eq(copy->pin_count, 0);
    ck_assert_ptr_eq(copy->fusion, pass->fusion);
    for (size_t e = 0; e < pass->net->stored; e++)
        ck_assert_double_eq(copy->value[e], pass->value[e]);
    pass_load(copy, 0, (double[]){80, 8}, (double[]){-1});
    pass_load(copy, 0, (double[]){60, 9}, NULL);
    ck_assert_double_eq(copy->value[y], -1);
    ck_assert_double_eq(copy->value[copy->net->vectors[copy->net->input].at], 60);
    pass_free(copy);
    pass_free(pass);
}
END_TEST

/* An assumed probability does not follow from z, so L must not be computed from z. */
START_TEST(a_pinned_prediction_decides_the_loss)
{
    Pass *pass = pass_from("1-1:sigmoid", "bce");
    pass_pin(pass, element_of(pass->net, "yhat"), 0.25);
    run_row(pass, (double[]){3}, (double[]){1});
    assert_close("L", pass_loss(pass), log(4), 1e-15);
    pass_free(pass);
    pass = pass_from("1-1:sigmoid", "bce");
    pass_pin(pass, element_of(pass->net, "z11"), log(3));
    run_row(pass, (double[]){3}, (double[]){0});
    assert_close("yhat", *number_of(pass, "yhat"), 0.75, 1e-15);
    assert_close("L", pass_loss(pass), log(4), 1e-15);
    pass_free(pass);
}
END_TEST

/* --- derivatives of one number by another */

/* UPPER as it is when LOWER is moved by STEP: a node's value is held there. */
static double moved(const Pass *pass, size_t upper, size_t lower, double step)
{
    Pass *copy = pass_copy(pass);
    const Vector *vector = net_vector(pass->net, lower);
    copy->value[lower] += step;
    if (vector && vector->kind != SYMBOL_INPUT) pass_pin(copy, lower, copy->value[lower]);
    pass_forward(copy);
    double value = copy->value[upper];
    pass_free(copy);
    return value;
}

static void check_derivative(const Pass *pass, size_t upper, size_t lower)
{
    const double step = 1e-3;
    double wide = moved(pass, upper, lower, step) - moved(pass, upper, lower, -step);
    double narrow = moved(pass, upper, lower, step / 2) - moved(pass, upper, lower, -step / 2);
    double expected = (8 * narrow - wide) / (6 * step);
    char name[2 * SYMBOL_SIZE] = "";
    symbol_spell(name, net_symbol(pass->net, lower));
    assert_within(name, pass_derivative(pass, upper, lower), expected, 1e-9);
}

static void check_derivatives(const char *sizes, const char *loss)
{
    Pass *pass = wavy_pass(sizes, loss);
    const Net *net = pass->net;
    size_t targets = net->vectors[net->target].at, end = net->vectors[net->loss].at;
    for (size_t upper = net->parameters; upper < net->elements; upper++)
        for (size_t lower = 0; lower < targets; lower++)
            if (upper < targets || upper == end) check_derivative(pass, upper, lower);
    for (size_t e = 0; e < net->elements; e++) ck_assert(!memo_knows(pass, e));
    ck_assert(pass->forward_done);
    pass_free(pass);
}

START_TEST(derivatives_of_any_number_by_any_other)
{
    check_derivatives("2-2-1", "mse");
    check_derivatives("3-2:tanh-3:softmax-2:elu-1", "huber");
    check_derivatives("2-3:softplus-1:sigmoid", "bce");
    check_derivatives("2-2:relu-3:softmax", "cce");
}
END_TEST

START_TEST(there_is_no_derivative_without_a_path)
{
    Pass *pass = wavy_pass("2-2:tanh-2", "mse");
    static const char *const pairs[][2] = {{"o11", "w12^1"}, {"o11", "yhat1"},   {"z12", "b11"},
                                           {"x1", "w11^1"},  {"yhat1", "w12^2"}, {"o11", "o12"},
                                           {"x1", "x2"},     {"y1", "x1"},       {"w11^1", "x1"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        size_t upper = element_of(pass->net, pairs[i][0]);
        size_t lower = element_of(pass->net, pairs[i][1]);
        ck_assert_double_eq(pass_derivative(pass, upper, lower), 0);
        ck_assert_double_eq(pass_derivative(pass, upper, upper), 1);
    }
    pass_free(pass);
}
END_TEST

static void depends(const char *sizes, const char *lower, const char *first, int expected)
{
    Pass *pass = wavy_pass(sizes, "mse");
    size_t element = element_of(pass->net, lower);
    int count = pass_dependents(pass, element);
    ck_assert_msg(count == expected, "%s in %s: %d", lower, sizes, count);
    for (int i = 0; i < count; i++)
        ck_assert_msg(pass_dependent(pass, element, i) == element_of(pass->net, first) + (size_t)i,
                      "%s in %s", lower, sizes);
    pass_free(pass);
}

START_TEST(dependents_are_one_step_away)
{
    depends("2-3:tanh-2:softmax", "w13^1", "z13", 1);
    depends("2-3:tanh-2:softmax", "b12", "z12", 1);
    depends("2-3:tanh-2:softmax", "x2", "z11", 3);
    depends("2-3:tanh-2:softmax", "z12", "o12", 1);
    depends("2-3:tanh-2:softmax", "o13", "z21", 2);
    depends("2-3:tanh-2:softmax", "z22", "yhat1", 2);
    depends("2-3:tanh-2:softmax", "yhat2", "L", 1);
    depends("2-3:tanh-2:softmax", "L", NULL, 0);
    depends("2-3:tanh-2:softmax", "y1", NULL, 0);
}
END_TEST

/* --- kinks */

/* Whether L bends sharply while SYMBOL goes from FROM to TO. */
static bool kink(const char *sizes, const char *loss, const char *symbol, double from, double to)
{
    Pass *a = pass_from(sizes, loss);
    fill_weights(a, 1);
    run_row(a, (double[]){0}, (double[]){1});
    Pass *b = pass_copy(a);
    *number_of(a, symbol) = from;
    *number_of(b, symbol) = to;
    pass_forward(a);
    pass_forward(b);
    bool found = pass_kink_between(a, b);
    pass_free(a);
    pass_free(b);
    return found;
}

START_TEST(kinks_are_seen_when_they_are_crossed)
{
    ck_assert(kink("1-1:relu-1", "mse", "b11", -.1, .1));
    ck_assert(kink("1-1:relu-1", "mse", "x1", -.1, .1));
    ck_assert(kink("1-1:step-1", "mse", "b11", -.1, .1));
    ck_assert(kink("1-1:leaky-relu-1", "mse", "b11", -.1, .1));
    ck_assert(kink("1-1:relu-1", "mse", "b11", 0, .1));
    ck_assert(!kink("1-1:relu-1", "mse", "b11", .1, .2));
    ck_assert(!kink("1-1:relu-1", "mse", "b21", -.1, .1));
    ck_assert(!kink("1-1:sigmoid-1", "mse", "b11", -.1, .1));
    ck_assert(!kink("1-1:elu-1", "mse", "b11", -.1, .1));
    ck_assert(kink("1-1", "mae", "b11", .9, 1.1));
    ck_assert(!kink("1-1", "mae", "b11", .8, .9));
    ck_assert(kink("1-1", "hinge", "b11", .9, 1.1));
    ck_assert(!kink("1-1", "hinge", "b11", -.1, .1));
    ck_assert(!kink("1-1", "huber", "b11", -.1, .1));
}
END_TEST

START_TEST(another_loss_is_another_question)
{
    Pass *pass = pass_from("1-1:sigmoid", "bce");
    run_row(pass, (double[]){1}, (double[]){1});
    ck_assert_ptr_nonnull(pass->fusion);
    ck_assert_double_eq(gradient_of(pass, "z11"), -.5);
    pass_set_loss(pass, loss_find("mse"));
    ck_assert_ptr_null(pass->fusion);
    ck_assert(!pass->forward_done);
    pass_forward(pass);
    ck_assert_double_eq(pass_loss(pass), .25);
    ck_assert_double_eq(gradient_of(pass, "z11"), -.25);
    pass_free(pass);
}
END_TEST

START_TEST(a_copy_is_its_own)
{
    Pass *pass = wavy_pass("2-2:tanh-1", "mse");
    gradient_of(pass, "w11^1");
    Pass *copy = pass_copy(pass);
    ck_assert_mem_eq(copy->value, pass->value, pass->net->elements * sizeof(double));
    for (size_t e = 0; e < copy->net->elements; e++) ck_assert(!memo_knows(copy, e));
    *number_of(copy, "w11^1") = 5;
    ck_assert_double_ne(*number_of(pass, "w11^1"), 5);
    pass_free(pass);
    pass_forward(copy);
    ck_assert_uint_eq(pass_broken(copy), copy->net->elements);
    pass_free(copy);
}
END_TEST

UNIT("pass", sums_run_in_the_notes_order, losses_are_summed_or_averaged_over_the_outputs,
     without_biases_there_is_nothing_to_add, the_first_broken_number_is_named,
     the_mean_of_the_losses_may_break, numbers_begin_at_a_cache_line,
     large_sums_leave_finite_gradients, a_pinned_node_keeps_its_value,
     a_copy_of_what_is_stored_takes_rows_of_its_own, a_pinned_prediction_decides_the_loss,
     derivatives_of_any_number_by_any_other, there_is_no_derivative_without_a_path,
     dependents_are_one_step_away, kinks_are_seen_when_they_are_crossed,
     another_loss_is_another_question, a_copy_is_its_own)
