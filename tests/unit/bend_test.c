/* Commands change the run on the way: before and after, near and far, it stays what it was. */
#include "bends.h"

enum { COMMANDS = 60, PARAMETERS = 25 };

/* Returns how often the run was changed. */
static int walk(uint64_t seed, double rate)
{
    Walker walker;
    int changes = 0;
    walker_start(&walker, seed, PARAMETERS, rate);
    for (int i = 0; i < COMMANDS; i++) {
        bool bending = !random_below(&walker.random, 4);
        if (bending)
            bends[random_below(&walker.random, BENDS)](&walker);
        else
            motions[random_below(&walker.random, MOTIONS)](&walker);
        changes += bending && walker.straight.change_count;
        walker_check(&walker);
    }
    walker_release(&walker);
    return changes;
}

START_TEST(a_changed_run_is_the_straight_run_with_the_change)
{
    static const double rates[] = {0.05, 0.05, 5, 0.05, 1e4};
    int changes = 0;
    for (uint64_t seed = 0; seed < 60; seed++) changes += walk(seed, rates[seed % 5]);
    ck_assert_int_gt(changes, 400);
}
END_TEST

static void check_same(const Trial *a, const Trial *b)
{
    Portrait first = portrait_of(a->session), second = portrait_of(b->session);
    const char *difference = portrait_difference(&first, &second);
    ck_assert_msg(!*difference, "%s", difference);
}

/* Within an update it would leave its trace in the parameters. */
START_TEST(what_is_assumed_is_not_trained_on)
{
    for (int events = 1; events < 23; events++) {
        Trial assuming, plain;
        char line[32];
        trial_start(&assuming);
        trial_start(&plain);
        trial_do(&assuming, "init 2-2-1\ndata n0\nset lr 1e-6");
        trial_do(&plain, "init 2-2-1\ndata n0\nset lr 1e-6\nnext 30");
        snprintf(line, sizeof line, "next %d", events);
        trial_do(&assuming, line);
        trial_do(&assuming, "assume o11 = 5");
        ck_assert_uint_eq(assuming.session->trainer.done, 0);
        ck_assert_int_eq(assuming.session->pass->pin_count, 1);
        trial_do(&assuming, "next 30");
        check_same(&assuming, &plain);
        trial_free(&assuming);
        trial_free(&plain);
    }
}
END_TEST

/* Not even of what was asked for by hand. */
START_TEST(what_is_no_change_of_the_run_leaves_no_trace)
{
    static const char *const rows[] = {"set digits 5",    "set width 70",   "set epochs 50",
                                       "set echo off",    "break L",        "tbreak epoch 5",
                                       "watch w11^1",     "display L",      "ignore 1 2",
                                       "condition 1 L>1", "disable 1",      "enable 1",
                                       "undisplay 1",     "delete",         "set history memory 2M",
                                       "set lr -1",       "set digits many"};
    for (int events = 0; events < 23; events++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6\nset event 0");
        for (int i = 0; i < events; i++) trial_do(&trial, "next");
        trial_do(&trial, "grad w11^1\nprint dL/dw22^1");
        Portrait before = portrait_of(trial.session);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            bool fails = i + 2 >= sizeof rows / sizeof *rows;
            ck_assert_msg((trial_run(&trial, rows[i]) == OUTCOME_FAILED) == fails, "%s", rows[i]);
            Portrait after = portrait_of(trial.session);
            const char *difference = fails ? "" : portrait_difference(&after, &before);
            ck_assert_msg(!*difference, "%d events, %s: %s", events, rows[i], difference);
        }
        ck_assert_uint_eq(trial.session->trainer.done, (size_t)events);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(an_epoch_has_the_rows_that_it_had)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6\ntrain 2\ninput 1 2 -> 3\ntrain 2");
    trial_do(&trial, "goto epoch 2 row 3");
    ck_assert_uint_eq(session_row(trial.session), 2);
    trial_fails(&trial, "goto epoch 3 row 3", 18, "there is no row 3 in this epoch: it has 1");
    trial_fails(&trial, "goto epoch 1 row 5", 18, "there is no row 5: the data has 4");
    trial_do(&trial, "goto epoch 1 row 4");
    ck_assert_uint_eq(session_row(trial.session), 3);
    trial_free(&trial);
}
END_TEST

UNIT("bend", a_changed_run_is_the_straight_run_with_the_change, what_is_assumed_is_not_trained_on,
     what_is_no_change_of_the_run_leaves_no_trace, an_epoch_has_the_rows_that_it_had)
