#include "session/event_show.h"
#include "session/events.h"

bool events_do(Session *session, UpdateResult *result)
{
    Trainer *trainer = &session->trainer;
    Event event = trainer_event(trainer);
    if (!trainer_next(trainer, event_by(session, &event), result)) return false;
    const Course *course = &session->setup.course;
    if (event.phase == PHASE_EPOCH) session_record(session, course->epoch, course->average);
    return true;
}

void events_repeat(Session *session, size_t count)
{
    Memo *memo = session->pass ? &session->pass->memo : NULL;
    UpdateResult result;
    if (!count) return;
    const volatile sig_atomic_t *interrupted = memo->interrupted;
    memo->interrupted = NULL; /* what takes no longer than it once took is not left half done */
    while (count-- && events_do(session, &result)) continue;
    memo->interrupted = interrupted;
}
