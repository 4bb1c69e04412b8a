#include <limits.h>
#include <math.h>

#include "base/number.h"
#include "session/emit.h"
#include "session/events.h"
#include "session/motion.h"
#include "session/pins.h"
#include "session/travel.h"

Motion motion_begin(Session *session, bool stops)
{
    pins_release(session);
    timeline_begin(session);
    return (Motion){.session = session,
                    .stops = stops ? stops_arm(session) : stops_none(session),
                    .events = LONG_MAX,
                    .updates = LONG_MAX,
                    .epochs = LONG_MAX};
}

void motion_end(Motion *motion)
{
    motion_follow(motion);
    stops_release(&motion->stops);
    timeline_end(motion->session);
    meter_end(motion->session);
}

static bool reached(const Motion *motion)
{
    const Session *session = motion->session;
    const Course *course = &session->setup.course;
    if (timeline_now(session) >= motion->events) return true;
    return !session->trainer.done &&
           (course->updates >= motion->updates || course->epoch >= motion->epochs);
}

bool motion_meets(Motion *motion, long events)
{
    const Armed *hit = stops_count(&motion->stops, events);
    if (!hit) return false;
    if (motion->reason != REASON_POINT) motion->hit = hit; /* it may have been stopped before */
    return motion_over(motion, REASON_POINT);
}

/* After an update; what changes with epochs alone is looked at when one has ended. */
static bool until_holds(const Motion *motion)
{
    const Session *session = motion->session;
    if (!motion->until || session->trainer.done) return false;
    if (motion->until->reads == READS_EPOCH && session->setup.course.next) return false;
    double truth = gauge_value(motion->until, motion->stops.probe);
    return truth != 0 && truth == truth;
}

/* Where a command has changed the run before, it is changed again. */
static void follow(Motion *motion)
{
    Session *session = motion->session;
    if (!timeline_bends(session)) return;
    stops_notice(&motion->stops);
    const char *change = timeline_follow(session);
    if (!motion->silent && !motion->stops.backward)
        emit_note(session, "in epoch %d, as before: %c", session->setup.course.epoch + 1, change);
    stops_settle(&motion->stops);
}

bool motion_follow(Motion *motion)
{
    if (!timeline_bends(motion->session)) return false;
    follow(motion);
    return stops_look(&motion->stops) && motion_meets(motion, timeline_now(motion->session));
}

/* The present update is over, and another one begins. */
static void arrive(Motion *motion)
{
    stops_moved(&motion->stops);
    if (!motion->careful) follow(motion);
    timeline_visit(motion->session);
}

/* The next event. */
static bool do_event(Motion *motion)
{
    Session *session = motion->session;
    Event event = trainer_event(&session->trainer);
    if (!events_do(session, &motion->broke)) return motion_over(motion, REASON_BROKE);
    if (session->pass->memo.stopped) return motion_over(motion, REASON_INTERRUPTED);
    if (motion->event) motion->event(motion->self, &event);
    if (event.phase == PHASE_EPOCH && motion->epoch)
        motion->epoch(motion->self, session->setup.course.average);
    if (session->trainer.phase == PHASE_EPOCH) stops_moved(&motion->stops);
    if (!session->trainer.done) arrive(motion);
    return false;
}

/* Whether the motion ends at the place that it has just come to. */
static bool ends_here(Motion *motion)
{
    Stops *stops = &motion->stops;
    bool changes = motion->careful && timeline_bends(motion->session);
    bool met = changes ? stops_notice(stops) : stops_look(stops);
    if (met && !stops->backward && motion_meets(motion, timeline_now(motion->session))) return true;
    if (until_holds(motion)) return motion_over(motion, REASON_UNTIL);
    return reached(motion) && motion_over(motion, REASON_GOAL);
}

/* The present update, or what is left of it, event by event. */
static bool walk(Motion *motion)
{
    const Session *session = motion->session;
    do {
        if (session_interrupted(session)) return motion_over(motion, REASON_INTERRUPTED);
        if (do_event(motion) || ends_here(motion)) return true;
    } while (session->trainer.done);
    return false;
}

/* Whether this update cannot be made in one go. */
static bool must_walk(Motion *motion)
{
    const Trainer *trainer = &motion->session->trainer;
    long left = motion->events - timeline_now(motion->session);
    bool watched = motion->careful && (motion->stops.count || trainer->phase == PHASE_EPOCH);
    bool shown = motion->event || left <= (long)trainer_event_count(trainer);
    return trainer->done || watched || shown || stops_may_stop(&motion->stops);
}

/* How many updates can be made before the next has to be looked at. */
static long free_updates(const Motion *motion)
{
    const Session *session = motion->session;
    const Trainer *trainer = &session->trainer;
    long each = (long)trainer_event_count(trainer) + 1;
    long goal = number_least(motion->updates - trainer->course->updates,
                             (motion->events - timeline_now(session)) / each);
    goal = number_least(goal, timeline_to_bend(session));
    if (motion->until)
        goal = number_least(
            goal, motion->until->reads == READS_EPOCH ? trainer_updates_left(trainer) : 1);
    return number_least(goal, stops_reach(&motion->stops));
}

/* Something that is watched has changed in the last update: it is made again event by event. */
static bool walk_again(Motion *motion, long update)
{
    if (!travel_to_update(motion->session, update, false))
        return motion_over(motion, REASON_INTERRUPTED);
    stops_moved(&motion->stops);
    return walk(motion);
}

static void report_epochs(const Motion *motion, const Run *run)
{
    for (long i = 0; motion->epoch && i < run->epochs_ended; i++)
        motion->epoch(motion->self, run->averages[i]);
}

static void end_epoch(const Motion *motion)
{
    Session *session = motion->session;
    const Course *course = &session->setup.course;
    session_record(session, course->epoch, course->average);
    if (motion->epoch) motion->epoch(motion->self, course->average);
}

static bool update_carefully(Motion *motion)
{
    bool ended;
    motion->broke = trainer_update(&motion->session->trainer, &ended);
    session_forget(motion->session);
    if (motion->broke == UPDATE_GIVEN_UP) return motion_over(motion, REASON_INTERRUPTED);
    if (motion->broke != UPDATE_MADE) return motion_over(motion, REASON_BROKE);
    if (ended) end_epoch(motion);
    arrive(motion);
    return ends_here(motion);
}

static bool run_fast(Motion *motion)
{
    Session *session = motion->session;
    const Course *course = &session->setup.course;
    double averages[TRAVEL_EPOCHS];
    long start = course->updates;
    Run run = {.updates = free_updates(motion),
               .epochs = motion->epochs == LONG_MAX ? LONG_MAX : motion->epochs - course->epoch,
               .averages = averages};
    if (motion->stops.count) run.test = (LossTest){.stop = stops_test, .self = &motion->stops};
    travel_run(session, &run);
    stops_moved(&motion->stops);
    bool whole = !run.broke && !run.test.stopped;
    if (whole && stops_have_changed(&motion->stops))
        return walk_again(motion, run.updates_made ? course->updates - 1 : start);
    report_epochs(motion, &run);
    follow(motion);
    if (course->updates > start && ends_here(motion)) return true;
    return !whole && walk(motion);
}

bool motion_some(Motion *motion)
{
    if (motion_follow(motion)) return true;
    if (reached(motion)) return motion_over(motion, REASON_GOAL);
    if (session_interrupted(motion->session)) return motion_over(motion, REASON_INTERRUPTED);
    if (must_walk(motion)) return walk(motion);
    return motion->careful ? update_carefully(motion) : run_fast(motion);
}

/* From here to the goal, as far as is known. */
static double updates_left(const Motion *motion)
{
    const Trainer *trainer = &motion->session->trainer;
    const Course *course = trainer->course;
    double epochs = (double)motion->epochs - (double)course->epoch - 1;
    double updates =
        (double)trainer_updates_left(trainer) + epochs * (double)trainer_updates_in_epoch(trainer);
    double events = (double)(motion->events - timeline_now(motion->session));
    updates = fmin(updates, events / (double)trainer_event_count(trainer));
    return fmin(updates, (double)(motion->updates - course->updates));
}

void motion_show(Motion *motion)
{
    motion->begun = motion->session->setup.course.updates;
    motion->meter = meter_new(motion->session, updates_left(motion));
}

void motion_forward(Motion *motion)
{
    const Course *course = &motion->session->setup.course;
    bool done;
    do {
        done = motion_some(motion);
        meter_show(&motion->meter, (double)(course->updates - motion->begun),
                   motion->back ? NAN : course->average);
    } while (!done);
}
