/* Files that commands name: where data lies, and what an untrusted session may touch. */
#ifndef COMMAND_FILES_H
#define COMMAND_FILES_H

#include "base/words.h"
#include "session/state.h"

/* The CSV file that WORD means: a path, or the name of a table beside the lesson, in the teacher's
   folder or shipped with the lessons; the first of these that there is.
   NULL and an error when there is none, or it may not be read. The result is in the session's
   arena. */
const char *files_find_data(Session *session, const Word *word, Error *err);

/* The file that WORD names, to be read: beside the lesson, if it is there; else where the program
   runs. NULL and an error when a lesson may not read it: only ordinary files, which keep nobody
   waiting, and no enormous ones. That there is none shows when it is opened. The result is in the
   session's arena. */
const char *files_find(Session *session, const Word *word, Error *err);

/* Whether commands may write files; the error, at WORD, says how they may. */
bool files_may_write(const Session *session, const Word *word, Error *err);

/* Calls EACH with the name of every table: the teacher's, then those shipped, each in order. One
   that is in both folders comes twice. */
void files_each_data(const Session *session, void (*each)(void *self, const char *name),
                     void *self);

#endif
