#include <limits.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/emit.h"
#include "session/timeline.h"

/* A slice is counted in parameters times rows, and as if every network had some more than it has,
   for what an update costs besides. By hand it takes many times as long. */
static const double SLICE = 2e7, BESIDES = 20, BY_HAND = 1000;

long timeline_slice(const Session *session)
{
    const Pass *pass = session->pass;
    double slice = SLICE / (((double)pass->net->parameters + BESIDES) * pass->capacity);
    if (session->page) slice /= BY_HAND;
    return slice < 1 ? 1 : (long)slice;
}

long timeline_now(const Session *session)
{
    return checkpoint_beginning(session).course->events + (long)session->trainer.done;
}

long timeline_update(const Session *session)
{
    return checkpoint_beginning(session).course->updates;
}

long timeline_beginning(const Session *session)
{
    const Tape *tape = session->tape;
    return tape && tape->count ? tape->marks[0]->setup.course.events : timeline_now(session);
}

enum { FEWEST_MARKS = 2, MOST_MARKS = 4096 };

/* Half of the memory is for the marks. */
static int most_marks(const Session *session, const Checkpoint *checkpoint)
{
    size_t most = session->habits.memory / 2 / checkpoint->bytes;
    return most < FEWEST_MARKS ? FEWEST_MARKS : most > MOST_MARKS ? MOST_MARKS : (int)most;
}

static void mark_here(Session *session, char *change)
{
    Checkpoint *checkpoint = checkpoint_take(session);
    session->tape = tape_own(session->tape);
    checkpoint->change = change;
    tape_add(session->tape, checkpoint, most_marks(session, checkpoint), timeline_update(session));
    history_trim(session);
}

static const Checkpoint *mark_at(const Session *session, long updates)
{
    const Checkpoint *mark = tape_mark_before(session->tape, updates);
    bool here = mark && mark->setup.course.updates == updates;
    return here ? mark : NULL;
}

void timeline_note_anew(Session *session)
{
    emit_note(session, "the update that had begun is taken back to its beginning");
}

/* What was known to come after this update's beginning. What is lost of one that had BEGUN is not
   called a future: it can be at most the rest of it. */
static void forget_future(Session *session, bool begun)
{
    const Course *course = &session->setup.course;
    long forgotten = session->tape->end - course->events;
    const Trainer update = {.pass = session->pass}; /* there may be no row any more */
    long present = begun ? (long)trainer_event_count(&update) : 0;
    session->tape = tape_own(session->tape);
    tape_cut(session->tape, course->updates);
    session->tape->end = course->events;
    if (begun) timeline_note_anew(session);
    if (forgotten > present)
        emit_note(session, "a new future begins here: what had come after this is forgotten");
}

void timeline_begin(Session *session)
{
    long now = timeline_update(session);
    if (!session->tape) session->tape = tape_new(&session->history.bytes);
    const Checkpoint *mark = mark_at(session, now);
    if (mark && checkpoint_agrees(mark, session)) return;
    forget_future(session, false);
    if (!session->change) session->change = memory_copy(session->line);
    mark_here(session, session->change);
    session->change = NULL;
}

long timeline_to_bend(const Session *session)
{
    long now = session->setup.course.updates;
    const Checkpoint *bend = tape_next_bend(session->tape, now);
    return bend ? bend->setup.course.updates - now : LONG_MAX;
}

/* Where a command has changed the run before, and it is not yet changed again; else NULL. */
static const Checkpoint *bend_here(const Session *session)
{
    const Checkpoint *mark = mark_at(session, session->setup.course.updates);
    bool bend = mark && mark->change && !session->trainer.done;
    return bend && !checkpoint_agrees(mark, session) ? mark : NULL;
}

bool timeline_bends(const Session *session)
{
    return bend_here(session) != NULL;
}

const char *timeline_follow(Session *session)
{
    const Checkpoint *bend = bend_here(session);
    if (!bend) return NULL;
    checkpoint_restore(session, bend);
    return bend->change;
}

void timeline_visit(Session *session)
{
    long now = timeline_update(session);
    const Checkpoint *mark = tape_mark_before(session->tape, now);
    long since = mark ? now - mark->setup.course.updates : now;
    if (since >= timeline_slice(session)) mark_here(session, NULL);
}

void timeline_mark(Session *session)
{
    if (!mark_at(session, timeline_update(session))) mark_here(session, NULL);
}

void timeline_end(Session *session)
{
    long now = timeline_now(session);
    timeline_mark(session);
    if (now <= session->tape->end) return;
    session->tape = tape_own(session->tape);
    session->tape->end = now;
}

void timeline_fit(Session *session)
{
    if (!session->tape || !session->tape->count) return;
    while (session->tape->count > FEWEST_MARKS && history_bytes(session) > session->habits.memory) {
        session->tape = tape_own(session->tape);
        tape_thin(session->tape, session->tape->count - 1, timeline_update(session));
        history_trim(session);
    }
}

/* Another network has a run of its own. */
static bool is_other_run(const Session *session)
{
    const Tape *tape = session->tape;
    const Net *net = session->pass ? session_net(session) : NULL;
    return tape && tape->count && tape->marks[0]->net != net;
}

void timeline_branch(Session *session, const char *change, bool begun)
{
    free(session->change);
    session->change = NULL;
    if (!session->tape) return;
    if (is_other_run(session)) {
        tape_release(session->tape);
        session->tape = NULL;
        return;
    }
    session->change = memory_copy(change);
    forget_future(session, begun);
}
