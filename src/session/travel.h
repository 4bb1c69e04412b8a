/* Travel: going along the run at full speed, and to any place that it has passed.

   A run that ends somewhere within an epoch has kept in its record the end of the epoch before,
   whichever way it came: so the record, too, is the same at the same place. */
#ifndef SESSION_TRAVEL_H
#define SESSION_TRAVEL_H

#include "session/timeline.h"

enum { TRAVEL_EPOCHS = 1024 }; /* the most that one travel_run ends */

/* Makes some updates, for some milliseconds, at most those that RUN asks for, and marks the way.
   Within an epoch or up to the end of one; and, unless its test stops it, never farther than that
   from where it began without the record knowing. When it breaks or gives an update up nothing is
   lost: the run stands before that update. */
void travel_run(Session *session, Run *run);

/* To the place EVENTS from the beginning, or to the one between two updates with UPDATES before
   it, which the run has passed; SHOWN: with its progress. False: it was interrupted, and stands
   somewhere before that. */
bool travel_to(Session *session, long events, bool shown);
bool travel_to_update(Session *session, long updates, bool shown);

#endif
