/* Files that commands name: where data lies, and what an untrusted session may touch. */
#ifndef SESSION_FILES_H
#define SESSION_FILES_H

#include "session/arguments.h"
#include "session/state.h"

/* The CSV file that WORD means: a path, or the name of a table shipped with the lessons.
   NULL and an error when there is none. The result is in the session's arena. */
const char *files_find_data(Session *session, const Word *word, Error *err);

/* Calls EACH with the name of every shipped table, in order. */
void files_each_data(const Session *session, void (*each)(void *self, const char *name),
                     void *self);

#endif
