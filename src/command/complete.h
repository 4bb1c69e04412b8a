/* Completion: what could stand where the cursor is. It follows from the command rows and their
   usages, and from what the session has. */
#ifndef COMMAND_COMPLETE_H
#define COMMAND_COMPLETE_H

#include "base/words.h"
#include "session/session.h"

/* Completes the word that ends at byte POINT of LINE: EACH gets every candidate. Returns where
   that word starts; FILES is set when a file name is expected there (the caller completes it). */
size_t session_complete(Session *session, const char *line, size_t point,
                        void (*each)(void *self, const char *candidate), void *self, bool *files);

/* Calls EACH with every literal, "key=" or KIND that could come after
   the words BEFORE (all but the one being typed). */
void usage_next(const char *usage, const Words *before, Arena *arena,
                void (*each)(void *self, const char *item), void *self);

#endif
