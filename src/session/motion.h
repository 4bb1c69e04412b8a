/* Motions: going along the run until something stops it, forward or backward.

   A motion has a goal, and meets breakpoints and watchpoints on its way. Going forward it computes
   what was not computed before; what it has passed it can go back to. Whole updates are made at
   full speed, and only those in which something may stop event by event.

   Backward means: to the last place before here at which going forward would stop. A watchpoint
   then stops before the event that changes its value. */
#ifndef SESSION_MOTION_H
#define SESSION_MOTION_H

#include "session/meter.h"
#include "session/stops.h"

typedef enum Reason {
    REASON_GOAL,
    REASON_POINT,     /* a breakpoint or a watchpoint */
    REASON_UNTIL,     /* the expression is true */
    REASON_BEGINNING, /* nothing is known of what was before */
    REASON_BROKE,     /* the next event cannot be done */
    REASON_INTERRUPTED
} Reason;

typedef struct Motion {
    Session *session;
    Stops stops;

    /* The goal; LONG_MAX: none. What comes first counts. */
    long events;  /* from the beginning of the run */
    long updates; /* made, from the beginning of the run */
    long epochs;  /* that have ended */
    Gauge *until; /* true after an update; or NULL */
    bool careful; /* session->trainer.update tells of the last update, whole ones included */
    bool silent;  /* it goes where another has been, and has nothing to say of changes */

    /* Called after an event that was done by itself, and after each epoch that ends; or NULL. */
    void (*event)(void *self, const Event *event);
    void (*epoch)(void *self, double average);
    void *self;

    Meter meter;       /* of its progress */
    long begun;        /* updates that were made when that began */
    bool back;         /* it has gone backward */
    Reason reason;     /* why it ended */
    const char *again; /* the command that goes on when it was interrupted; NULL: there is none */
    const Armed *hit;  /* of REASON_POINT */
    UpdateResult broke;
} Motion;

/* A motion forward from the present place, without a goal, with or without STOPS. Releases what is
   assumed. */
Motion motion_begin(Session *session, bool stops);

/* It is over; leaves its mark on the tape. */
void motion_end(Motion *motion);

/* Where a command has changed the run before, between two updates, it is changed again. A careful
   motion does so only when it goes on or ends, since its last update is gone then. True when
   something stops the motion where the run is changed. */
bool motion_follow(Motion *motion);

/* Its progress is to be shown from here on, on the way to the present goal. */
void motion_show(Motion *motion);

/* Forward to the goal. At least one event is done. */
void motion_forward(Motion *motion);

/* Some of it: about ten milliseconds. True when it is over. */
bool motion_some(Motion *motion);

/* Backward, at the farthest to the place EVENTS, or to the one between two updates with UPDATES
   before it, from the beginning of the run; or to where what is known of it begins. Interrupted, it
   stands anywhere: nowhere on its way is a place to stop. */
void motion_back_to_event(Motion *motion, long events);
void motion_back_to_update(Motion *motion, long updates);

/* For the two above: the motion is over; what stops at the place EVENTS is met, which may be the
   motion's end. Both return whether it is. */
static inline bool motion_over(Motion *motion, Reason reason)
{
    motion->reason = reason;
    return true;
}
bool motion_meets(Motion *motion, long events);

#endif
