#include "nets.h"

#include "engine/update.h"

static Descent plain_descent(double rate)
{
    Descent descent = {.rate = rate};
    descent_choose(&descent, optimizer_find("sgd"));
    return descent;
}

/* The first row of the notes' table, every weight 1 and every bias 0. */
static Pass *first_row(void)
{
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    return pass;
}

START_TEST(an_update_moves_every_parameter_against_its_gradient)
{
    static const double gradients[] = {27680, 27680, 2768, 2768, 346, 346, 30448, 30448, 346};
    Pass *pass = first_row();
    Descent descent = plain_descent(0.1);
    Update update = update_new(pass, descent.optimizer);
    ck_assert_int_eq(update_make(&update, pass, &descent, NULL), UPDATE_MADE);
    ck_assert_double_eq(update.loss, 29929);
    for (size_t e = 0; e < pass->net->parameters; e++) {
        ck_assert_double_eq(update.gradient[e], gradients[e]);
        ck_assert_double_eq(pass->value[e], update.old[e] - 0.1 * gradients[e]);
    }
    ck_assert_double_eq(*number_of(pass, "w11^2"), 1 - 0.1 * 30448);
    ck_assert_int_eq(descent.updates, 1);
    ck_assert(!pass->forward_done);
    update_release(&update);
    pass_free(pass);
}
END_TEST

/* Of the first parameter in the notes' order, w11^2, it is kept how its gradient came about. */
START_TEST(the_gradient_is_clipped_and_then_decayed)
{
    Pass *pass = first_row();
    Descent descent = plain_descent(0.1);
    descent.clip_value = 100;
    descent.decay = 0.5;
    size_t first = element_of(pass->net, "w11^2"), bias = element_of(pass->net, "b21");
    Update update = update_new(pass, descent.optimizer);
    pass->value[bias] = 3;
    pass_forget(pass);
    ck_assert_int_eq(update_make(&update, pass, &descent, NULL), UPDATE_MADE);
    ck_assert_double_eq(update.derivative, 2 * (179 - 3) * 88);
    ck_assert_double_eq(update.clipped, 100);
    ck_assert_double_eq(update.gradient[first], 100 + 0.5);
    ck_assert_double_eq(update.gradient[bias], 100 + 0.5 * 3);
    ck_assert_double_eq(pass->value[first], 1 - 0.1 * 100.5);
    update_release(&update);
    pass_free(pass);
}
END_TEST

/* Whatever breaks, the numbers stay as they were, to the bit. */
static void check_refused(Pass *pass, Descent *descent, double *slots, UpdateResult want,
                          size_t broken)
{
    size_t parameters = pass->net->parameters;
    double before[16], slots_before[32];
    size_t slot_count = (size_t)optimizer_slots(descent->optimizer) * parameters;
    memcpy(before, pass->value, parameters * sizeof *before);
    if (slots) memcpy(slots_before, slots, slot_count * sizeof *slots);
    Update update = update_new(pass, descent->optimizer);
    ck_assert_int_eq(update_make(&update, pass, descent, slots), want);
    ck_assert_uint_eq(update.broken, broken);
    ck_assert_int_eq(memcmp(before, pass->value, parameters * sizeof *before), 0);
    if (slots) ck_assert_int_eq(memcmp(slots_before, slots, slot_count * sizeof *slots), 0);
    ck_assert_int_eq(descent->updates, 0);
    update_release(&update);
    pass_free(pass);
}

START_TEST(a_node_that_overflows_stops_it)
{
    Pass *pass = first_row();
    Descent descent = plain_descent(0.1);
    *number_of(pass, "w12^1") = 1e308;
    pass_forget(pass);
    check_refused(pass, &descent, NULL, UPDATE_NODE_BROKE, element_of(pass->net, "o12"));
}
END_TEST

START_TEST(a_gradient_that_overflows_stops_it)
{
    Pass *pass = pass_from("1-1-1", "mae");
    Descent descent = plain_descent(0.1);
    *number_of(pass, "w11^2") = 1e200;
    run_row(pass, (double[]){1e200}, (double[]){1});
    check_refused(pass, &descent, NULL, UPDATE_GRADIENT_BROKE, element_of(pass->net, "w11^1"));
}
END_TEST

START_TEST(a_parameter_that_would_overflow_stops_it)
{
    Pass *pass = first_row();
    Descent descent = plain_descent(1e306);
    check_refused(pass, &descent, NULL, UPDATE_PARAMETER_BROKE, 0);
}
END_TEST

START_TEST(what_the_optimizer_keeps_must_not_overflow_either)
{
    Pass *pass = pass_from("1-1", "sse");
    Descent descent = plain_descent(0);
    double slots[2] = {0};
    descent_choose(&descent, optimizer_find("adagrad"));
    run_row(pass, (double[]){1e100}, (double[]){1e100});
    check_refused(pass, &descent, slots, UPDATE_PARAMETER_BROKE, element_of(pass->net, "w11^1"));
}
END_TEST

UNIT("update", the_gradient_is_clipped_and_then_decayed,
     an_update_moves_every_parameter_against_its_gradient, a_node_that_overflows_stops_it,
     a_gradient_that_overflows_stops_it, a_parameter_that_would_overflow_stops_it,
     what_the_optimizer_keeps_must_not_overflow_either)
