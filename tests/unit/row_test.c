/* Commands that follow one row: what they leave as it was, and what the memo counts. */
#include "trial.h"

static const char *const nets[] = {
    "init 2-2-1\ninput 80 8 -> 3",
    "init 3-2-1 biases=none weights=0.5\ninput 1 2 3 -> 4",
    "init 2-3:sigmoid-2:tanh-1 weights=xavier seed=1\ninput 0.5 -1 -> 0.25",
    "init 2-3:relu-2 weights=he seed=2\ninput 1 2 -> 0 1",
    "init 2-2:tanh-3:softmax loss=cce weights=xavier seed=3\ninput 1 2 -> 0 1 0",
    "init 2-3:softmax-2:tanh-1 weights=xavier seed=4\ninput 1 2 -> 1",
    "init 2-2:elu-1:sigmoid loss=bce weights=xavier seed=5\ninput 1 2 -> 1",
    "init 1-2:tanh-2:tanh-2:tanh-2:tanh-1 weights=xavier seed=6\ninput 1 -> 1",
};
enum { NETS = sizeof nets / sizeof nets[0] };

static Pass *start_net(Trial *trial, int i)
{
    trial_start(trial);
    trial_do(trial, nets[i]);
    return trial->session->pass;
}

START_TEST(without_the_memo_everything_is_computed_again)
{
    for (int i = 0; i < NETS; i++) {
        Trial trial;
        const Pass *pass = start_net(&trial, i);
        trial_do(&trial, "grad all");
        double memoized = pass->memo.multiplications, naive = pass->memo.naive;
        ck_assert_msg(memoized < naive, "%s: %g %g", nets[i], memoized, naive);
        trial_do(&trial, "set memo off\ngrad all");
        ck_assert_msg(pass->memo.multiplications == naive, "%s: %g, not %g", nets[i],
                      pass->memo.multiplications, naive);
        ck_assert(pass->memo.naive == naive);
        trial_do(&trial, "grad all");
        ck_assert(pass->memo.multiplications == 2 * naive);
        trial_free(&trial);
    }
}
END_TEST

/* One for each × in the notes' nine products: 3 with one and 6 with two; of those six
   the memo saves four, as N1 marks them. */
START_TEST(the_nine_derivatives_take_15_multiplications_or_11)
{
    Trial trial;
    const Pass *pass = start_net(&trial, 0);
    trial_do(&trial, "grad all");
    ck_assert(pass->memo.naive == 15);
    ck_assert(pass->memo.multiplications == 11);
    trial_free(&trial);
}
END_TEST

START_TEST(the_memo_changes_no_gradient)
{
    for (int i = 0; i < NETS; i++) {
        Trial with, without;
        const Pass *a = start_net(&with, i), *b = start_net(&without, i);
        trial_do(&with, "grad all");
        trial_do(&without, "set memo off\ngrad all");
        size_t count = a->net->parameters * sizeof(double);
        ck_assert_msg(!memcmp(a->adjoint, b->adjoint, count), "%s", nets[i]);
        trial_free(&with);
        trial_free(&without);
    }
}
END_TEST

START_TEST(what_is_written_is_forgotten)
{
    static const char *const writes[] = {"set w11^1 0.5",      "input 1 2 -> 3", "set loss mae",
                                         "set W^1 [1 2; 3 4]", "step",           "assume yhat = 3",
                                         "set memo off",       "init 2-2-1",     "undo"};
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        Trial trial;
        start_net(&trial, 0);
        trial_do(&trial, "grad w11^2");
        trial_do(&trial, writes[i]);
        const Pass *pass = trial.session->pass;
        for (size_t e = 0; pass && e < pass->net->elements; e++)
            ck_assert_msg(!memo_knows(pass, e), "%s", writes[i]);
        ck_assert(!pass || !pass->forward_done);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(the_memo_names_the_command_and_counts_uses)
{
    Trial trial;
    const Pass *pass = start_net(&trial, 0);
    size_t yhat = pass->net->vectors[pass->net->prediction].at;
    trial_do(&trial, "g  w11^2 # the first");
    ck_assert_str_eq(pass->memo.marks[yhat].by, "grad w11^2");
    ck_assert_uint_eq(pass->memo.marks[yhat].reused, 0);
    trial_do(&trial, "grad w21^2\nprint dL/db21");
    ck_assert_str_eq(pass->memo.marks[yhat].by, "grad w11^2");
    ck_assert_uint_eq(pass->memo.marks[yhat].reused, 2);
    trial_free(&trial);
}
END_TEST

START_TEST(questions_change_no_number)
{
    static const char *const questions[] = {"check",
                                            "check w11^1 eps=1e-3",
                                            "check x1",
                                            "nudge w11^1 0.5",
                                            "nudge x1 -1",
                                            "nudge o11 0.1",
                                            "print do11/dx1 + dL/dx1 * w11^1",
                                            "check o11",
                                            "grad w11^1 paths",
                                            "loss",
                                            "forward",
                                            "matrices"};
    for (int i = 0; i < NETS; i++)
        for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++) {
            Trial trial;
            const Pass *pass = start_net(&trial, i);
            trial_do(&trial, "grad all\ngrad x1");
            char *script = trial_script(&trial);
            Pass *copy = pass_copy(pass);
            trial_do(&trial, questions[k]);
            ck_assert(!memcmp(copy->value, pass->value, pass->net->elements * sizeof(double)));
            char *after = trial_script(&trial);
            ck_assert_str_eq(after, script);
            free(script);
            free(after);
            pass_free(copy);
            trial_free(&trial);
        }
}
END_TEST

/* The memo counts a use when `nudge` asks for the derivative, and no value is touched. */
START_TEST(a_nudge_leaves_the_memo_alone)
{
    Trial trial;
    const Pass *pass = start_net(&trial, 2);
    trial_do(&trial, "grad all");
    double before = pass->memo.multiplications;
    Pass *copy = pass_copy(pass);
    memcpy(copy->adjoint, pass->adjoint, pass->net->elements * sizeof(double));
    trial_do(&trial, "nudge w11^1 0.5\ncheck");
    ck_assert(pass->memo.multiplications == before);
    ck_assert(!memcmp(copy->adjoint, pass->adjoint, pass->net->elements * sizeof(double)));
    pass_free(copy);
    trial_free(&trial);
}
END_TEST

START_TEST(an_assumed_node_is_held_until_the_next_forward)
{
    Trial trial;
    start_net(&trial, 0);
    trial_do(&trial, "assume yhat = 18\nassert yhat == 18\nassert L == 225\nassert dL/dyhat == 30\n"
                     "assert dL/dw11^2 == 30 * 88\nset lr 0.5\nassert yhat == 18\nloss\n"
                     "forward\nassert yhat == 176\nassert L == 29929");
    trial_do(&trial, "assume o11=2\nassume o12=3\nassume o11=4\nassert yhat == 7\nundo\n"
                     "assert yhat == 5\nforward\nassert yhat == 176\nundo\nassert yhat == 5");
    trial_do(&trial, "forward\nassume yhat = yhat\nset w11^2 5\nassert yhat == 176\n"
                     "assert dL/dw11^1 == 346 * 5 * 80\nassume o11 = -w11^2 / 2\nforward\n"
                     "assert yhat == 528");
    trial_free(&trial);
}
END_TEST

START_TEST(only_nodes_are_assumed)
{
    Trial trial;
    start_net(&trial, 2);
    trial_fails(&trial, "assume w11^1 = 2", 8, "`set`");
    trial_fails(&trial, "assume x1 = 2", 8, "node");
    trial_fails(&trial, "assume y = 2", 8, "node");
    trial_fails(&trial, "assume L = 2", 8, "node");
    trial_fails(&trial, "assume o91 = 2", 8, "o91");
    trial_fails(&trial, "assume yhat = x", 15, "`x`");
    trial_fails(&trial, "assume yhat = 1/0", 15, "finite");
    trial_do(&trial, "assume z11 = 2\nassert z11 == 2\nassert o11 == sigmoid(2)");
    trial_fails(&trial, "check", 0, "`forward`");
    trial_fails(&trial, "nudge w11^1 1", 0, "z11");
    trial_free(&trial);
}
END_TEST

/* The targets do not go with the loss: the forward pass is refused, and releases nothing. */
START_TEST(a_forward_that_fails_releases_nothing)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-1:sigmoid loss=bce\ninput 1 2 -> 5\nassume yhat = 0.5");
    char *before = trial_script(&trial);
    trial_fails(&trial, "forward", 0, "between 0 and 1");
    char *after = trial_script(&trial);
    ck_assert_str_eq(after, before);
    free(before);
    free(after);
    trial_free(&trial);
}
END_TEST

START_TEST(the_nine_derivatives_of_the_notes)
{
    static const struct {
        int row;
        double yhat, loss, slope, w2, w1_first, w1_second;
    } rows[] = {{1, 176, 29929, 346, 30448, 27680, 2768},
                {2, 138, 17689, 266, 18354, 15960, 2394},
                {3, 150, 20164, 284, 21300, 19880, 1420},
                {4, 254, 59049, 486, 61722, 58320, 3402}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char lines[512];
        Trial trial;
        trial_start(&trial);
        snprintf(lines, sizeof lines,
                 "init 2-2-1\ndata n0\nrow %d\nassert yhat == %g\nassert L == %g\n"
                 "assert dL/dyhat == %g\nassert dL/dw11^2 == %g\nassert dL/dw21^2 == %g\n"
                 "assert dL/dw11^1 == %g\nassert dL/dw12^1 == %g\n"
                 "assert dL/dw21^1 == %g\nassert dL/dw22^1 == %g\n"
                 "assert dL/db21 == %g\nassert dL/db11 == %g\nassert dL/db12 == %g",
                 rows[i].row, rows[i].yhat, rows[i].loss, rows[i].slope, rows[i].w2, rows[i].w2,
                 rows[i].w1_first, rows[i].w1_first, rows[i].w1_second, rows[i].w1_second,
                 rows[i].slope, rows[i].slope, rows[i].slope);
        trial_do(&trial, lines);
        trial_free(&trial);
    }
}
END_TEST

UNIT("row", without_the_memo_everything_is_computed_again,
     the_nine_derivatives_take_15_multiplications_or_11, the_memo_changes_no_gradient,
     what_is_written_is_forgotten, the_memo_names_the_command_and_counts_uses,
     questions_change_no_number, a_nudge_leaves_the_memo_alone,
     an_assumed_node_is_held_until_the_next_forward, only_nodes_are_assumed,
     a_forward_that_fails_releases_nothing, the_nine_derivatives_of_the_notes)
