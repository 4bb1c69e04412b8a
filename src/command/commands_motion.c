/* Going along the run, by events and by updates: next, back, reverse-step, finish, continue,
   reverse-continue, until, goto. (step, with its table, is in commands_step.c.) */
#include <limits.h>

#include "base/number.h"
#include "command/command.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/training.h"
#include "session/travel.h"
#include "show/by_hand_show.h"
#include "show/event_show.h"
#include "show/stop_report.h"

enum { EVENTS_SHOWN = 20 };

/* Events that are shown one after another. */
typedef struct Show {
    Session *session;
    EventList list;
} Show;

static void show_event(void *self, const Event *event)
{
    Show *show = self;
    event_show(show->session, event, &show->list);
}

/* The last COUNT events before the place where MOTION has ended: they are done again. */
static void show_last_events(Motion *motion, long count)
{
    Session *session = motion->session;
    long now = timeline_now(session);
    Show show = {.session = session};
    if (!travel_to(session, now - count, false)) {
        motion->reason = REASON_INTERRUPTED;
        return;
    }
    timeline_mark(session);
    Motion again = motion_begin(session, false);
    again.events = now;
    again.silent = true;
    again.event = show_event;
    again.self = &show;
    motion_forward(&again);
    motion_end(&again);
}

/* Settings are a part of the run: going back takes back what has changed them since. */
static void note_change_ahead(Session *session, long begun)
{
    const Checkpoint *bend = tape_next_bend(session->tape, timeline_update(session));
    const Course *course = bend ? &bend->setup.course : NULL;
    if (course && course->events <= begun)
        emit_note(session, "as it was before %c, which comes again in epoch %d", bend->change,
                  course->epoch + 1);
}

/* A motion is over: what it says, and what becomes of the command. BEGUN: where it began. */
static bool conclude(Motion *motion, long begun, Error *err)
{
    Session *session = motion->session;
    bool broke = motion->reason == REASON_BROKE, moved = timeline_now(session) != begun;
    bool interrupted = motion->reason == REASON_INTERRUPTED;
    if (interrupted && timeline_now(session) <= begun)
        return motion_end(motion), stop_at_start(session, err);
    if (broke) training_fail(session, motion->broke, err);
    note_change_ahead(session, begun);
    if (moved || !broke) stop_report(motion);
    motion_end(motion);
    session->partly = broke && moved;
    if (broke && !moved) snapshot_restore(session, session->before);
    if (interrupted) session->outcome = OUTCOME_INTERRUPTED;
    return !broke;
}

/* Of many events only the last are shown, when all are done. */
static void show_way(Motion *motion, long begun)
{
    Session *session = motion->session;
    long done = timeline_now(session) - begun, shown = number_least(done, EVENTS_SHOWN);
    if (motion->reason == REASON_INTERRUPTED || done <= 0) return; /* an update is taken back */
    if (done > shown)
        emit_note(session, "… %d event%s before these", done - shown, plural(done - shown));
    show_last_events(motion, shown);
}

/* COUNT events forward, shown. */
static bool go_forward(Session *session, long count, Error *err)
{
    if (!training_ready(session, err)) return false;
    Motion motion = motion_begin(session, true);
    Show show = {.session = session};
    long begun = timeline_now(session);
    motion.events = begun + count;
    motion.event = count > EVENTS_SHOWN ? NULL : show_event;
    motion.self = &show;
    motion_show(&motion);
    motion_forward(&motion);
    if (!motion.event) show_way(&motion, begun);
    motion.again = arena_print(&session->arena, "next %ld", begun + count - timeline_now(session));
    return conclude(&motion, begun, err);
}

static bool run_next(Session *session, const Arguments *arguments, Error *err)
{
    return go_forward(session, arguments_integer(arguments, "N", 1), err);
}

static bool run_finish(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    return go_forward(session, (long)trainer_phase_left(&session->trainer), err);
}

/* A place looks the same from both sides: the event before it is shown, as `next` shows it. */
static void show_event_before(Motion *motion)
{
    Session *session = motion->session;
    bool any = timeline_now(session) > timeline_beginning(session);
    if (motion->reason == REASON_GOAL && any) show_last_events(motion, 1);
}

static bool past_known(const Session *session, Error *err)
{
    return timeline_now(session) > timeline_beginning(session) ||
           fail(err, 0, "this is the beginning of the run: nothing is known of what was before");
}

/* A motion that has gone back. BEGUN: from where. */
static bool conclude_back(Motion *motion, long begun, Error *err)
{
    if (motion->reason == REASON_BEGINNING)
        emit_note(motion->session, "the beginning of the run: nothing is known of what was before");
    return conclude(motion, begun, err);
}

static bool run_back(Session *session, const Arguments *arguments, Error *err)
{
    if (!past_known(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session);
    motion_back_to_event(&motion, begun - arguments_integer(arguments, "N", 1));
    show_event_before(&motion);
    return conclude_back(&motion, begun, err);
}

static bool run_reverse_step(Session *session, const Arguments *arguments, Error *err)
{
    if (!past_known(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session), within = session->trainer.done > 0;
    long count = arguments_integer(arguments, "N", 1);
    motion_back_to_update(&motion, timeline_update(session) + within - count);
    return conclude_back(&motion, begun, err);
}

static bool run_reverse_continue(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    if (!past_known(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session);
    motion_back_to_update(&motion, LONG_MIN);
    return conclude_back(&motion, begun, err);
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
        show_last_events(motion, 1);
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
    return conclude(&motion, begun, err);
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
    if (travel_to_epoch(&motion, arguments, err)) return conclude(&motion, begun, err);
    motion_end(&motion);
    snapshot_restore(session, session->before);
    return false;
}

static const Command commands[] = {
    {"next", "n", "[N]", NEEDS_ROW | MOVES | REPEATS, "do the next event of the run (or N)",
     "The events are those of the notes: the row is taken; each node is computed; the loss; each "
     "derivative; each parameter gets its new value; at the end of an epoch its average loss. What "
     "one does is printed as `forward`, `grad` and `step` print it; of many, the last 20. `list` "
     "shows where it is.",
     "next\nnext 4", run_next},
    {"back", "rn", "[N]", NEEDS_ROW | MOVES | REPEATS, "take back the last event (or N)",
     "Everything is as it was at that place: parameters, optimizer, memo, counters, plots. Going "
     "forward again comes to the same numbers. What is shown is the last event that is still done.",
     "next 5\nback\nback 2", run_back},
    {"reverse-step", "rs", "[N]", NEEDS_ROW | MOVES | REPEATS, "take back the last update (or N)",
     "From within an update first to its beginning.", "step 3\nreverse-step\nreverse-step 2",
     run_reverse_step},
    {"finish", NULL, "", NEEDS_ROW | MOVES, "do all events that are left of this phase",
     "The phases are row, forward, loss, backward, update, epoch.", "finish\nfinish", run_finish},
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

const CommandGroup motion_commands = {"the step debugger", commands,
                                      sizeof commands / sizeof commands[0]};
