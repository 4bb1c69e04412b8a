/* Motions that are interrupted. */
#include "trial.h"

/* Somewhere on a run, with breakpoints and watchpoints that nothing meets. */
static void start(Trial *trial, const volatile sig_atomic_t *interrupted, const char *last)
{
    trial_start_with(trial, (SessionOptions){.interrupted = interrupted});
    trial_do(trial, "init 2-2-1\ndata n0\nset lr 1e-6\ntrain 10\nset lr 2e-6\n"
                    "watch w11^1 > 2\nbreak L if L < 0\ntrain 3\nset epochs 100");
    trial_do(trial, last);
}

/* Interrupted before it comes anywhere, a motion changes nothing, not even what is assumed. */
static void check_nothing_changes(const char *last, size_t done, int pins)
{
    static const char *const motions[] = {"next",
                                          "next 50",
                                          "next 1000000",
                                          "back",
                                          "back 3",
                                          "back 1000",
                                          "step",
                                          "step 3",
                                          "reverse-step",
                                          "reverse-step 5",
                                          "continue",
                                          "until L < 5",
                                          "finish",
                                          "reverse-continue",
                                          "goto epoch 4",
                                          "goto epoch 50",
                                          "goto epoch 13 row 1"};
    volatile sig_atomic_t interrupted = 0;
    Trial trial;
    start(&trial, &interrupted, last);
    int undoable = history_count(trial.session->history.undo);
    char *before = trial_script(&trial);
    for (size_t i = 0; i < sizeof motions / sizeof *motions; i++) {
        interrupted = 1;
        ck_assert_msg(trial_run(&trial, motions[i]) == OUTCOME_INTERRUPTED, "%s", motions[i]);
        ck_assert_str_eq(trial.message, "interrupted: the run stays where it was");
        interrupted = 0;
        char *after = trial_script(&trial);
        ck_assert_msg(!strcmp(before, after), "%s: %s", motions[i], after);
        ck_assert_uint_eq(trial.session->trainer.done, done);
        ck_assert_int_eq(trial.session->pass->pin_count, pins);
        ck_assert_int_eq(history_count(trial.session->history.undo), undoable);
        free(after);
    }
    free(before);
    trial_free(&trial);
}

START_TEST(at_once_nothing_changes)
{
    check_nothing_changes("next 5", 5, 0);
    check_nothing_changes("assume o11 = 7", 0, 1);
}
END_TEST

UNIT("stop", at_once_nothing_changes)
