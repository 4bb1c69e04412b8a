/* Stops: a session's enabled breakpoints and watchpoints, made ready for one motion: what they
   name looked up in the present network, their expressions compiled.

   A breakpoint stops before an event. A watchpoint stops after the event that has changed its
   value; where it reads several parameters, after the last of them is new. A motion looks at every
   place that an event has led to. Looking leaves no trace in the session; only stops_count does,
   which counts hits.

   So that training with points that are not hit stays fast, whole updates are looked at first:
   only one in which a point may stop is gone through event by event. */
#ifndef SESSION_STOPS_H
#define SESSION_STOPS_H

#include "session/gauge.h"
#include "session/points.h"

enum { NOT_MET = -1 };

typedef struct Armed {
    const char *text; /* in the session's arena, as are the gauges */
    int number;
    PointKind kind;
    Spot spot;
    size_t element; /* of a symbol's spot */
    bool conditional;
    bool of_epoch; /* its spot is an epoch's beginning or end */
    bool told;     /* the condition is the same at the spot as at the update's beginning */
    bool tested;   /* L and the parameters tell where it cannot stop */
    Gauge condition;
    Gauge watched;
    size_t settled;  /* of the parameters, in the order of their updates, so many are new when all
                        that is watched are */
    double last;     /* what is watched, when it was last looked at */
    long met;        /* the last place at which it stops, in events; or NOT_MET */
    double old, new; /* what is watched, before and after that */
} Armed;

typedef struct Stops {
    Session *session;
    Probe *probe;
    Armed *items; /* [count] */
    int count;
    bool backward; /* a watchpoint stops before the event that changes its value */
    long end;      /* places from here on, in events, are none to stop at */
} Stops;

/* Whether POINT can be made ready in the present network; the error says why not. */
bool stops_suit(Session *session, const Point *point, Error *err);

/* All enabled points, for a motion that begins at the present place. To be released. */
Stops stops_arm(Session *session);
Stops stops_none(Session *session);
void stops_release(Stops *stops);

/* The run has been taken to another update. */
void stops_moved(Stops *stops);

/* The motion begins here, or a command has changed the run: what is watched has the values that it
   has here. */
void stops_settle(Stops *stops);

/* An event has led here: whether something stops at this place. */
bool stops_look(Stops *stops);

/* The same for watchpoints alone: where a command changes the run there, before it does. */
bool stops_notice(Stops *stops);

/* The last place at which something was seen to stop since it was told to forget; or NOT_MET. */
long stops_last(const Stops *stops);
void stops_forget(Stops *stops);

/* A motion meets what stops at the place EVENTS. The first that is not to be ignored this time, or
   NULL. Temporary ones are removed. */
const Armed *stops_count(Stops *stops, long events);

/* At the beginning of an update: whether a point may stop there or within it, as far as it cannot
   be seen from its two ends. */
bool stops_may_stop(Stops *stops);

/* Whether what is watched is another than when it was last looked at. */
bool stops_have_changed(Stops *stops);

/* From here on, after stops_may_stop has said no, how many updates can be made before one has to
   be looked at by itself: with stops_test for the run's test, if there are breakpoints. */
long stops_reach(const Stops *stops);
bool stops_test(void *stops, double loss);

#endif
