#include <limits.h>
#include <math.h>

#include "base/number.h"
#include "session/events.h"
#include "session/meter.h"
#include "session/travel.h"

/* How many epochs may go by unseen: until the next that the record keeps. The page has only the
   last one's average. */
static long span_of(const Session *session)
{
    if (!session->record || session->page) return 1;
    long span = record_distance(session->record, session->setup.course.epoch);
    return number_least(span, TRAVEL_EPOCHS);
}

/* Within this epoch, or up to an epoch's end. */
static long whole_updates(const Trainer *trainer, long updates)
{
    long left = trainer_updates_left(trainer), more = updates - left;
    if (more <= 0) return updates;
    return left ? left + more - more % trainer_updates_in_epoch(trainer) : 0;
}

static Run bounded(const Session *session, const Run *run)
{
    Run bounded = *run;
    long updates = number_least(run->updates, timeline_slice(session));
    bounded.updates = whole_updates(&session->trainer, updates);
    bounded.epochs = number_least(run->epochs, span_of(session));
    return bounded;
}

static void record_epoch(Session *session, const Run *run)
{
    const Course *course = &session->setup.course;
    if (run->epochs_ended && !course->next) session_record(session, course->epoch, course->average);
}

/* Takes the way from the last mark to UPDATES anew: it is short, and not left half done. */
static void retake(Session *session, long updates)
{
    double averages[TRAVEL_EPOCHS];
    Memo *memo = &session->pass->memo;
    const volatile sig_atomic_t *interrupted = memo->interrupted;
    memo->interrupted = NULL;
    checkpoint_restore(session, tape_mark_before(session->tape, updates));
    while (session->setup.course.updates < updates) {
        Run asked = {.updates = updates - session->setup.course.updates, .epochs = LONG_MAX};
        Run run = bounded(session, &asked);
        run.averages = averages;
        trainer_run(&session->trainer, &run);
        record_epoch(session, &run);
    }
    memo->interrupted = interrupted;
}

/* A parameter broke somewhere: the same updates one by one, from START on. */
static void run_carefully(Session *session, Run *run, long start)
{
    Trainer *trainer = &session->trainer;
    retake(session, start);
    run->updates_made = run->epochs_ended = 0;
    for (;;) {
        bool ended;
        UpdateResult result = trainer_update(trainer, &ended);
        run->given_up = result == UPDATE_GIVEN_UP;
        run->broke = result != UPDATE_MADE && !run->given_up;
        if (result != UPDATE_MADE) return;
        run->updates_made++;
        if (!ended) continue;
        run->averages[run->epochs_ended++] = session->setup.course.average;
        record_epoch(session, run);
    }
}

void travel_run(Session *session, Run *run)
{
    const Course *course = &session->setup.course;
    long start = course->updates, epoch = course->epoch;
    Run part = bounded(session, run);
    trainer_run(&session->trainer, &part);
    if (!part.sound)
        run_carefully(session, &part, start);
    else if (part.test.stopped && course->epoch > epoch)
        retake(session, course->updates);
    else
        record_epoch(session, &part);
    *run = part;
    session_forget(session);
    timeline_visit(session);
}

/* Updates that surely lie before the place EVENTS. */
static long updates_before(const Trainer *trainer, long events)
{
    long each = (long)trainer_event_count(trainer), left = events - trainer->course->events;
    bool single = left == each && trainer_updates_left(trainer) > 1;
    return single ? 1 : left / (each + 1);
}

/* Makes half of these UPDATES, so that the places before the last, which are likely to be asked for
   next, have marks near them. */
static void approach(Session *session, long updates)
{
    double averages[TRAVEL_EPOCHS];
    Run run = {.updates = (updates + 1) / 2, .epochs = LONG_MAX, .averages = averages};
    travel_run(session, &run);
    if (updates > timeline_slice(session) / 64) timeline_mark(session);
}

/* Back, or ahead if there is a mark on the way; to the beginning of an update. */
static void jump(Session *session, long events)
{
    const Checkpoint *mark = tape_mark_before_event(session->tape, events);
    trainer_rewind(&session->trainer);
    long now = timeline_now(session);
    bool ahead = mark && mark->setup.course.events > now;
    if (now > events || ahead) checkpoint_restore(session, mark);
}

static Meter meter_of(const Session *session, long updates, bool shown)
{
    return shown ? meter_new(session, (double)updates) : (Meter){0};
}

bool travel_to(Session *session, long events, bool shown)
{
    jump(session, events);
    long all = updates_before(&session->trainer, events), left = all;
    Meter meter = meter_of(session, all, shown);
    for (; left > 0; left = updates_before(&session->trainer, events)) {
        if (session_interrupted(session)) return false;
        meter_show(&meter, (double)(all - left), NAN);
        approach(session, left);
    }
    for (left = events - timeline_now(session); left; left--) {
        if (session_interrupted(session)) return false;
        events_repeat(session, 1);
    }
    return true;
}

bool travel_to_update(Session *session, long updates, bool shown)
{
    const Course *course = &session->setup.course;
    const Checkpoint *mark = tape_mark_before(session->tape, updates);
    trainer_rewind(&session->trainer);
    bool ahead = mark && mark->setup.course.updates > course->updates;
    if (course->updates > updates || ahead) checkpoint_restore(session, mark);
    long begun = course->updates;
    Meter meter = meter_of(session, updates - begun, shown);
    while (course->updates < updates) {
        if (session_interrupted(session)) return false;
        meter_show(&meter, (double)(course->updates - begun), NAN);
        approach(session, updates - course->updates);
    }
    return true;
}
