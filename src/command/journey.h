/* A journey: what the commands that go along the run have in common. It shows events, and ends a
   motion: with what it says, and what becomes of the command. */
#ifndef COMMAND_JOURNEY_H
#define COMMAND_JOURNEY_H

#include "session/motion.h"
#include "show/event_show.h"

/* Events that are shown one after another. */
typedef struct EventShow {
    Session *session;
    EventList list;
} EventShow;

/* For a motion's `event`; SELF: an EventShow. */
void journey_show_event(void *self, const Event *event);

/* Shows the last COUNT events before the place where MOTION has ended: they are done again. */
void journey_show_last(Motion *motion, long count);

/* MOTION, which began at the place BEGUN, is over; false when the command has failed. */
bool journey_end(Motion *motion, long begun, Error *err);

/* The same for one that has gone back. */
bool journey_end_back(Motion *motion, long begun, Error *err);

/* Whether there is something to go back to. */
bool journey_has_past(const Session *session, Error *err);

#endif
