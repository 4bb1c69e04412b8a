/* The command diagnose: what it leaves as it was, and what stops it. */
#include "trial.h"

START_TEST(diagnosing_changes_nothing)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial,
             "set optimizer adam\ninit 2-3:tanh-1 weights=xavier\ndata n0\nstep 3\nassume o11 = 2");
    char *before = trial_script(&trial);
    int pins = trial.session->pass->pin_count;
    trial_do(&trial, "grad o11\ndiagnose");
    char *after = trial_script(&trial);
    ck_assert_str_eq(before, after);
    ck_assert_int_eq(trial.session->pass->pin_count, pins);
    ck_assert(trial.session->pass->forward_done);
    free(before);
    free(after);
    trial_free(&trial);
}
END_TEST

START_TEST(diagnosing_stops_at_once_when_interrupted)
{
    Trial trial;
    volatile sig_atomic_t interrupted = 0;
    trial_start_with(&trial, (SessionOptions){.interrupted = &interrupted});
    trial_do(&trial, "init 2-1\ndata n0\ndiagnose");
    interrupted = 1;
    ck_assert_int_eq(trial_run(&trial, "diagnose"), OUTCOME_INTERRUPTED);
    ck_assert_str_eq(trial.message, "interrupted");
    trial_free(&trial);
}
END_TEST

UNIT("diagnose", diagnosing_changes_nothing, diagnosing_stops_at_once_when_interrupted)
