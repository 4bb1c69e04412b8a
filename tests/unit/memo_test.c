#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "base/memory.h"
#include "random_nets.h"

/* --- the same bits, whichever way they are asked for */

/* Elements that have an adjoint: all but y and L. */
static size_t derivable(const Net *net)
{
    return net->vectors[net->target].at;
}

static bool is_input(const Net *net, size_t element)
{
    const Vector *vector = net_vector(net, element);
    return vector && vector->kind == SYMBOL_INPUT;
}

/* NaN where L by ŷ is infinite or undefined may come with any bits. */
static void check_sweep(Pass *pass)
{
    Pass *swept = pass_copy(pass);
    pass_backward(swept);
    for (size_t i = derivable(pass->net); i-- > 0;) {
        double asked = memo_adjoint(pass, i, "test");
        if (!is_input(pass->net, i)) assert_same(place_of(pass, i), asked, swept->adjoint[i]);
    }
    pass_free(swept);
}

START_TEST(single_adjoints_have_the_sweeps_bits)
{
    ck_assert_int_ge(for_random_nets(11, 3, check_sweep), 100);
}
END_TEST

static void check_memo_changes_nothing(Pass *pass)
{
    Pass *forgetful = pass_copy(pass);
    forgetful->memo.off = true;
    pass_forward(forgetful);
    for (size_t e = 0; e < derivable(pass->net); e++) {
        if (memo_naive_cost(pass, e) > 1e5) continue;
        double asked = memo_adjoint(forgetful, e, "test");
        assert_same(place_of(pass, e), asked, memo_adjoint(pass, e, "test"));
        ck_assert(!memo_knows(forgetful, e));
    }
    pass_free(forgetful);
}

START_TEST(the_memo_changes_no_bit)
{
    for_random_nets(12, 1, check_memo_changes_nothing);
}
END_TEST

/* --- what is computed, and what that costs */

/* The names of all elements that the memo knows, in their order. */
static void knows(const Pass *pass, const char *expected)
{
    Text names = {0};
    for (size_t e = 0; e < pass->net->elements; e++) {
        char name[SYMBOL_SIZE];
        symbol_spell(name, net_symbol(pass->net, e));
        if (memo_knows(pass, e)) text_print(&names, "%s%s", names.length ? " " : "", name);
    }
    ck_assert_pstr_eq(text_string(&names), expected);
    text_release(&names);
}

static Pass *ready(const char *sizes, const char *loss)
{
    Pass *pass = pass_from(sizes, loss);
    fill_weights(pass, 0.5);
    run_row(pass, (double[]){1, 2, 3}, (double[]){1, 0, 0});
    return pass;
}

START_TEST(only_what_lies_on_the_path_is_computed)
{
    Pass *pass = ready("2-2-1", "mse");
    knows(pass, "");
    gradient_of(pass, "w11^1");
    knows(pass, "w11^1 o11 yhat");
    gradient_of(pass, "b21");
    knows(pass, "w11^1 b21 o11 yhat");
    pass_forget(pass);
    knows(pass, "");
    pass_free(pass);

    pass = ready("2-2:sigmoid-2:sigmoid", "mse");
    gradient_of(pass, "w21^2");
    knows(pass, "w21^2 z21 yhat1");
    gradient_of(pass, "x2");
    knows(pass, "w21^2 x2 z11 z12 o11 o12 z21 z22 yhat1 yhat2");
    pass_free(pass);
}
END_TEST

/* ∂L/∂z of a fused pair needs no ∂L/∂ŷ. */
/* After as many requests as an unsigned holds. */
START_TEST(requests_never_run_out)
{
    Pass *pass = ready("2-2-1", "mse");
    gradient_of(pass, "w22^1");
    pass->memo.request = UINT_MAX - 1;
    pass_forget(pass);
    knows(pass, "");
    gradient_of(pass, "w21^2");
    gradient_of(pass, "b21");
    gradient_of(pass, "w11^1");
    knows(pass, "w11^1 w21^2 b21 o11 yhat");
    pass_forget(pass);
    knows(pass, "");
    pass_free(pass);
}
END_TEST

START_TEST(a_fused_slope_skips_a_step)
{
    Pass *pass = ready("2-2:softmax", "cce");
    gradient_of(pass, "w12^1");
    knows(pass, "w12^1 z12");
    ck_assert_double_eq(pass->memo.multiplications, 1);
    pass_free(pass);
}
END_TEST

static void costs(const char *sizes, const char *loss, const char *symbol, double multiplications)
{
    Pass *pass = ready(sizes, loss);
    gradient_of(pass, symbol);
    ck_assert_msg(pass->memo.multiplications == multiplications, "%s in %s: %g, not %g", symbol,
                  sizes, pass->memo.multiplications, multiplications);
    pass_free(pass);
}

/* What is needed is computed in all rows at once. */
START_TEST(a_batch_costs_what_its_rows_do)
{
    Pass *pass = ready("2-2-1", "mse");
    ck_assert(pass_set_rows(pass, 3, 0, NULL));
    pass_forward(pass);
    gradient_of(pass, "w11^1");
    ck_assert_double_eq(pass->memo.multiplications, 3 * 2);
    ck_assert_double_eq(pass->memo.naive, 3 * 2);
    pass_free(pass);
}
END_TEST

/* One multiplication for each × between two factors: a chain of n factors has n - 1 of
   them, and ∂L/∂ŷ is one factor. */
START_TEST(first_requests_cost_what_their_chains_do)
{
    costs("2-2-1", "mse", "yhat", 0);
    costs("2-2-1", "mse", "w11^2", 1); /* ∂L/∂ŷ × o11 */
    costs("2-2-1", "mse", "b21", 1);   /* ∂L/∂ŷ × 1 */
    costs("2-2-1", "mse", "o11", 1);
    costs("2-2-1", "mse", "w11^1", 2);                 /* ∂L/∂ŷ × w11^2 × x1 */
    costs("2-2-1", "mse", "b12", 2);                   /* ∂L/∂ŷ × w21^2 × 1 */
    costs("2-2-1", "mse", "x1", 4);                    /* two for o11 and o12, one more for each */
    costs("2-2:sigmoid-1:sigmoid", "mse", "w11^2", 2); /* ŷ × its slope × o11 */
    costs("2-2:sigmoid-1:sigmoid", "mse", "w11^1", 4);
    costs("2-2:sigmoid-1:sigmoid", "bce", "w11^1", 3); /* ∂L/∂z21 is one factor */
    costs("2-2-2", "mse", "w11^1", 3);       /* two paths of one × each to o11, then × x1 */
    costs("2-2:softmax", "mse", "w11^1", 3); /* z11 sees both outputs */
}
END_TEST

/* All nine of 2-2-1 in the notes' order. With the memo: 3 for layer 2; o11 and o12 once, 1
   each; 6 for layer 1: 11. Without it every chain of layer 1 costs 2: 3 + 6 · 2 = 15. */
START_TEST(nine_derivatives_cost_eleven_multiplications_instead_of_fifteen)
{
    static const char *const order[] = {"w11^2", "w21^2", "b21",   "w11^1", "w21^1",
                                        "b11",   "w12^1", "w22^1", "b12"};
    Pass *pass = ready("2-2-1", "mse");
    for (int i = 0; i < 9; i++) gradient_of(pass, order[i]);
    ck_assert_double_eq(pass->memo.multiplications, 11);
    ck_assert_double_eq(pass->memo.naive, 15);
    /* ∂L/∂ŷ served w21^2, b21, o11 and o12; each o two more symbols of its node. */
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "yhat")].reused, 4);
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "o11")].reused, 2);
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "o12")].reused, 2);
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "w11^1")].reused, 0);
    gradient_of(pass, "w11^1");
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "w11^1")].reused, 1);
    ck_assert_double_eq(pass->memo.multiplications, 11);
    ck_assert_double_eq(pass->memo.naive, 17);
    pass_free(pass);
}
END_TEST

/* What would have been done without the memo is what is done without it. */
static void check_naive(Pass *pass)
{
    Pass *forgetful = pass_copy(pass);
    forgetful->memo.off = true;
    pass_forward(forgetful);
    for (size_t e = 0; e < derivable(pass->net); e++) {
        if (memo_naive_cost(pass, e) > 1e5) continue;
        double before = forgetful->memo.multiplications;
        memo_adjoint(pass, e, "test");
        memo_adjoint(forgetful, e, "test");
        ck_assert_msg(forgetful->memo.multiplications - before == memo_naive_cost(pass, e), "%s",
                      place_of(pass, e));
    }
    ck_assert_double_eq(pass->memo.naive, forgetful->memo.multiplications);
    ck_assert_double_eq(forgetful->memo.naive, forgetful->memo.multiplications);
    ck_assert_double_le(pass->memo.multiplications, pass->memo.naive);
    pass_free(forgetful);
}

START_TEST(the_naive_count_is_what_forgetting_really_costs)
{
    for_random_nets(13, 2, check_naive);
}
END_TEST

START_TEST(a_memo_switched_off_is_not_looked_at)
{
    Pass *pass = ready("2-2-1", "mse");
    gradient_of(pass, "w11^1");
    pass->memo.off = true;
    gradient_of(pass, "w11^1");
    ck_assert_double_eq(pass->memo.multiplications, 2 + 2);
    ck_assert_uint_eq(pass->memo.marks[element_of(pass->net, "w11^1")].reused, 0);
    pass_free(pass);
}
END_TEST

/* --- who computed it, and when */

START_TEST(marks_say_who_and_when)
{
    Pass *pass = ready("2-2-1", "mse");
    size_t o11 = element_of(pass->net, "o11"), w = element_of(pass->net, "w11^1");
    memo_adjoint(pass, w, "first");
    ck_assert(!memo_knew(pass, w) && !memo_knew(pass, o11));
    size_t other = element_of(pass->net, "w21^1");
    memo_adjoint(pass, other, "second");
    ck_assert(memo_knew(pass, o11) && !memo_knew(pass, other));
    ck_assert_pstr_eq(pass->memo.marks[o11].by, "first");
    ck_assert_pstr_eq(pass->memo.marks[other].by, "second");
    pass_free(pass);
}
END_TEST

START_TEST(remembering_is_no_request_of_its_own)
{
    Pass *pass = ready("2-2-2", "mse");
    size_t o11 = element_of(pass->net, "o11"), w = element_of(pass->net, "w11^1");
    memo_remember(pass, o11, "test");
    ck_assert_double_eq(pass->memo.naive, 0);
    ck_assert_double_eq(pass->memo.multiplications, 2);
    memo_adjoint(pass, w, "test");
    ck_assert_double_eq(pass->memo.naive, 3);
    ck_assert_double_eq(pass->memo.multiplications, 3);
    ck_assert(memo_knew(pass, o11));
    pass_free(pass);
}
END_TEST

/* --- a run that would not end */

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* 12^7 paths and more lead from here to L. */
static Pass *endless(void)
{
    Pass *pass = pass_from("12-12-12-12-12-12-12-12-12", "mse");
    fill_weights(pass, 0.1);
    run_row(pass, (double[12]){1}, (double[12]){1});
    pass->memo.off = true;
    pass->memo.interrupted = &interrupted;
    return pass;
}

/* What the last request computed is not known in it; and who asks it changes nothing else. */
START_TEST(the_memo_before_a_request)
{
    Pass *pass = ready("2-2-1", "mse");
    Mark *marks = memory_new(pass->net->elements * sizeof *marks);
    size_t yhat = element_of(pass->net, "yhat"), o11 = element_of(pass->net, "o11");
    gradient_of(pass, "w11^2");
    gradient_of(pass, "w11^1");
    Memo now = pass->memo;
    pass->memo = memo_before(pass, marks);
    ck_assert(memo_knows(pass, yhat));
    ck_assert(!memo_knows(pass, o11));
    ck_assert(!memo_knows(pass, element_of(pass->net, "w11^1")));
    memo_adjoint(pass, element_of(pass->net, "w11^1"), "again");
    ck_assert_str_eq(pass->memo.marks[o11].by, "again");
    ck_assert_double_eq(pass->memo.multiplications, now.multiplications + 2);
    pass->memo = now;
    ck_assert_str_eq(pass->memo.marks[o11].by, "test");
    ck_assert_uint_eq(pass->memo.marks[yhat].reused, 1);
    free(marks);
    pass_free(pass);
}
END_TEST

START_TEST(an_exponential_run_can_be_stopped)
{
    Pass *pass = endless();
    ck_assert_double_gt(memo_naive_cost(pass, element_of(pass->net, "x1")), 4e8);
    interrupted = 0;
    signal(SIGALRM, interrupt);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, 50000}}, NULL);
    clock_t start = clock();
    ck_assert(isnan(gradient_of(pass, "x1")));
    ck_assert(pass->memo.stopped);
    ck_assert_int_lt(clock() - start, 2 * CLOCKS_PER_SEC);
    knows(pass, "");
    pass_free(pass);
}
END_TEST

START_TEST(an_interrupt_that_came_before_stops_at_once)
{
    Pass *pass = endless();
    interrupted = 1;
    ck_assert(isnan(gradient_of(pass, "x1")));
    ck_assert(pass->memo.stopped);
    ck_assert_double_eq(pass->memo.multiplications, 0);
    pass->memo.off = false;
    gradient_of(pass, "x1");
    knows(pass, "");
    interrupted = 0;
    pass->memo.stopped = false;
    ck_assert(isfinite(gradient_of(pass, "x1")));
    pass_free(pass);
}
END_TEST

UNIT("memo", single_adjoints_have_the_sweeps_bits, the_memo_changes_no_bit,
     only_what_lies_on_the_path_is_computed, requests_never_run_out, a_fused_slope_skips_a_step,
     a_batch_costs_what_its_rows_do, first_requests_cost_what_their_chains_do,
     nine_derivatives_cost_eleven_multiplications_instead_of_fifteen,
     the_naive_count_is_what_forgetting_really_costs, a_memo_switched_off_is_not_looked_at,
     marks_say_who_and_when, remembering_is_no_request_of_its_own, the_memo_before_a_request,
     an_exponential_run_can_be_stopped, an_interrupt_that_came_before_stops_at_once)
