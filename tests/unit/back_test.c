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

UNIT("back", the_run_stays_known)
