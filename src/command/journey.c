#include "command/journey.h"
#include "session/emit.h"
#include "session/training.h"
#include "session/travel.h"
#include "show/stop_report.h"

void journey_show_event(void *self, const Event *event)
{
    EventShow *show = self;
    event_show(show->session, event, &show->list);
}

void journey_show_last(Motion *motion, long count)
{
    Session *session = motion->session;
    long now = timeline_now(session);
    EventShow show = {.session = session};
    if (!travel_to(session, now - count, false)) {
        motion->reason = REASON_INTERRUPTED;
        return;
    }
    timeline_mark(session);
    Motion again = motion_begin(session, false);
    again.events = now;
    again.silent = true;
    again.event = journey_show_event;
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

bool journey_end(Motion *motion, long begun, Error *err)
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

bool journey_end_back(Motion *motion, long begun, Error *err)
{
    if (motion->reason == REASON_BEGINNING)
        emit_note(motion->session, "the beginning of the run: nothing is known of what was before");
    return journey_end(motion, begun, err);
}

bool journey_has_past(const Session *session, Error *err)
{
    return timeline_now(session) > timeline_beginning(session) ||
           fail(err, 0, "this is the beginning of the run: nothing is known of what was before");
}
