/* What the leaves of an expression stand for. The numbers are PyTorch's, where not said. */
#include "session/reading.h"
#include "trial.h"

/* A batch norm, all rows of xor in one batch. */
static void start_batch(Trial *trial)
{
    trial_start(trial);
    trial_do(trial, "init 2-2:tanh+bn-1\ndata xor\nset mode batch\nset W^1 [0.5 -0.25; 0.75 0.1]\n"
                    "set gamma^1 [1.5 0.5]\nset beta^1 [0.2 -0.3]\nset W^2 [1.25; -0.5]\n"
                    "set b^2 [0.4]");
}

START_TEST(norms_of_matrices)
{
    Trial trial;
    start_batch(&trial);
    trial_do(&trial, "assert norm(W^1) ~ 0.9407443861113389 1e-15\n"
                     "assert norm(gamma^1) ~ 1.5811388300841898 1e-15\n"
                     "assert norm(β¹) ~ 0.36055512754639896 1e-15\n"
                     "assert norm(W²) ~ 1.346291201783626 1e-15\n"
                     "assert norm(b^2) == 0.4\n"
                     "assert norm(mean^1) == 0\n"
                     "assert norm(var^1) == sqrt(2)");
    trial_free(&trial);
}
END_TEST

START_TEST(norms_of_derivatives)
{
    Trial trial;
    start_batch(&trial);
    trial_do(&trial, "assert L ~ 1.1044541094143052 1e-15\n"
                     "assert norm(dL/dW^1) ~ 1.4501021638749827 1e-15\n"
                     "assert norm(dL/dgamma^1) ~ 0.3203313444731057 1e-15\n"
                     "assert norm(dL/dbeta^1) ~ 0.3353917531504922 1e-15\n"
                     "assert norm(dL/dW^2) ~ 1.3629693899583963 1e-15\n"
                     "assert norm(∂L/∂b²) ~ 0.26191582173243133 1e-15");
    trial_free(&trial);
}
END_TEST

/* The squares are summed as they are written here; and each derivative is asked of the memo. */
START_TEST(a_norm_is_what_it_says)
{
    Trial trial;
    start_batch(&trial);
    trial_do(&trial, "assert norm(W^1) == sqrt((w11^1)^2 + (w12^1)^2 + (w21^1)^2 + (w22^1)^2)\n"
                     "assert norm(dL/dW^1) == sqrt((dL/dw11^1)^2 + (dL/dw12^1)^2 + (dL/dw21^1)^2 + "
                     "(dL/dw22^1)^2)");
    const Memo *memo = &trial.session->pass->memo;
    size_t first = net_weight(session_net(trial.session), 1, 1, 1);
    for (size_t e = first; e < first + 4; e++) ck_assert_uint_eq(memo->marks[e].reused, 1);
    trial_free(&trial);
}
END_TEST

START_TEST(norms_stand_wherever_an_expression_may)
{
    Trial trial;
    start_batch(&trial);
    trial_do(&trial, "train 100 until=\"norm(dL/dW^2) < 0.5\"\nassert epoch < 100 && "
                     "norm(dL/dW^2) < 0.5\nset w11^1 2norm(W^1)^2/norm(b^2)\nset memo off\n"
                     "print norm(dL/dW^1)");
    trial_free(&trial);
}
END_TEST

START_TEST(the_network_says_how_a_node_is_called)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 1 2 -> 3");
    Expr leaf = {.kind = EXPR_SYMBOL, .symbol = {SYMBOL_SUM, 2, 0, 1}};
    Reading reading;
    ck_assert(reading_resolve(trial.session, &leaf, 1, &reading, NULL));
    ck_assert(symbol_equal(leaf.symbol, (Symbol){.kind = SYMBOL_PREDICTION}));
    ck_assert(reading.kind == READING_NODE && reading_is_computed(&reading));
    trial_free(&trial);
}
END_TEST

START_TEST(what_has_no_number)
{
    Trial trial;
    trial_start(&trial);
    trial_fails(&trial, "print norm(W^1)", 12, "there is no network yet");
    trial_fails(&trial, "print w11^1", 7, "there is no network yet");
    trial_do(&trial, "init 2-2:tanh+bn-1");
    trial_do(&trial, "print norm(W^1) + w11^1");
    trial_fails(&trial, "print 1 + norm(dL/dW^1)", 16, "there is no row to work on");
    trial_fails(&trial, "print x1", 7, "there is no row to work on");
    trial_fails(&trial, "print do11/dw11^1", 7, "there is no row to work on");
    trial_fails(&trial, "print norm(W^7)", 12, "there is no W^7");
    trial_do(&trial, "input 1 2 -> 3");
    trial_fails(&trial, "print norm(dL/dmean^1)", 12, "derivatives are taken by parameters");
    trial_fails(&trial, "print norm(do11/dW^1)", 12,
                "norm takes derivatives of L alone, as in norm(dL/dW^1)");
    trial_fails(&trial, "print dL/dmean11", 7, "derivatives are taken by parameters");
    trial_fails(&trial, "print dmu11/dw11^1", 7, "what mu and v do");
    trial_free(&trial);
}
END_TEST

START_TEST(what_a_name_may_have_meant)
{
    ck_assert_str_eq(reading_meant("eta"), "lr");
    ck_assert_str_eq(reading_meant("η"), "lr");
    ck_assert_str_eq(reading_meant("loss"), "L");
    ck_assert_str_eq(reading_meant("l"), "L");
    ck_assert_str_eq(reading_meant("epochs"), "epoch");
    ck_assert_ptr_null(reading_meant("w11"));
}
END_TEST

UNIT("reading", norms_of_matrices, norms_of_derivatives, a_norm_is_what_it_says,
     norms_stand_wherever_an_expression_may, the_network_says_how_a_node_is_called,
     what_has_no_number, what_a_name_may_have_meant)
