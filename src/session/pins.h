/* Pins: the nodes that `assume` holds, until the run moves on. */
#ifndef SESSION_PINS_H
#define SESSION_PINS_H

#include "session/state.h"

/* Lets go of them, and says so. */
void pins_release(Session *session);

/* Whether there are none: an assumed node does not follow its inputs, so that moving a value would
   say nothing about a derivative. */
bool pins_none(const Session *session, Error *err);

#endif
