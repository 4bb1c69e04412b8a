/* The events of training, done one by one in a session: the trainer's, with what the session keeps
   of them, the record of epochs and the names in the memo. */
#ifndef SESSION_EVENTS_H
#define SESSION_EVENTS_H

#include "session/state.h"

/* Does the next event. False when it cannot be done, and then nothing has changed. */
bool events_do(Session *session, UpdateResult *result);

/* The same COUNT times, for events that were done before. */
void events_repeat(Session *session, size_t count);

#endif
