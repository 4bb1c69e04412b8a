/* Going back: nothing that is known of the run is forgotten by it. */
#include "session/tape.h"
#include "trial.h"

START_TEST(the_run_stays_known)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6\ntrain 10");
    const Session *session = trial.session;
    char *there = trial_script(&trial);
    long end = session->tape->end;
    for (int events = 1; events < 100; events++) {
        char line[64];
        snprintf(line, sizeof line, "back %d\nnext %d", events, events);
        trial_do(&trial, line);
        ck_assert_int_eq(session->tape->end, end);
        ck_assert_ptr_null(tape_next_bend(session->tape, 0));
        char *again = trial_script(&trial);
        ck_assert_str_eq(again, there);
        free(again);
    }
    free(there);
    trial_free(&trial);
}
END_TEST

/* Where there is room for two marks only, or every mark is needed since the run was changed there.
 */
START_TEST(nothing_is_forgotten_for_want_of_memory)
{
    static const char *const ways[] = {"reverse-step 3",  "back 100000",    "next 50000",
                                       "watch w11^1 > 9", "reverse-step 2", "reverse-continue"};
    static const char *const changes[] = {"train 10\n",
                                          "train 3\nset lr 2e-9\ntrain 2\n"
                                          "set lr 1e-9\ntrain 5\nset lr 3e-9\ntrain 10"};
    for (int n = 0; n < 2; n++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, "init 2-150-150-1 weights=xavier\ndata n0\nset lr 1e-9\n"
                         "set history memory 1M");
        trial_do(&trial, changes[n]);
        const Session *session = trial.session;
        long end = session->tape->end, beginning = session->tape->marks[0]->setup.course.updates;
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            trial_do(&trial, ways[i]);
            ck_assert_int_eq(session->tape->end, end);
            ck_assert_int_eq(session->tape->marks[0]->setup.course.updates, beginning);
            ck_assert_int_le(session->tape->count, 4 + 1);
        }
        ck_assert_int_eq(session->setup.course.updates, beginning);
        trial_free(&trial);
    }
}
END_TEST

UNIT("back", the_run_stays_known, nothing_is_forgotten_for_want_of_memory)
