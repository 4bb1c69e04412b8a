/* Going backward: a search for the last place at which going forward would have stopped. */
#include <limits.h>
#include <math.h>

#include "session/motion.h"
#include "session/travel.h"

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
   which something would have stopped, or NOT_MET; also when it was interrupted. */
static long find_last(Motion *motion, long low, const Place *high)
{
    Stops *stops = &motion->stops;
    if (!travel_to_update(motion->session, low, false)) return NOT_MET;
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
    return motion->reason == REASON_GOAL ? stops_last(stops) : NOT_MET;
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
    bool arrived = stops ? travel_to(session, found, false) : travel_to_update(session, low, false);
    if (!arrived || session_interrupted(session)) return motion_over(motion, REASON_INTERRUPTED);
    *high = place_now(session);
    return stops && motion_meets(motion, found);
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
    motion_over(motion, !arrived ? REASON_INTERRUPTED : beyond ? REASON_BEGINNING : REASON_GOAL);
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
