/* Commands that put a network to use: what they leave as it was. */
#include "trial.h"

static void start_trained(Trial *trial, SessionOptions options)
{
    trial_start_with(trial, options);
    trial_do(trial, "data n0\ndata scale standard\ninit 2-2:tanh-1 weights=xavier seed=1\nstep 3\n"
                    "row 2\ngrad w11^1");
}

/* Whether LINE, which ends in OUTCOME, changes no number, no row, no memo and no history. */
static void check_unchanged(Trial *trial, const char *line, Outcome outcome)
{
    const Pass *pass = trial->session->pass;
    size_t values = pass->net->elements * sizeof *pass->value;
    char *before = trial_script(trial);
    double *numbers = malloc(values);
    ck_assert_ptr_nonnull(numbers);
    memcpy(numbers, pass->value, values);
    double multiplications = pass->memo.multiplications;
    ck_assert_msg(trial_run(trial, line) == outcome, "%s: %s", line, trial->message);
    char *after = trial_script(trial);
    ck_assert_ptr_eq(trial->session->pass, pass);
    ck_assert_msg(!strcmp(before, after), "%s", line);
    ck_assert_msg(!memcmp(numbers, pass->value, values), "%s", line);
    ck_assert_msg(pass->memo.multiplications == multiplications, "%s", line);
    ck_assert(memo_knows(pass, net_weight(pass->net, 1, 1, 1)));
    free(numbers);
    free(before);
    free(after);
}

START_TEST(nothing_changes)
{
    static const char *const lines[] = {"evaluate", "evaluate n0", "predict 80 8"};
    Trial trial;
    start_trained(&trial, (SessionOptions){0});
    for (int i = 0; i < 3; i++) check_unchanged(&trial, lines[i], OUTCOME_OK);
    check_unchanged(&trial, "evaluate iris", OUTCOME_FAILED);
    check_unchanged(&trial, "predict 80", OUTCOME_FAILED);
    size_t row = trial.session->setup.course.next;
    ck_assert_uint_eq(row, 1);
    trial_do(&trial, "undo");
    ck_assert_uint_ne(trial.session->setup.course.next, row); /* what `row 2` did */
    trial_free(&trial);
}
END_TEST

START_TEST(an_interrupt_ends_evaluate)
{
    static volatile sig_atomic_t interrupted;
    Trial trial;
    start_trained(&trial, (SessionOptions){.interrupted = &interrupted});
    interrupted = 1;
    check_unchanged(&trial, "evaluate", OUTCOME_INTERRUPTED);
    ck_assert_str_eq(trial.message, "interrupted");
    interrupted = 0;
    check_unchanged(&trial, "evaluate", OUTCOME_OK);
    trial_free(&trial);
}
END_TEST

START_TEST(the_untrusted_read_shipped_tables_only)
{
    Trial trial;
    start_trained(&trial, (SessionOptions){.access = ACCESS_SHIPPED});
    trial_do(&trial, "evaluate n0");
    trial_fails(&trial, "evaluate lessons/data/n0.csv", 10, "only the data shipped");
    trial_free(&trial);
}
END_TEST

UNIT("evaluate", nothing_changes, an_interrupt_ends_evaluate,
     the_untrusted_read_shipped_tables_only)
