#include <limits.h>

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

static bool meets(Motion *motion)
{
    return stops_look(&motion->stops, &motion->hit) && stops_count(&motion->stops, &motion->hit) &&
           over(motion, REASON_POINT);
}

static bool until_holds(Motion *motion)
{
    if (!motion->until) return false;
    double truth = gauge_value(motion->until, motion->stops.probe);
    return truth != 0 && truth == truth && over(motion, REASON_UNTIL);
}

void motion_follow(Motion *motion)
{
    const char *change = timeline_follow(motion->session);
    if (!change) return;
    if (!motion->silent)
        emit_note(motion->session, "in epoch %d, as before: %c",
                  motion->session->setup.course.epoch + 1, change);
    stops_rebase(&motion->stops);
}

/* The present update is over, and another one begins. */
static void arrive(Motion *motion)
{
    if (!motion->careful) motion_follow(motion);
    stops_moved(&motion->stops);
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
    if (!session->trainer.done) arrive(motion);
    return false;
}

/* The present update, or what is left of it, event by event. */
static bool walk(Motion *motion)
{
    const Session *session = motion->session;
    if (meets(motion)) return true;
    do {
        if (session_interrupted(session)) return over(motion, REASON_INTERRUPTED);
        if (do_event(motion) || meets(motion)) return true;
        if (reached(motion)) return over(motion, REASON_GOAL);
    } while (session->trainer.done);
    return until_holds(motion);
}

/* Whether this update cannot be made in one go. */
static bool must_walk(Motion *motion)
{
    const Trainer *trainer = &motion->session->trainer;
    long left = motion->events - timeline_now(motion->session);
    bool watched = motion->careful && (motion->stops.count || trainer->phase == PHASE_EPOCH);
    bool shown = motion->event || left <= (long)trainer_event_count(trainer);
    return trainer->done || watched || shown || stops_may_break(&motion->stops);
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
        goal = least(goal, motion->until->reads & ~(unsigned)READS_EPOCH
                               ? 1
                               : trainer_updates_left(trainer));
    return least(goal, stops_reach(&motion->stops));
}

/* Something that is watched has changed in the last update: it is made again event by event. */
static bool walk_again(Motion *motion, long update)
{
    if (!travel_to_update(motion->session, update)) return over(motion, REASON_INTERRUPTED);
    motion->stops.looked = timeline_now(motion->session);
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
    return until_holds(motion);
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
    if (run.broke || run.test.stopped) return report_epochs(motion, &run), walk(motion);
    if (stops_have_changed(&motion->stops))
        return walk_again(motion, run.updates_made ? course->updates - 1 : start);
    report_epochs(motion, &run);
    motion_follow(motion);
    return run.updates_made && until_holds(motion);
}

bool motion_some(Motion *motion)
{
    motion_follow(motion);
    if (reached(motion)) return over(motion, REASON_GOAL);
    if (session_interrupted(motion->session)) return over(motion, REASON_INTERRUPTED);
    if (must_walk(motion)) return walk(motion);
    return motion->careful ? update_carefully(motion) : run_fast(motion);
}

void motion_forward(Motion *motion)
{
    while (!motion_some(motion)) continue;
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

/* Where going forward would have stopped. */
typedef struct Find {
    bool found;
    long events;
    Hit hit;
} Find;

static void note_find(Motion *motion, Find *find, long before, const Place *high)
{
    Hit hit;
    long now = timeline_now(motion->session);
    if (!stops_look(&motion->stops, &hit)) return;
    long events = hit.armed->kind == POINT_WATCH ? before : now;
    if (events < high->events) *find = (Find){true, events, hit};
}

/* The last find in the update after UPDATE others, before HIGH. None, or any, when interrupted. */
static Find find_within(Motion *motion, long update, const Place *high)
{
    Session *session = motion->session;
    Find find = {0};
    if (!travel_to_update(session, update)) return find;
    stops_settle(&motion->stops);
    long before = motion->stops.looked--; /* nobody has looked here yet */
    note_find(motion, &find, before, high);
    do {
        before = timeline_now(session);
        events_repeat(session, 1);
        if (!session->trainer.done) stops_moved(&motion->stops);
        note_find(motion, &find, before, high);
    } while (session->trainer.done && timeline_now(session) < high->events &&
             !session_interrupted(session));
    return find;
}

/* For a run whose test stops nowhere: it notes where it would have. */
typedef struct Noter {
    Stops *stops;
    long asked, last; /* how often it was asked; when it last said yes */
} Noter;

static bool note_loss(void *self, double loss)
{
    Noter *noter = self;
    noter->asked++;
    if (stops_test(noter->stops, loss)) noter->last = noter->asked;
    return false;
}

/* Runs on for as long as nothing has to be looked at, at most to UPDATES. Returns the last update
   in which a point may have stopped; else LAST. */
static long scan(Motion *motion, long updates, long last)
{
    Session *session = motion->session;
    const Course *course = &session->setup.course;
    double averages[TRAVEL_EPOCHS];
    Noter noter = {.stops = &motion->stops};
    long start = course->updates, most = 1;
    if (stops_may_break(&motion->stops))
        last = start;
    else
        most =
            least(least(stops_reach(&motion->stops), timeline_to_bend(session)), updates - start);
    Run run = {.updates = most,
               .epochs = LONG_MAX,
               .averages = averages,
               .test = {.stop = note_loss, .self = &noter}};
    travel_run(session, &run);
    stops_moved(&motion->stops);
    if (noter.last) last = start + noter.last - 1;
    if (stops_have_changed(&motion->stops)) last = run.updates_made ? course->updates - 1 : start;
    timeline_follow(session);
    stops_settle(&motion->stops);
    return last;
}

enum { NONE = -1 };

/* The last update from LOW on and before HIGH in which a point may have stopped. NONE, too, when it
   was interrupted. */
static long find_update(Motion *motion, long low, long high)
{
    const Course *course = &motion->session->setup.course;
    long last = NONE;
    if (!travel_to_update(motion->session, low)) return NONE;
    stops_settle(&motion->stops);
    while (course->updates < high) {
        if (session_interrupted(motion->session)) return NONE;
        last = scan(motion, high, last);
    }
    return last;
}

/* Searches the updates from LOW on and before HIGH. */
static Find find_from(Motion *motion, long low, const Place *high)
{
    Find find = {0};
    if (high->within) find = find_within(motion, high->updates, high);
    for (long update = high->updates; !find.found && update > low;) {
        update = find_update(motion, low, update);
        if (update == NONE) break;
        find = find_within(motion, update, high);
    }
    return find;
}

static bool is_above(const Place *place, const Place *floor)
{
    return place->events > floor->events && (place->updates > floor->updates || place->within);
}

/* One window of the search, down to the update LOW. True when the search is over. */
static bool search_window(Motion *motion, long low, const Place *floor, Place *high)
{
    Session *session = motion->session;
    Find find = find_from(motion, low, high);
    if (find.found && find.events < floor->events) find = (Find){0};
    bool arrived = find.found ? travel_to(session, find.events) : travel_to_update(session, low);
    if (!arrived || session_interrupted(session)) return over(motion, REASON_INTERRUPTED);
    *high = place_now(session);
    motion->hit = find.hit;
    return find.found && stops_count(&motion->stops, &find.hit) && over(motion, REASON_POINT);
}

/* The search goes back in ever wider windows: what is looked for is often near. */
static bool search(Motion *motion, const Place *floor)
{
    enum { WIDER = 4 };
    Place high = place_now(motion->session);
    for (long window = 1; is_above(&high, floor); window *= WIDER) {
        long low = high.updates - window;
        if (search_window(motion, low > floor->updates ? low : floor->updates, floor, &high))
            return true;
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
    if (motion->stops.count && search(motion, &floor)) return;
    arrive_back(motion, beyond, travel_to(motion->session, floor.events));
}

void motion_back_to_update(Motion *motion, long updates)
{
    const Course *first = beginning(motion);
    motion->back = true;
    bool beyond = updates < first->updates;
    Place floor = {.updates = beyond ? first->updates : updates, .events = first->events};
    if (motion->stops.count && search(motion, &floor)) return;
    arrive_back(motion, beyond, travel_to_update(motion->session, floor.updates));
}
