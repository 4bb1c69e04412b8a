#include <limits.h>
#include <math.h>

#include "session/stops.h"
#include "session/timeline.h"

void stops_moved(Stops *stops)
{
    probe_stale(stops->probe);
}

/* Whether some of the parameters that are watched are new, and others are not. */
static bool is_half_new(const Stops *stops, const Armed *armed)
{
    const Trainer *trainer = &stops->session->trainer;
    return trainer_is_half_updated(trainer) && trainer->at < armed->settled;
}

/* ... then it is what it was before. */
static double settled_value(Stops *stops, const Armed *armed)
{
    Trainer *trainer = &stops->session->trainer;
    bool half = is_half_new(stops, armed);
    if (half) trainer_exchange(trainer);
    double value = gauge_value(&armed->watched, stops->probe);
    if (half) trainer_exchange(trainer);
    return value;
}

void stops_settle(Stops *stops)
{
    stops_moved(stops);
    for (int i = 0; i < stops->count; i++) {
        Armed *armed = &stops->items[i];
        if (armed->kind == POINT_WATCH) armed->last = settled_value(stops, armed);
    }
}

static bool is_true(double value)
{
    return value != 0 && !isnan(value);
}

static bool holds(Stops *stops, Armed *armed)
{
    return !armed->conditional || is_true(gauge_value(&armed->condition, stops->probe));
}

/* NaN is not another value than NaN. */
static bool differ(double a, double b)
{
    return a != b && !(isnan(a) && isnan(b));
}

static bool begins_epoch(const Trainer *trainer)
{
    return trainer_updates_left(trainer) == trainer_updates_in_epoch(trainer);
}

static bool at_spot(const Session *session, const Armed *armed)
{
    const Trainer *trainer = &session->trainer;
    const Spot *spot = &armed->spot;
    Event next = trainer_event(trainer);
    bool first = !trainer->at && !(next.phase == PHASE_FORWARD && trainer->op);
    switch (spot->kind) {
    case SPOT_PHASE: return next.phase == spot->phase && first;
    case SPOT_EPOCH:
        return next.phase == PHASE_ROW && begins_epoch(trainer) &&
               (!spot->epoch || spot->epoch == trainer->course->epoch + 1);
    case SPOT_DERIVATIVE: return next.phase == PHASE_BACKWARD && next.element == armed->element;
    case SPOT_SYMBOL: break;
    }
    return next.element == armed->element && next.phase != PHASE_BACKWARD;
}

/* Whether the last event may have changed what is watched. */
static bool may_be_new(const Stops *stops, const Armed *armed)
{
    const Trainer *trainer = &stops->session->trainer;
    bool settled = trainer_is_half_updated(trainer) && trainer->at == armed->settled;
    return settled || !trainer->done || trainer->phase == PHASE_EPOCH;
}

static void notice(Stops *stops, Armed *armed, long now)
{
    if (armed->kind != POINT_WATCH || !may_be_new(stops, armed)) return;
    double value = gauge_value(&armed->watched, stops->probe);
    if (differ(armed->last, value) && holds(stops, armed)) {
        armed->met = stops->backward ? now - 1 : now;
        armed->old = armed->last;
        armed->new = value;
    }
    armed->last = value;
}

static bool are_met(const Stops *stops, long now)
{
    int i = 0;
    while (i < stops->count && stops->items[i].met != now) i++;
    return i < stops->count;
}

bool stops_notice(Stops *stops)
{
    long now = timeline_now(stops->session);
    for (int i = 0; i < stops->count; i++) notice(stops, &stops->items[i], now);
    return are_met(stops, now);
}

bool stops_look(Stops *stops)
{
    if (!stops->count) return false;
    stops_notice(stops);
    long now = timeline_now(stops->session);
    for (int i = 0; i < stops->count && now < stops->end; i++) {
        Armed *armed = &stops->items[i];
        bool there = armed->kind == POINT_BREAK && at_spot(stops->session, armed);
        if (there && holds(stops, armed)) armed->met = now;
    }
    return are_met(stops, now);
}

long stops_last(const Stops *stops)
{
    long last = NOT_MET;
    for (int i = 0; i < stops->count; i++)
        if (stops->items[i].met > last) last = stops->items[i].met;
    return last;
}

void stops_forget(Stops *stops)
{
    for (int i = 0; i < stops->count; i++) stops->items[i].met = NOT_MET;
}

const Armed *stops_count(Stops *stops, long events)
{
    Points *points = stops->session->points;
    const Armed *first = NULL;
    for (int i = 0; i < stops->count; i++) {
        Armed *armed = &stops->items[i];
        Point *point = points_find(points, armed->number, false);
        if (!point || armed->met != events) continue;
        armed->met = NOT_MET;
        point->hits++;
        if (point->ignore > 0) {
            point->ignore--;
            continue;
        }
        if (!first) first = armed;
        if (point->temporary) points_remove(points, point);
    }
    return first;
}

/* Updates until the one that begins with SPOT, or has it for its end; 0: this one. */
static long distance(const Session *session, const Spot *spot)
{
    const Trainer *trainer = &session->trainer;
    const Course *course = trainer->course;
    long left = trainer_updates_left(trainer), each = trainer_updates_in_epoch(trainer);
    if (spot->kind == SPOT_PHASE) return left ? left - 1 : 0;
    bool begins = begins_epoch(trainer);
    long epochs = spot->epoch ? spot->epoch - 1 - course->epoch : !begins;
    if (epochs <= 0) return epochs == 0 && begins ? 0 : LONG_MAX;
    return epochs - 1 > (LONG_MAX - left) / each ? LONG_MAX : left + (epochs - 1) * each;
}

/* What reads the parameters alone changes at one event of an update, and what changes with epochs
   alone at an epoch's end. Everything else may change and change back: at a new parameter and at
   the next batch, or there and, with this batch and the new parameters, at the epoch's end. */
static bool may_waver(const Stops *stops, const Armed *armed)
{
    unsigned reads = armed->watched.reads;
    if (reads == READS_PARAMETERS || reads == READS_EPOCH) return false;
    return reads & READS_PARAMETERS || trainer_updates_left(&stops->session->trainer) == 1;
}

static bool may_stop(Stops *stops, Armed *armed)
{
    if (armed->kind != POINT_BREAK) return may_waver(stops, armed);
    if (armed->of_epoch) return distance(stops->session, &armed->spot) == 0;
    return !armed->conditional || !armed->told || holds(stops, armed);
}

bool stops_may_stop(Stops *stops)
{
    int i = 0;
    while (i < stops->count && !may_stop(stops, &stops->items[i])) i++;
    return i < stops->count;
}

bool stops_have_changed(Stops *stops)
{
    for (int i = 0; i < stops->count; i++) {
        Armed *armed = &stops->items[i];
        if (armed->kind != POINT_WATCH) continue;
        if (differ(armed->last, gauge_value(&armed->watched, stops->probe))) return true;
    }
    return false;
}

bool stops_test(void *self, double loss)
{
    Stops *stops = self;
    for (int i = 0; i < stops->count; i++) {
        Armed *armed = &stops->items[i];
        if (!armed->tested) continue;
        if (!armed->conditional || is_true(gauge_value_at_loss(&armed->condition, loss)))
            return true;
    }
    return false;
}

/* What changes with epochs alone need not be looked at before this one's end. */
static long reach(const Stops *stops, const Armed *armed)
{
    const Trainer *trainer = &stops->session->trainer;
    long left = trainer_updates_left(trainer);
    if (armed->kind == POINT_WATCH)
        return armed->watched.reads & ~(unsigned)READS_EPOCH || !left ? 1 : left;
    if (armed->of_epoch) return distance(stops->session, &armed->spot);
    return armed->tested ? LONG_MAX : 1;
}

long stops_reach(const Stops *stops)
{
    long least = LONG_MAX;
    for (int i = 0; i < stops->count; i++) {
        long updates = reach(stops, &stops->items[i]);
        if (updates < least) least = updates;
    }
    return least;
}
