/* Points made ready for a motion. */
#include <limits.h>
#include <string.h>

#include "session/stops.h"

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
static bool is_of_epoch(const Spot *spot)
{
    return spot->kind == SPOT_EPOCH || (spot->kind == SPOT_PHASE && spot->phase == PHASE_EPOCH);
}

/* Whether L and the parameters tell, when an update's L is known, that it has nothing to stop at.
 */
static bool is_tested(const Armed *armed)
{
    enum { KNOWN = READS_PARAMETERS | READS_LOSS | READS_EPOCH };
    return armed->told && !armed->of_epoch && !(armed->condition.reads & ~(unsigned)KNOWN);
}

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
    armed->of_epoch = is_of_epoch(&point->spot);
    armed->told = can_tell(session_net(session), armed);
    armed->tested = is_tested(armed);
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
