/* Learning, as the commands that do it share it: whether it can begin, one update, and what is
   said when one cannot be made. */
#ifndef SESSION_TRAINING_H
#define SESSION_TRAINING_H

#include "engine/facts.h"
#include "session/state.h"

/* Whether updates can be made: the network suits the optimizer, there is room for the batches,
   and the loss can take every target. */
bool training_ready(Session *session, Error *err);

/* The error for an update that RESULT says cannot be made. */
bool training_fail(const Session *session, UpdateResult result, Error *err);

/* What there is to measure facts of: the network on all rows, with the record of its losses. A row
   must be there. */
Patient training_patient(const Session *session);

#endif
