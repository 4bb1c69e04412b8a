/* The progress of long motions, and Ctrl-C in the midst of them. */
#include <math.h>

#include "session/tape.h"
#include "trial.h"

/* Who watches a session; and interrupts it after so many reports (0: never). */
typedef struct Watcher {
    Trial trial; /* first */
    volatile sig_atomic_t interrupted;
    int reports, patience;
    bool ascending, over;
    double done, total; /* of the last report */
} Watcher;

static void report(void *self, const Progress *progress)
{
    Watcher *watcher = self;
    watcher->over = !progress;
    if (!progress) return;
    watcher->ascending = watcher->ascending && progress->done >= watcher->done;
    watcher->done = progress->done;
    watcher->total = progress->total;
    if (++watcher->reports == watcher->patience) watcher->interrupted = 1;
}

static void start(Watcher *watcher, const char *lines)
{
    *watcher = (Watcher){0};
    trial_start_with(&watcher->trial, (SessionOptions){.interrupted = &watcher->interrupted,
                                                       .progress = report,
                                                       .progress_self = watcher});
    trial_do(&watcher->trial, "init 2-2-1 weights=0.1\ndata n0\nset lr 1e-9");
    trial_do(&watcher->trial, lines);
}

static Outcome run(Watcher *watcher, const char *line, int patience)
{
    watcher->reports = 0;
    watcher->patience = patience;
    watcher->ascending = true;
    watcher->over = false;
    watcher->done = watcher->total = 0;
    Outcome outcome = trial_run(&watcher->trial, line);
    ck_assert_msg(watcher->over, "%s", line);
    watcher->interrupted = 0;
    return outcome;
}

static char *state(const Watcher *watcher)
{
    return trial_script(&watcher->trial);
}

/* Forward: what goes on, and the epochs to the goal, of four updates with 23 events each. */
static const struct {
    const char *before, *line, *again;
    double epochs;
} forward[] = {
    {"set epochs 30000", "continue", "continue", 30000},
    {"train 7\nset epochs 30000", "until L < 0", "until L < 0", 29993},
    {"set epochs 30000\nwatch epoch > 1e9", "continue", "continue", 30000},
    {"set epochs 30000\nbreak L if L < 0", "c", "c", 30000},
    {"step 3", "goto epoch 30001 row 2", "goto epoch 30001 row 2", 30000 - 0.75},
    {"", "step 120000", NULL, 30000},
    {"", "next 2760000", NULL, 30000},
};

/* The events of the run so far. */
static long place(const Watcher *watcher)
{
    return watcher->trial.session->setup.course.events;
}

/* The line for what is left of LINE, which counts events or updates from the beginning of the
   run. */
static const char *rest(const Watcher *watcher, const char *line)
{
    static char again[64];
    const Session *session = watcher->trial.session;
    bool step = !strncmp(line, "step", 4);
    long done = step ? session->setup.course.updates : place(watcher);
    snprintf(again, sizeof again, "%.4s %ld", line, atol(line + 5) - done);
    return again;
}

START_TEST(forward_it_is_the_way_to_the_goal)
{
    for (size_t i = 0; i < sizeof forward / sizeof *forward; i++) {
        Watcher watcher;
        start(&watcher, forward[i].before);
        ck_assert_int_eq(run(&watcher, forward[i].line, 0), OUTCOME_OK);
        ck_assert_msg(watcher.reports >= 3, "%s: %d", forward[i].line, watcher.reports);
        ck_assert_msg(watcher.ascending, "%s", forward[i].line);
        ck_assert_msg(fabs(watcher.total - forward[i].epochs) < forward[i].epochs / 20, "%s: %g",
                      forward[i].line, watcher.total);
        ck_assert_double_gt(watcher.done, watcher.total / 2);
        ck_assert_double_le(watcher.done, watcher.total);
        trial_free(&watcher.trial);
    }
}
END_TEST

START_TEST(interrupted_it_goes_on_the_same)
{
    for (size_t i = 0; i < sizeof forward / sizeof *forward; i++) {
        Watcher whole, broken;
        const char *line = forward[i].line;
        start(&whole, forward[i].before);
        start(&broken, forward[i].before);
        run(&whole, line, 0);
        long begun = place(&broken);
        ck_assert_msg(run(&broken, line, 2) == OUTCOME_INTERRUPTED, "%s", line);
        long between = place(&broken);
        ck_assert(begun < between && between < place(&whole));
        const char *again = forward[i].again ? forward[i].again : rest(&broken, line);
        ck_assert_msg(run(&broken, again, 0) == OUTCOME_OK, "%s", again);
        char *there = state(&whole), *same = state(&broken);
        ck_assert_str_eq(there, same);
        free(there);
        free(same);
        trial_do(&broken.trial, "undo");
        ck_assert_int_eq(place(&broken), between);
        trial_do(&broken.trial, "undo");
        ck_assert_int_eq(place(&broken), begun);
        trial_free(&whole.trial);
        trial_free(&broken.trial);
    }
}
END_TEST

/* Backward: what can be searched of the 30000 epochs that were trained. */
static const struct {
    const char *before, *line;
    double epochs;
} backward[] = {
    {"watch w11^1 > 1000", "reverse-continue", 30000},
    {"break L if L < 0", "reverse-continue", 30000},
    {"break update if z11 > 1e9", "reverse-step 100000", 25000},
    {"watch avgL > 1e9", "back 2300000", 25000},
};

START_TEST(backward_it_is_what_was_searched)
{
    for (size_t i = 0; i < sizeof backward / sizeof *backward; i++) {
        Watcher watcher;
        start(&watcher, "train 10000\ntrain 10000\ntrain 10000"); /* so that it is in windows */
        trial_do(&watcher.trial, backward[i].before);
        char *before = state(&watcher);
        int undoable = history_count(watcher.trial.session->history.undo);
        long end = watcher.trial.session->tape->end;
        ck_assert_int_eq(run(&watcher, backward[i].line, 2), OUTCOME_INTERRUPTED);
        ck_assert_str_eq(watcher.trial.message, "interrupted: the run stays where it was");
        char *after = state(&watcher);
        ck_assert_str_eq(before, after);
        ck_assert_int_eq(history_count(watcher.trial.session->history.undo), undoable);
        ck_assert_int_eq(watcher.trial.session->tape->end, end);
        ck_assert_int_eq(run(&watcher, backward[i].line, 0), OUTCOME_OK);
        ck_assert_msg(watcher.reports >= 3, "%s: %d", backward[i].line, watcher.reports);
        ck_assert_msg(watcher.ascending, "%s", backward[i].line);
        ck_assert_msg(fabs(watcher.total - backward[i].epochs) < backward[i].epochs / 20, "%s: %g",
                      backward[i].line, watcher.total);
        ck_assert_double_gt(watcher.done, watcher.total / 2);
        free(before);
        free(after);
        trial_free(&watcher.trial);
    }
}
END_TEST

/* Without anything to search for, the way is the one from the last mark before the place: here from
   the beginning, since so large a network leaves room for few. */
START_TEST(a_way_back_without_a_search)
{
    static const char *const lines[] = {"reverse-step 5", "back 300000"};
    for (int i = 0; i < 2; i++) {
        Watcher watcher;
        start(&watcher, "init 2-150-150-1 weights=xavier\nset history memory 1M\ntrain 500");
        char *before = state(&watcher);
        ck_assert_int_eq(run(&watcher, lines[i], 2), OUTCOME_INTERRUPTED);
        char *after = state(&watcher);
        ck_assert_str_eq(before, after);
        ck_assert_int_eq(run(&watcher, lines[i], 0), OUTCOME_OK);
        ck_assert_int_ge(watcher.reports, 3);
        ck_assert(watcher.ascending);
        ck_assert_double_gt(watcher.total, 100);
        ck_assert_double_le(watcher.done, watcher.total);
        free(before);
        free(after);
        trial_free(&watcher.trial);
    }
}
END_TEST

START_TEST(short_motions_show_none)
{
    static const char *const lines[] = {"next 5",       "step 100",     "back 30",
                                        "continue",     "goto epoch 1", "goto epoch 9",
                                        "reverse-step", "finish",       "reverse-continue"};
    Watcher watcher;
    start(&watcher, "set epochs 500");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        run(&watcher, lines[i], 0);
        ck_assert_msg(!watcher.reports, "%s", lines[i]);
    }
    trial_free(&watcher.trial);
}
END_TEST

UNIT("meter", forward_it_is_the_way_to_the_goal, interrupted_it_goes_on_the_same,
     backward_it_is_what_was_searched, a_way_back_without_a_search, short_motions_show_none)
