/* The events of training, done one by one in a session: the trainer's, with what the session keeps
   of them, the record of epochs and the names in the memo. */
#ifndef SESSION_EVENTS_H
#define SESSION_EVENTS_H

#include "session/state.h"

/* The command that asks for the derivative by ELEMENT, as the memo names it; in ARENA. */
const char *event_gradient_name(const Session *session, size_t element, Arena *arena);

/* Who asks for a derivative, as trainer_next tells the memo: EVENT, the next one, goes by the name
   of the command that does the same. Good for as long as the memo remembers something; while it
   does not, until the next call. */
const char *event_by(Session *session, const Event *event);

/* Does the next event. False when it cannot be done, and then nothing has changed. */
bool events_do(Session *session, UpdateResult *result);

/* The same COUNT times, for events that were done before. */
void events_repeat(Session *session, size_t count);

#endif
