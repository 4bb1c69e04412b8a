/* Going along the run as far as something stops it, or to a place: continue, reverse-continue,
   until, goto. */
#include <limits.h>

#include "command/command.h"
#include "command/journey.h"
#include "session/emit.h"
#include "session/training.h"
#include "session/travel.h"
#include "show/by_hand_show.h"

static bool run_reverse_continue(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    if (!journey_has_past(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session);
    motion_back_to_update(&motion, LONG_MIN);
    return journey_end_back(&motion, begun, err);
}

static bool epochs_left(const Session *session, Error *err)
{
    long epochs = session->habits.epochs;
    return session->setup.course.epoch < epochs ||
           fail(err, 0,
                "the loop ends with epoch %ld: `set epochs %ld` makes it longer, and `train 10` "
                "goes through 10 more",
                epochs, 2 * session->setup.course.epoch);
}

/* A parameter that is watched has changed: the event that did it says why. */
static void show_cause(Motion *motion)
{
    const Armed *armed = motion->hit;
    bool watched = motion->reason == REASON_POINT && armed->kind == POINT_WATCH;
    if (watched && !(armed->watched.reads & ~(unsigned)READS_PARAMETERS))
        journey_show_last(motion, 1);
}

static void note_goal(const Motion *motion)
{
    Session *session = motion->session;
    if (motion->reason == REASON_UNTIL) emit_note(session, "%e is true", motion->until->expr);
    if (motion->reason == REASON_GOAL)
        emit_note(session, "the end of epoch %d, the last: average loss %n%s", motion->epochs,
                  session->setup.course.average,
                  by_hand_words(session, "; ", by_hand_average(session)));
}

/* To the end of the epochs, or to where UNTIL (if not NULL) is true. */
static bool go_on(Session *session, Gauge *until, Error *err)
{
    if (!training_ready(session, err) || !epochs_left(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session);
    motion.epochs = session->habits.epochs;
    motion.until = until;
    motion.again = session->name;
    motion_show(&motion);
    motion_forward(&motion);
    show_cause(&motion);
    note_goal(&motion);
    return journey_end(&motion, begun, err);
}

static bool run_continue(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return go_on(session, NULL, err);
}

static bool run_until(Session *session, const Arguments *arguments, Error *err)
{
    Gauge gauge;
    int column;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    return gauge_compile(session, text, column, &gauge, err) && go_on(session, &gauge, err);
}

/* Whether a place with COURSE leads forward to the beginning of EPOCH (from 0), or lies in it. */
static bool leads_to(const Course *course, long epoch)
{
    return course->epoch < epoch || (course->epoch == epoch && !course->next);
}

/* To a place from which EPOCH is reached going forward. */
static bool approach_epoch(Session *session, long epoch, Error *err)
{
    const Tape *tape = session->tape;
    const Course *first = &tape->marks[0]->setup.course;
    trainer_rewind(&session->trainer);
    const Course *course = &session->setup.course;
    int i = tape->count - 1;
    while (i > 0 && !leads_to(&tape->marks[i]->setup.course, epoch)) i--;
    const Course *mark = &tape->marks[i]->setup.course;
    if (first->epoch > epoch)
        return fail(err, 0, "the run is known from epoch %ld on", first->epoch + 1);
    if (!leads_to(course, epoch) || course->updates < mark->updates)
        travel_to_update(session, mark->updates, false);
    return true;
}

/* To the update of this epoch that takes ROW; another epoch may have had other rows. */
static bool approach_row(Motion *motion, const Word *word, long row, Error *err)
{
    const Trainer *trainer = &motion->session->trainer;
    if (!word || motion->reason != REASON_GOAL) return true;
    if ((size_t)row > trainer->rows.count)
        return fail(err, word->column, "there is no row %ld in this epoch: it has %zu", row,
                    trainer->rows.count);
    long updates = trainer_updates_to(trainer, (size_t)row - 1);
    if (updates < 0)
        return fail(err, word->column,
                    "row %ld was not gone through in this epoch, as far as is "
                    "known: it began later",
                    row);
    motion->epochs = LONG_MAX;
    motion->updates = trainer->course->updates + updates;
    motion_show(motion);
    motion_forward(motion);
    return true;
}

/* Of all rows that there are; an epoch of a typed row has fewer. */
static bool check_row(const Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "M");
    size_t row = (size_t)arguments_integer(arguments, "M", 1);
    size_t rows = session->data ? session->data->rows : session->trainer.rows.count;
    return row <= rows ||
           fail(err, word->column, "there is no row %zu: the data has %zu", row, rows);
}

static bool travel_to_epoch(Motion *motion, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "M");
    long row = arguments_integer(arguments, "M", 1), epoch = arguments_integer(arguments, "N", 1);
    if (!approach_epoch(motion->session, epoch - 1, err)) return false;
    motion->epochs = epoch - 1;
    motion->again = motion->session->name;
    motion_show(motion);
    motion_forward(motion);
    return approach_row(motion, word, row, err);
}

static bool run_goto(Session *session, const Arguments *arguments, Error *err)
{
    if (!training_ready(session, err) || !check_row(session, arguments, err)) return false;
    Motion motion = motion_begin(session, false);
    long begun = timeline_now(session);
    if (travel_to_epoch(&motion, arguments, err)) return journey_end(&motion, begun, err);
    motion_end(&motion);
    snapshot_restore(session, session->before);
    return false;
}

static const Command commands[] = {
    {"continue", "c", "", NEEDS_ROW | MOVES,
     "run on to a breakpoint, a watchpoint or the end of the epochs",
     "The loop has as many epochs as `set epochs` or the last `train` says.",
     "set lr 1e-6\nbreak update\ncontinue", run_continue},
    {"reverse-continue", "rc", "", NEEDS_ROW | MOVES,
     "run backward to a breakpoint or a watchpoint",
     "To the last place at which going forward would have stopped; at a watchpoint, to before the "
     "event that changed its value.",
     "set lr 1e-6\nstep 4\nbreak update if L < 1000\nreverse-continue", run_reverse_continue},
    {"until", "u", "EXPR", NEEDS_ROW | MOVES, "run on until an expression is true after an update",
     "Also stops at breakpoints and at the end of the epochs.", "set lr 1e-6\nuntil L < 1000",
     run_until},
    {"goto", NULL, "epoch N [row M]", NEEDS_ROW | MOVES, "travel to an epoch, forward or back",
     "To before its first update, or before the one that takes row M. Does not stop at "
     "breakpoints.",
     "set lr 1e-6\ngoto epoch 3\ngoto epoch 1", run_goto},
};

const CommandGroup travel_commands = {"the step debugger", commands,
                                      sizeof commands / sizeof commands[0]};
