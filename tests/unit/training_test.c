/* Training at its edges: what breaks it, what cannot be trained, what changes within an epoch. */
#include <math.h>
#include <stdio.h>

#include "trial.h"

static const Course *course_of(const Trial *trial)
{
    return &trial->session->setup.course;
}

static void check_same(const Trial *a, const Trial *b)
{
    char *first = trial_script(a), *second = trial_script(b);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
}

/* Trains until something breaks, by `train` and, after SETTINGS, by `step` one at a time: the same
   is said, and what is left is the state after the last update that could be made. */
static void check_break_with(const char *lines, const char *train, const char *settings,
                             const char *what, long updates)
{
    Trial trained, stepped;
    trial_start(&trained);
    trial_start(&stepped);
    trial_do(&trained, lines);
    trial_do(&stepped, lines);
    trial_do(&stepped, settings);
    char *before = trial_script(&trained);
    trial_fails(&trained, train, 0, what);
    while (trial_run(&stepped, "step") == OUTCOME_OK)
        ;
    ck_assert_str_eq(trained.message, stepped.message);
    ck_assert_int_eq(trained.session->setup.descent.updates, updates);
    check_same(&trained, &stepped);
    trial_fails(&trained, "train 1", 0, what);
    check_same(&trained, &stepped);
    if (updates) trial_do(&trained, "undo");
    char *undone = trial_script(&trained);
    ck_assert_str_eq(undone, before);
    free(before);
    free(undone);
    trial_free(&trained);
    trial_free(&stepped);
}

static void check_break(const char *lines, const char *train, const char *what, long updates)
{
    check_break_with(lines, train, "", what, updates);
}

START_TEST(raw_columns_make_the_loss_overflow)
{
    check_break("init 2-2-1\ndata n0", "train 10", "L overflowed in epoch 2, row 1 (update 5)", 4);
    check_break("init 2-2-1\ndata n0\nset mode batch", "train 10",
                "L overflowed in epoch 5, row 1 (update 5)", 4);
    check_break("init 2-2-1\ndata n0\nset mode mini\nset batch 3", "train 10",
                "L overflowed in epoch 3, row 1 (update 5)", 4);
    check_break("init 1-1\ninput 1e200 -> 0\nassume yhat = 3", "train 1", "L overflowed", 0);
}
END_TEST

static void write_table(const char *text)
{
    FILE *file = fopen("build/runaway.csv", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* The losses stay finite while the weight runs away: 1.7e305 in every update. */
#define RUNAWAY_TABLE "1e-3,1e306\n1e-3,1e306\n1e-3,1e306\n1e-3,1e306\n"
#define RUNAWAY                                                                                    \
    "init 1-1 weights=zeros loss=mae biases=none\n"                                                \
    "data build/runaway.csv\nset lr 1.7e308"

START_TEST(a_parameter_that_overflows_is_found_again)
{
    write_table(RUNAWAY_TABLE);
    check_break(RUNAWAY, "train 300", "w11^1 overflowed in epoch 265, row 2 (update 1058)", 1057);
    check_break(RUNAWAY "\nstep 5", "train 300",
                "w11^1 overflowed in epoch 265, row 2 (update 1058)", 1057);
    check_break(RUNAWAY "\nset mode batch\nset shuffle on", "train 2000",
                "w11^1 overflowed in epoch 1058, row ", 1057);
    check_break_with(RUNAWAY, "train 1000 mode=mini batch=3", "set mode mini\nset batch 3",
                     "w11^1 overflowed in epoch 529, row 4 (update 1058)", 1057);
    write_table("1,0\n2,0\n1e160,0\n3,0\n");
    check_break("init 1-1 loss=mae\ndata build/runaway.csv\nset optimizer adagrad", "train 5",
                "w11^1 overflowed in epoch 1, row 3 (update 3)", 2);
    ck_assert_int_eq(remove("build/runaway.csv"), 0);
}
END_TEST

/* What the record keeps for plots is that of the epochs that ended. */
START_TEST(the_record_is_that_of_the_epochs_that_ended)
{
    Trial whole, broken;
    write_table(RUNAWAY_TABLE);
    trial_start(&whole);
    trial_start(&broken);
    trial_do(&whole, RUNAWAY "\ntrain 264");
    trial_do(&broken, RUNAWAY);
    trial_fails(&broken, "train 500", 0, "epoch 265");
    const Record *a = whole.session->record, *b = broken.session->record;
    ck_assert_int_eq(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        ck_assert_int_eq(a->epochs[i], b->epochs[i]);
        ck_assert_double_eq(a->losses[i], b->losses[i]);
        ck_assert_double_eq(record_value(a, i, 0), record_value(b, i, 0));
    }
    trial_free(&whole);
    trial_free(&broken);
    ck_assert_int_eq(remove("build/runaway.csv"), 0);
}
END_TEST

/* Of rows that do not fit there is no batch: what looks at one finds a row alone. */
START_TEST(rows_that_do_not_fit_take_the_batch_away)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset mode batch\nforward\ndata n4\nassume o11 = 3\nmemo");
    ck_assert_int_eq(trial.session->pass->rows, 1);
    trial_do(&trial, "data n1\nforward\nstep");
    trial_free(&trial);
}
END_TEST

/* A condition that is not a number is not true. */
START_TEST(until_something_is_true)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 1-1\ndata n4\ntrain 4 until=0/0");
    ck_assert_int_eq(course_of(&trial)->epoch, 4);
    trial_do(&trial, "train 9 until=\"log(epoch - 6) >= 0\"");
    ck_assert_int_eq(course_of(&trial)->epoch, 7);
    trial_free(&trial);
}
END_TEST

/* A trial that looks at the session's arena with every row of a table. */
typedef struct Frugal {
    Trial trial; /* first */
    const ArenaPage *page;
    int pages;
} Frugal;

static void watch_arena(Sink *sink, const Block *block)
{
    Frugal *frugal = (Frugal *)sink;
    const ArenaPage *page = arena_mark(&frugal->trial.session->arena).page;
    if (block->kind == BLOCK_ROW && page != frugal->page) frugal->pages++;
    frugal->page = page;
}

/* However many epochs there are. */
START_TEST(until_takes_the_memory_of_one_epoch)
{
    Frugal frugal = {0};
    trial_start(&frugal.trial);
    frugal.trial.sink.block = watch_arena;
    trial_do(&frugal.trial, "init 1-1\ndata n4\ntrain 5000 until=\"avgL < 0 && dL/dw11^1 > 1\"");
    ck_assert_int_le(frugal.pages, 2);
    trial_free(&frugal.trial);
}
END_TEST

START_TEST(small_things)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 1-1 weights=0.7 biases=none\ndata n4\ntrain 11");
    /* the notes' last line */
    ck_assert_double_eq(trial.session->pass->value[0], 0.3420741369012173);
    ck_assert_int_eq(course_of(&trial)->epoch, 11);
    trial_do(&trial,
             "set mode mini\nset batch 1000000\ntrain 1\nset mode batch\nset shuffle on\ntrain 1");
    ck_assert_int_eq(course_of(&trial)->epoch, 13);
    ck_assert_int_eq(trial.session->pass->capacity, 1);
    trial_free(&trial);
}
END_TEST

START_TEST(a_batch_norm_cannot_learn_from_one_row)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2:tanh+bn-1\ndata n0");
    char *before = trial_script(&trial);
    static const char several[] = "needs batches of several rows";
    static const char single[] = "the last one has a single row";
    trial_fails(&trial, "train 2", 0, several);
    trial_fails(&trial, "step", 0, several);
    trial_fails(&trial, "train 2 mode=mini batch=3", 0, single);
    trial_fails(&trial, "train 2 mode=mini batch=1", 0, single);
    trial_do(&trial, "forward\nloss\ngrad all\ncheck all\nnudge w11^1 1e-3");
    char *after = trial_script(&trial);
    ck_assert_str_eq(before, after);
    trial_do(&trial, "train 2 mode=mini batch=2\ntrain 2 mode=batch\nstep");
    ck_assert_int_eq(course_of(&trial)->epoch, 5);
    free(before);
    free(after);
    trial_free(&trial);
}
END_TEST

/* Another plan begins the epoch's rows anew; so does another table. */
START_TEST(changes_within_an_epoch)
{
    static const char *const changes[] = {"set mode mini", "set batch 2", "set shuffle on",
                                          "data n0", "input 1 2 -> 3"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, "init 2-2-1\ndata n0\ndata scale standard\nset lr 1e-3\ntrain 2\nstep 3");
        ck_assert_uint_eq(course_of(&trial)->next, 3);
        trial_do(&trial, changes[i]);
        ck_assert_uint_eq(course_of(&trial)->next, 0);
        ck_assert_uint_eq(course_of(&trial)->counted, 0);
        ck_assert_int_eq(course_of(&trial)->epoch, 2);
        trial_do(&trial, "train 1");
        ck_assert_int_eq(course_of(&trial)->epoch, 3);
        trial_free(&trial);
    }
}
END_TEST

/* Another seed shuffles the rows anew; where they are in order it changes nothing. */
START_TEST(a_seed_that_is_set_within_an_epoch)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\ndata scale standard\nset lr 1e-3\nstep 3\nset seed 5");
    ck_assert_uint_eq(course_of(&trial)->next, 3);
    trial_do(&trial, "step"); /* the epoch ends */
    Random seeded;
    random_seed(&seeded, 5);
    ck_assert_mem_eq(&course_of(&trial)->random, &seeded, sizeof seeded);
    trial_do(&trial, "set shuffle on\nstep 3\nset seed 6");
    ck_assert_uint_eq(course_of(&trial)->next, 0);
    ck_assert_uint_eq(course_of(&trial)->counted, 0);
    trial_free(&trial);
}
END_TEST

/* `row` goes to that row's place in the epoch's order, and the epoch goes on from there. */
START_TEST(a_row_that_is_chosen_in_a_shuffled_epoch)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\ndata scale standard\nset lr 1e-3\nset shuffle on\nstep");
    const Trainer *trainer = &trial.session->trainer;
    size_t order[4];
    for (size_t place = 0; place < 4; place++) order[place] = trainer_row(trainer, place);
    for (size_t place = 0; place < 4; place++) {
        char line[32];
        snprintf(line, sizeof line, "row %zu", order[place] + 1);
        trial_do(&trial, line);
        ck_assert_uint_eq(course_of(&trial)->next, place);
        ck_assert_uint_eq(session_row(trial.session), order[place]);
        ck_assert_int_eq(course_of(&trial)->epoch, 0);
    }
    trial_do(&trial, "step");
    ck_assert_int_eq(course_of(&trial)->epoch, 1);
    trial_free(&trial);
}
END_TEST

/* In a batch a row can be looked at, and the batch is trained whole. */
START_TEST(a_row_of_a_batch)
{
    Trial first, third;
    static const char lines[] = "init 2-2-1\ndata n0\ndata scale standard\nset lr 1e-3\n"
                                "set mode mini\nset batch 3";
    trial_start(&first);
    trial_start(&third);
    trial_do(&first, lines);
    trial_do(&third, lines);
    trial_do(&third, "row 3");
    ck_assert_int_eq(third.session->pass->shown, 2);
    trial_do(&first, "step");
    trial_do(&third, "step");
    check_same(&first, &third);
    ck_assert_uint_eq(course_of(&third)->next, 3);
    ck_assert_int_eq(third.session->pass->rows, 1);
    trial_free(&first);
    trial_free(&third);
}
END_TEST

UNIT("training", raw_columns_make_the_loss_overflow, a_parameter_that_overflows_is_found_again,
     the_record_is_that_of_the_epochs_that_ended, rows_that_do_not_fit_take_the_batch_away,
     until_something_is_true, until_takes_the_memory_of_one_epoch, small_things,
     a_batch_norm_cannot_learn_from_one_row, changes_within_an_epoch,
     a_seed_that_is_set_within_an_epoch, a_row_that_is_chosen_in_a_shuffled_epoch, a_row_of_a_batch)
