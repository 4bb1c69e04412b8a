#include <limits.h>
#include <math.h>

#include "session/emit.h"
#include "session/events.h"
#include "session/motion.h"
#include "session/travel.h"

Motion motion_begin(Session *session, bool stops)
{
    session_release_pins(session);
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

static bool over(Motion *motion, Reason reason)
{
    motion->reason = reason;
    return true;
}

static bool reached(const Motion *motion)
{
    const Session *session = motion->session;
    const Course *course = &session->setup.course;
    if (timeline_now(session) >= motion->events) return true;
    return !session->trainer.done &&
           (course->updates >= motion->updates || course->epoch >= motion->epochs);
}

/* What stops at the place EVENTS is met. */
static bool meets(Motion *motion, long events)
{
    const Armed *hit = stops_count(&motion->stops, events);
    if (!hit) return false;
    if (motion->reason != REASON_POINT) motion->hit = hit; /* it may have been stopped before */
    return over(motion, REASON_POINT);
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
    return stops_look(&motion->stops) && meets(motion, timeline_now(motion->session));
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
    if (!events_do(session, &motion->broke)) return over(motion, REASON_BROKE);
    if (session->pass->memo.stopped) return over(motion, REASON_INTERRUPTED);
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
    if (met && !stops->backward && meets(motion, timeline_now(motion->session))) return true;
    if (until_holds(motion)) return over(motion, REASON_UNTIL);
    return reached(motion) && over(motion, REASON_GOAL);
}

/* The present update, or what is left of it, event by event. */
static bool walk(Motion *motion)
{
    const Session *session = motion->session;
    do {
        if (session_interrupted(session)) return over(motion, REASON_INTERRUPTED);
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

static long least(long a, long b)
{
    return a < b ? a : b;
}

/* How many updates can be made before the next has to be looked at. */
static long free_updates(const Motion *motion)
{
    const Session *session = motion->session;
    const Trainer *trainer = &session->trainer;
    long each = (long)trainer_event_count(trainer) + 1;
    long goal = least(motion->updates - trainer->course->updates,
                      (motion->events - timeline_now(session)) / each);
    goal = least(goal, timeline_to_bend(session));
    if (motion->until)
        goal = least(goal, motion->until->reads == READS_EPOCH ? trainer_updates_left(trainer) : 1);
    return least(goal, stops_reach(&motion->stops));
}

/* Something that is watched has changed in the last update: it is made again event by event. */
static bool walk_again(Motion *motion, long update)
{
    if (!travel_to_update(motion->session, update, false)) return over(motion, REASON_INTERRUPTED);
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
    if (motion->broke == UPDATE_GIVEN_UP) return over(motion, REASON_INTERRUPTED);
    if (motion->broke != UPDATE_MADE) return over(motion, REASON_BROKE);
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
    if (reached(motion)) return over(motion, REASON_GOAL);
    if (session_interrupted(motion->session)) return over(motion, REASON_INTERRUPTED);
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
        meter_show(&motion->meter, (double)(course->updates - motion->begun), course->average);
    } while (!done);
}

/* Backward. */

/* A place on the run. */
typedef struct Place {
    long updates, events; /* before it; updates that are made wholly */
    bool within;          /* an update */
} Place;

static Place place_now(const Session *session)
{
    return (Place){timeline_update(session), timeline_now(session), session->trainer.done > 0};
}

/* Goes forward from the update LOW to HIGH without stopping. Returns the last place before HIGH at
   which something would have stopped, or -1; also when it was interrupted. */
static long find_last(Motion *motion, long low, const Place *high)
{
    Stops *stops = &motion->stops;
    if (!travel_to_update(motion->session, low, false)) return -1;
    stops_settle(stops);
    stops_forget(stops);
    stops->backward = true;
    stops->end = high->events;
    stops_look(stops);
    if (high->within)
        motion->events = high->events;
    else
        motion->updates = high->updates;
    motion_forward(motion);
    motion->events = motion->updates = stops->end = LONG_MAX;
    stops->backward = false;
    return motion->reason == REASON_GOAL ? stops_last(stops) : -1;
}

static bool is_above(const Place *place, const Place *floor)
{
    return place->events > floor->events && (place->updates > floor->updates || place->within);
}

/* One window of the search, down to the update LOW. True when the search is over. */
static bool search_window(Motion *motion, long low, const Place *floor, Place *high)
{
    Session *session = motion->session;
    long found = find_last(motion, low, high);
    bool stops = found >= floor->events;
    bool arrived =
        stops ? travel_to(session, found, false) : travel_to_update(session, low, false);
    if (!arrived || session_interrupted(session)) return over(motion, REASON_INTERRUPTED);
    *high = place_now(session);
    return stops && meets(motion, found);
}

/* Its progress is the updates that have been searched. */
static void show_search(Motion *motion, const Place *high, const Place *floor)
{
    const Trainer *trainer = &motion->session->trainer;
    double events = (double)(high->events - floor->events) / (double)trainer_event_count(trainer);
    double updates = (double)(high->updates - floor->updates);
    motion->meter = meter_new(motion->session, fmin(updates, events));
}

/* Where the next window begins. A wide one does so at a mark: the way from there has to be gone
   anyway. */
static long window_start(const Motion *motion, long updates, const Place *floor)
{
    const Session *session = motion->session;
    if (updates <= floor->updates) return floor->updates;
    bool wide = session->setup.course.updates - updates > timeline_slice(session);
    const Checkpoint *mark = wide ? tape_mark_before(session->tape, updates) : NULL;
    long start = mark ? mark->setup.course.updates : updates;
    return start > floor->updates ? start : floor->updates;
}

/* The search goes back in ever wider windows: what is looked for is often near. */
static bool search(Motion *motion, const Place *floor)
{
    enum { WIDER = 4 };
    Place high = place_now(motion->session);
    long start = high.updates;
    show_search(motion, &high, floor);
    for (long window = 1; is_above(&high, floor); window *= WIDER) {
        long low = window_start(motion, high.updates - window, floor);
        motion->begun = low - (start - high.updates);
        if (search_window(motion, low, floor, &high)) return true;
    }
    return false;
}

static const Course *beginning(const Motion *motion)
{
    return &motion->session->tape->marks[0]->setup.course;
}

static void arrive_back(Motion *motion, bool beyond, bool arrived)
{
    over(motion, !arrived ? REASON_INTERRUPTED : beyond ? REASON_BEGINNING : REASON_GOAL);
}

void motion_back_to_event(Motion *motion, long events)
{
    const Course *first = beginning(motion);
    motion->back = true;
    bool beyond = events < first->events;
    Place floor = {.updates = first->updates, .events = beyond ? first->events : events};
    bool searched = motion->stops.count;
    if (searched && search(motion, &floor)) return;
    arrive_back(motion, beyond, travel_to(motion->session, floor.events, !searched));
}

void motion_back_to_update(Motion *motion, long updates)
{
    const Course *first = beginning(motion);
    motion->back = true;
    bool beyond = updates < first->updates;
    Place floor = {.updates = beyond ? first->updates : updates, .events = first->events};
    bool searched = motion->stops.count;
    if (searched && search(motion, &floor)) return;
    arrive_back(motion, beyond, travel_to_update(motion->session, floor.updates, !searched));
}
