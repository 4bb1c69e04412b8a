/* Ctrl-C while a command works: it ends at once, says so, and nothing has changed. */
#include "trial.h"

/* A trial that is interrupted when it shows its Nth row of a table. */
typedef struct Impatient {
    Trial trial; /* first */
    int rows;
    volatile sig_atomic_t interrupted;
} Impatient;

static void count_row(Sink *sink, const Block *block)
{
    Impatient *impatient = (Impatient *)sink;
    trial_block(sink, block);
    if (block->kind == BLOCK_ROW && --impatient->rows == 0) impatient->interrupted = 1;
}

static void start(Impatient *impatient, const char *lines)
{
    impatient->rows = 0;
    impatient->interrupted = 0;
    trial_start_with(&impatient->trial, (SessionOptions){.interrupted = &impatient->interrupted});
    impatient->trial.sink.block = count_row;
    trial_do(&impatient->trial, lines);
}

static void check_stops(const char *lines, const char *command)
{
    Impatient impatient;
    start(&impatient, lines);
    char *before = trial_script(&impatient.trial);
    impatient.interrupted = 1;
    ck_assert_msg(trial_run(&impatient.trial, command) == OUTCOME_INTERRUPTED, "%s", command);
    ck_assert_str_eq(impatient.trial.message, "interrupted");
    char *after = trial_script(&impatient.trial);
    ck_assert_str_eq(before, after);
    impatient.interrupted = 0;
    trial_do(&impatient.trial, command);
    free(before);
    free(after);
    trial_free(&impatient.trial);
}

START_TEST(commands_stop_at_once)
{
    check_stops("init 2-2-1\ndata n0", "data xor");
    check_stops("init 2-2-1\ndata n0", "data n1 target=1");
    check_stops("init 2-2-1\ndata n0", "evaluate n1");
    check_stops("init 2-2-1\ndata n0", "forward");
    check_stops("init 2-2-1\ndata n0", "plot curve w11^1");
    check_stops("init 2-1:sigmoid loss=bce\ndata xor", "plot boundary");
    check_stops("init 2-2-1\ndata n0", "check all");
    check_stops("init 2-2:tanh+bn-1\ndata n0\nset mode batch\nset memo off", "grad w11^1");
}
END_TEST

/* The forward pass of a batch that is large enough to be given up. */
START_TEST(so_do_those_that_need_the_values_of_a_large_batch)
{
    static const char *const commands[] = {"forward",       "loss",       "print L",
                                           "print L + o11", "grad w11^1", "nudge w11^1 1"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        check_stops("init 4-3:tanh-3\ndata iris target=species:onehot\nset mode batch",
                    commands[i]);
}
END_TEST

/* Where a parameter breaks, the updates are made again, one by one: that can be long. */
START_TEST(the_way_back_to_what_broke_stops_between_updates)
{
    static const char lines[] = "init 1-1 weights=zeros loss=mae biases=none\n"
                                "input 1e-4 -> 1e306\nset lr 1.7e308";
    Impatient impatient;
    Trial whole;
    start(&impatient, lines);
    trial_start(&whole);
    trial_do(&whole, lines);
    impatient.rows = 10574;
    ck_assert_int_eq(trial_run(&impatient.trial, "train 20000"), OUTCOME_INTERRUPTED);
    ck_assert_int_eq(impatient.interrupted, 1);
    impatient.interrupted = 0;
    ck_assert_int_eq(impatient.trial.session->setup.course.epoch, 10574);
    trial_do(&whole, "train 10574");
    char *stopped = trial_script(&impatient.trial), *same = trial_script(&whole);
    ck_assert_str_eq(stopped, same);
    ck_assert_int_eq(impatient.trial.session->record->count, whole.session->record->count);
    free(stopped);
    free(same);
    trial_fails(&impatient.trial, "train 20000", 0, "w11^1 overflowed in epoch 10575");
    trial_free(&impatient.trial);
    trial_free(&whole);
}
END_TEST

UNIT("interrupt", commands_stop_at_once, so_do_those_that_need_the_values_of_a_large_batch,
     the_way_back_to_what_broke_stops_between_updates)
