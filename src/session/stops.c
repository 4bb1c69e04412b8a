#include <limits.h>
#include <math.h>
#include <string.h>

#include "session/scope.h"
#include "session/stops.h"
#include "session/timeline.h"

static bool has_event(SymbolKind kind)
{
    return kind != SYMBOL_INPUT && kind != SYMBOL_TARGET && kind != SYMBOL_MEAN &&
           kind != SYMBOL_VARIANCE;
}

/* What has a value, but from no event of its own. */
static bool refuse_symbol(SymbolKind kind, Error *err)
{
    if (kind == SYMBOL_INPUT || kind == SYMBOL_TARGET)
        return fail(err, 1, "x and y come with their row: `break row` stops before it");
    if (kind == SYMBOL_MEAN || kind == SYMBOL_VARIANCE)
        return fail(err, 1,
                    "mu and v are computed together with n: break there, as in `break n11`");
    return fail(err, 1,
                "mean and var follow at the end of an update: `watch` stops when one changes");
}

static bool find_spot(Session *session, const Spot *spot, size_t *element, Error *err)
{
    const Net *net = session_net(session);
    if (spot->kind != SPOT_SYMBOL && spot->kind != SPOT_DERIVATIVE) return true;
    if (!net_element(net, spot->symbol, 1, element, err)) return false;
    const Vector *vector = net_vector(net, *element);
    bool trained = *element < net->parameters;
    bool made = vector && has_event(vector->kind);
    if (spot->kind == SPOT_DERIVATIVE)
        return trained || fail(err, 1,
                               "the loop computes derivatives by parameters: a symbol "
                               "like dL/dw11^1");
    return trained || made || refuse_symbol(spot->symbol.kind, err);
}

/* Whether the condition is the same at the spot as it is at the update's beginning: parameters
   change on the way to all spots that come later than the first new parameter. */
static bool can_tell(const Net *net, const Armed *armed)
{
    const Spot *spot = &armed->spot;
    bool late = spot->kind == SPOT_SYMBOL && armed->element < net->parameters &&
                armed->element != net_parameter(net, 0);
    return !late || !(armed->condition.reads & READS_PARAMETERS);
}

/* Spots at an epoch's beginning or end. */
static bool of_epoch(const Spot *spot)
{
    return spot->kind == SPOT_EPOCH || (spot->kind == SPOT_PHASE && spot->phase == PHASE_EPOCH);
}

/* Whether L and the parameters tell, when an update's L is known, that it has nothing to stop at.
 */
static bool is_tested(const Net *net, const Armed *armed)
{
    enum { KNOWN = READS_PARAMETERS | READS_LOSS | READS_EPOCH };
    if (armed->kind != POINT_BREAK || of_epoch(&armed->spot)) return false;
    return can_tell(net, armed) && !(armed->condition.reads & ~(unsigned)KNOWN);
}

enum { NOT_MET = -1 };

static bool arm(Session *session, const Point *point, Armed *armed, Error *err)
{
    const char *text = arena_copy(&session->arena, point->text, strlen(point->text));
    *armed = (Armed){.text = text,
                     .number = point->number,
                     .kind = point->kind,
                     .spot = point->spot,
                     .conditional = point->condition,
                     .met = NOT_MET};
    if (armed->conditional) {
        const char *condition =
            arena_copy(&session->arena, point->condition, strlen(point->condition));
        if (!gauge_compile(session, condition, 1, &armed->condition, err)) return false;
    }
    if (point->kind != POINT_BREAK) {
        bool good = gauge_compile(session, text, 1, &armed->watched, err);
        if (good) armed->settled = gauge_settled(&armed->watched);
        return good;
    }
    if (!find_spot(session, &point->spot, &armed->element, err)) return false;
    armed->tested = is_tested(session_net(session), armed);
    return true;
}

bool stops_suit(Session *session, const Point *point, Error *err)
{
    Armed armed;
    ArenaMark mark = arena_mark(&session->arena);
    bool suits = arm(session, point, &armed, err);
    arena_reset(&session->arena, mark);
    return suits;
}

Stops stops_none(Session *session)
{
    return (Stops){.session = session, .probe = probe_new(session), .end = LONG_MAX};
}

Stops stops_arm(Session *session)
{
    const Points *points = session->points;
    Stops stops = stops_none(session);
    if (!points || !points->count) return stops;
    stops.items = arena_new(&session->arena, sizeof *stops.items * (size_t)points->count);
    for (int i = 0; i < points->count; i++) {
        const Point *point = &points->items[i];
        bool ready = !point->disabled && point->kind != POINT_DISPLAY;
        if (ready && arm(session, point, &stops.items[stops.count], NULL)) stops.count++;
    }
    stops_settle(&stops);
    return stops;
}

void stops_release(Stops *stops)
{
    probe_free(stops->probe);
    *stops = (Stops){0};
}

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
    if (of_epoch(&armed->spot)) return distance(stops->session, &armed->spot) == 0;
    return !armed->conditional || !can_tell(session_net(stops->session), armed) ||
           holds(stops, armed);
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
    if (of_epoch(&armed->spot)) return distance(stops->session, &armed->spot);
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
