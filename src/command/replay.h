/* A session off a terminal whose commands print into a text: UTF-8, 80 columns, no colour, unless
   they set that otherwise; failures as of what is typed. */
#ifndef COMMAND_REPLAY_H
#define COMMAND_REPLAY_H

#include "session/session.h"

typedef struct Replay Replay;

/* What a command has printed, errors too: the caller's to write into, until the next one runs. */
typedef struct Printed {
    char *text;
    bool cut; /* there was more */
} Printed;

/* OPTIONS but for the sink and the style; what they point to must outlive it. Of what a command
   prints not much more than LIMIT bytes are kept, whole lines and then `...`. */
Replay *replay_new(const SessionOptions *options, size_t limit);
void replay_free(Replay *replay); /* NULL is fine */

Outcome replay_execute(Replay *replay, const char *line, Printed *printed);

Session *replay_session(const Replay *replay);

#endif
