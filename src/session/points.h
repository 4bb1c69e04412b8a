/* Points: the breakpoints, watchpoints and displays that a user has set, as plain data.

   They outlive the network that they were set for: what they name is looked up anew whenever the
   run moves (stops.h). A list is owned by the session, and copied for `undo`. */
#ifndef SESSION_POINTS_H
#define SESSION_POINTS_H

#include <stdbool.h>

#include "engine/symbol.h"
#include "engine/trainer.h"

typedef struct Session Session;

/* Which events a breakpoint stops before. */
typedef enum SpotKind {
    SPOT_PHASE,     /* the first of a phase */
    SPOT_EPOCH,     /* the first of epoch `epoch`, from 1, or, if that is 0, of every epoch */
    SPOT_SYMBOL,    /* the one that gives the symbol its value */
    SPOT_DERIVATIVE /* the one that gives ∂L/∂symbol its value */
} SpotKind;

typedef struct Spot {
    SpotKind kind;
    Phase phase;
    long epoch;
    Symbol symbol;
} Spot;

typedef enum PointKind { POINT_BREAK, POINT_WATCH, POINT_DISPLAY } PointKind;

typedef struct Point {
    int number; /* breakpoints and watchpoints are numbered together, displays by themselves */
    PointKind kind;
    Spot spot;                /* of a breakpoint */
    const char *text;         /* the spot as it was typed; the expression */
    const char *condition;    /* or NULL */
    char *owned;              /* the memory of both */
    bool temporary, disabled; /* a display: by what there is not, for now */
    long ignore, hits;
} Point;

typedef struct Points {
    Point *items;
    int count;
    int last, last_display; /* the highest numbers ever given */
} Points;

Points *points_copy(const Points *points); /* of NULL: NULL */
void points_free(Points *points);

/* Adds a point with what POINT says (its texts are copied) to *POINTS, which is made if it is
   NULL, and numbers it. */
const Point *points_add(Points **points, const Point *point);

/* The point with NUMBER: a display, or one that stops; NULL when there is none. */
Point *points_find(const Points *points, int number, bool display);

void points_remove(Points *points, const Point *point);

const char *point_kind_name(PointKind kind); /* "breakpoint", ... */

/* Gives POINT another condition; NULL: none. */
void point_set_condition(Point *point, const char *condition);

/* After a change of the network: disables every point that names what there is no longer, and says
   so. A display shows nothing until there is such a thing again. */
void points_settle(Session *session);

#endif
