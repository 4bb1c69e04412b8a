/* The marks of a long run: near and far, and where commands have changed it. */
#include "reference.h"
#include "session/tape.h"

enum { STEPS = 900, EVERY = 12 };

static const char lines[] = "init 2-3:tanh-1 weights=normal\ndata n0\ndata scale standard\n"
                            "set optimizer momentum\nset shuffle on\nset lr 0.01";

/* Steps one by one, each of which leaves a mark, and changes the learning rate now and then. */
static void start(Trial *trial, Reference *reference)
{
    reference_begin(reference, lines);
    trial_start(trial);
    trial_do(trial, lines);
    for (int i = 1; i <= STEPS; i++) {
        char line[LENGTH];
        trial_do(trial, "step");
        if (i % EVERY) continue;
        snprintf(line, LENGTH, "set lr 0.0%d", 100 + i);
        trial_do(trial, line);
        reference_change(reference, i, line);
    }
    trial_do(trial, "step");
}

static void finish(Trial *trial, Reference *reference)
{
    trial_free(trial);
    trial_free(&reference->trial);
}

static long place_of_mark(const Tape *tape, int index)
{
    return tape->marks[index]->setup.course.updates;
}

START_TEST(marks_are_dense_near_the_present)
{
    Trial trial;
    Reference reference;
    start(&trial, &reference);
    const Tape *tape = trial.session->tape;
    int bends = 0;
    for (int i = 0; i < tape->count; i++) bends += tape->marks[i]->change != NULL;
    ck_assert_int_eq(bends, 1 + STEPS / EVERY); /* the beginning counts as one */
    ck_assert_int_le(tape->count - bends, TAPE_MARKS);
    ck_assert_int_eq(place_of_mark(tape, 0), 0);
    for (int i = 1; i < tape->count; i++) {
        long gap = place_of_mark(tape, i) - place_of_mark(tape, i - 1);
        long distance = STEPS + 1 - place_of_mark(tape, i);
        ck_assert_int_ge(gap, 1);
        ck_assert_int_le(gap, 1 + distance / 8);
    }
    finish(&trial, &reference);
}
END_TEST

START_TEST(every_place_between_them_is_found)
{
    Random random;
    Trial trial;
    Reference reference;
    random_seed(&random, 7);
    start(&trial, &reference);
    for (int i = 0; i < 150; i++) {
        char line[LENGTH];
        static const char *const formats[] = {"goto epoch %d", "reverse-step %d", "back %d",
                                              "next %d", "step %d"};
        int most = i % 5 ? 90 : 225;
        snprintf(line, LENGTH, formats[i % 5], random_between(&random, 1, most));
        trial_run(&trial, line); /* back from the beginning fails */
        reference_check(&reference, trial.session, line);
    }
    finish(&trial, &reference);
}
END_TEST

/* The bends are more than there may be marks. */
START_TEST(what_is_forgotten_is_the_beginning)
{
    Trial trial;
    Reference reference;
    start(&trial, &reference);
    Session *session = trial.session;
    session->habits.memory = 40000;
    timeline_fit(session);
    ck_assert_uint_le(history_bytes(session), 40000);
    long first = place_of_mark(session->tape, 0);
    ck_assert_int_gt(first, 0);
    trial_do(&trial, "back 1000000");
    ck_assert_int_eq(timeline_update(session), first);
    reference_check(&reference, session, "back");
    trial_do(&trial, "step 40");
    reference_check(&reference, session, "step 40");
    finish(&trial, &reference);
}
END_TEST

UNIT("tape", marks_are_dense_near_the_present, every_place_between_them_is_found,
     what_is_forgotten_is_the_beginning)
