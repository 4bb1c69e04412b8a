#include "session/events.h"
#include "session/phase.h"

const char *event_gradient_name(const Session *session, size_t element, Arena *arena)
{
    char symbol[SYMBOL_SIZE];
    symbol_spell(symbol, net_symbol(session_net(session), element));
    return arena_print(arena, "grad %s", symbol);
}

const char *event_by(Session *session, const Event *event)
{
    if (event->phase != PHASE_BACKWARD) return phase_name(event->phase);
    const Memo *memo = &session->pass->memo;
    if (memo->request == memo->forgotten) { /* it knows nothing, and no name is in use */
        arena_release(&session->words);
        session->by = NULL;
    }
    return event_gradient_name(session, event->element, &session->words);
}

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
