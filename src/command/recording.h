/* Recordings: a lesson written from what is typed.

   A lesson is replayed in a fresh session, on no terminal. So what is typed is run once more, in a
   session of the recording's own that began fresh, and the lesson says what was printed there. A
   session that is not fresh when it begins to be recorded is restored there first, as `save` would.
   What runs within a command, as a `source` does, is that command's. */
#ifndef COMMAND_RECORDING_H
#define COMMAND_RECORDING_H

#include "base/words.h"
#include "session/session.h"

typedef struct Recording Recording;

/* Begins to record SESSION in the file that WORD names. */
bool recording_begin(Session *session, const Word *word, Error *err);

/* Ends it, and says what there is. */
void recording_end(Session *session);

/* Says whether the session is recorded, and where. */
void recording_show(Session *session);

/* To be told of every blank line and comment. */
void recording_remark(Session *session, const char *line, size_t length);

/* To be told of every command that has run, before its end; OK: it went well. */
void recording_take(Session *session, bool ok);

#endif
