/* Stops: a session's enabled breakpoints and watchpoints, made ready for one motion: what they
   name looked up in the present network, their expressions compiled.

   A breakpoint stops before an event. A watchpoint stops after the event that has changed its
   value. Looking leaves no trace in the session; only stops_count does, which counts hits.

   So that training with points that are not hit stays fast, whole updates are looked at first:
   only one in which a point may stop is gone through event by event. */
#ifndef SESSION_STOPS_H
#define SESSION_STOPS_H

#include "session/gauge.h"
#include "session/points.h"

typedef struct Armed {
    const char *text; /* in the session's arena, as are the gauges */
    int number;
    PointKind kind;
    Spot spot;
    size_t element; /* of a symbol's spot */
    bool conditional;
    bool tested; /* L and the parameters tell where it cannot stop */
    Gauge condition;
    Gauge watched;
    double last; /* what is watched, when it was last looked at */
} Armed;

typedef struct Stops {
    Session *session;
    Probe *probe;
    Armed *items; /* [count] */
    int count;
    long looked; /* the place of the last look, in events */
} Stops;

/* What stops a motion. */
typedef struct Hit {
    const Armed *armed;
    double old, new; /* of a watchpoint */
} Hit;

/* Whether POINT can be made ready in the present network; the error says why not. */
bool stops_suit(Session *session, const Point *point, Error *err);

/* All enabled points, for a motion that begins at the present place. To be released. */
Stops stops_arm(Session *session);
Stops stops_none(Session *session);
void stops_release(Stops *stops);

/* The run has been taken to another update. */
void stops_moved(Stops *stops);

/* A search begins at the present place: what is watched has the values that it has here. */
void stops_settle(Stops *stops);

/* The run was changed by a command, which is no event: what is watched has other values. */
void stops_rebase(Stops *stops);

/* The first point that stops at the present place, at which nobody has looked yet. */
bool stops_look(Stops *stops, Hit *hit);

/* A motion meets HIT: false when it is to be ignored this time. A temporary one is removed. */
bool stops_count(Stops *stops, const Hit *hit);

/* At the beginning of an update: whether a breakpoint may stop there or within it. */
bool stops_may_break(Stops *stops);

/* Whether what is watched is another than when it was last looked at. */
bool stops_have_changed(Stops *stops);

/* From here on, after stops_may_break has said no, how many updates can be made before one has to
   be looked at by itself: with stops_test for the run's test, if there are breakpoints. */
long stops_reach(const Stops *stops);
bool stops_test(void *stops, double loss);

#endif
