/* Going along the run step by step, by events and by updates: next, back, reverse-step, finish.
   (step is in commands_step.c.) */
#include "base/number.h"
#include "command/command.h"
#include "command/journey.h"
#include "session/emit.h"
#include "session/timeline.h"
#include "session/training.h"

enum { EVENTS_SHOWN = 20 };

/* Of many events only the last are shown, when all are done. */
static void show_way(Motion *motion, long begun)
{
    Session *session = motion->session;
    long done = timeline_now(session) - begun, shown = number_least(done, EVENTS_SHOWN);
    if (motion->reason == REASON_INTERRUPTED || done <= 0) return; /* an update is taken back */
    if (done > shown)
        emit_note(session, "… %d event%s before these", done - shown, plural(done - shown));
    journey_show_last(motion, shown);
}

/* COUNT events forward, shown. */
static bool go_forward(Session *session, long count, Error *err)
{
    if (!training_ready(session, err)) return false;
    Motion motion = motion_begin(session, true);
    EventShow show = {.session = session};
    long begun = timeline_now(session);
    motion.events = begun + count;
    motion.event = count > EVENTS_SHOWN ? NULL : journey_show_event;
    motion.self = &show;
    motion_show(&motion);
    motion_forward(&motion);
    if (!motion.event) show_way(&motion, begun);
    motion.again = arena_print(&session->arena, "next %ld", begun + count - timeline_now(session));
    return journey_end(&motion, begun, err);
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
    if (motion->reason == REASON_GOAL && any) journey_show_last(motion, 1);
}

static bool run_back(Session *session, const Arguments *arguments, Error *err)
{
    if (!journey_has_past(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session);
    motion_back_to_event(&motion, begun - arguments_integer(arguments, "N", 1));
    show_event_before(&motion);
    return journey_end_back(&motion, begun, err);
}

static bool run_reverse_step(Session *session, const Arguments *arguments, Error *err)
{
    if (!journey_has_past(session, err)) return false;
    Motion motion = motion_begin(session, true);
    long begun = timeline_now(session), within = session->trainer.done > 0;
    long count = arguments_integer(arguments, "N", 1);
    motion_back_to_update(&motion, timeline_update(session) + within - count);
    return journey_end_back(&motion, begun, err);
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
};

const CommandGroup motion_commands = {"the step debugger", commands,
                                      sizeof commands / sizeof commands[0]};
