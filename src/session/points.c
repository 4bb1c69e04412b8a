#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/emit.h"
#include "session/points.h"
#include "session/stops.h"

const char *point_kind_name(PointKind kind)
{
    static const char *const names[] = {"breakpoint", "watchpoint", "display"};
    return names[kind];
}

static Point copy_point(const Point *point)
{
    Point copy = *point;
    size_t text = strlen(point->text) + 1;
    size_t condition = point->condition ? strlen(point->condition) + 1 : 0;
    copy.owned = memory_new(text + condition);
    copy.text = memcpy(copy.owned, point->text, text);
    if (condition) copy.condition = memcpy(copy.owned + text, point->condition, condition);
    return copy;
}

Points *points_copy(const Points *points)
{
    if (!points) return NULL;
    Points *copy = memory_new(sizeof *copy);
    *copy = *points;
    copy->items = memory_new((size_t)points->count * sizeof *copy->items);
    for (int i = 0; i < points->count; i++) copy->items[i] = copy_point(&points->items[i]);
    return copy;
}

void points_free(Points *points)
{
    for (int i = 0; points && i < points->count; i++) free(points->items[i].owned);
    if (points) free(points->items);
    free(points);
}

const Point *points_add(Points **points, const Point *point)
{
    if (!*points) *points = memory_new(sizeof **points);
    Points *all = *points;
    all->items = memory_resize(all->items, (size_t)(all->count + 1) * sizeof *all->items);
    Point *added = &all->items[all->count++];
    *added = copy_point(point);
    added->number = point->kind == POINT_DISPLAY ? ++all->last_display : ++all->last;
    return added;
}

Point *points_find(const Points *points, int number, bool display)
{
    for (int i = 0; points && i < points->count; i++) {
        Point *point = &points->items[i];
        if (point->number == number && (point->kind == POINT_DISPLAY) == display) return point;
    }
    return NULL;
}

void points_remove(Points *points, const Point *point)
{
    int index = (int)(point - points->items);
    free(points->items[index].owned);
    points->count--;
    memmove(points->items + index, points->items + index + 1,
            (size_t)(points->count - index) * sizeof *points->items);
}

void point_set_condition(Point *point, const char *condition)
{
    char *owned = point->owned;
    point->condition = condition;
    *point = copy_point(point);
    free(owned);
}

/* What cannot be shown is shown again as soon as it can be; a breakpoint waits for its user. */
static void settle(Session *session, Point *point)
{
    Error why;
    bool display = point->kind == POINT_DISPLAY;
    bool suits = stops_suit(session, point, &why);
    if (!suits && !point->disabled)
        emit_note(session, "%s %d, %f, %s: %f", point_kind_name(point->kind), (long)point->number,
                  point->text, display ? "shows nothing now" : "is disabled", why.message);
    if (display || !suits) point->disabled = !suits;
}

void points_settle(Session *session)
{
    Points *points = session->points;
    for (int i = 0; points && session->pass && i < points->count; i++)
        settle(session, &points->items[i]);
}
