/* The prompt: lines that a person types are executed, one after the other. */
#ifndef SHELL_REPL_H
#define SHELL_REPL_H

#include "session/session.h"
#include "shell/input.h"
#include "shell/relay.h"

/* Returns when the user leaves. What a command fails of is shown, and the next line is
   waited for. INPUT is the session's, also when something else was read there meanwhile: the
   command that did so sees to that. */
void repl_run(Session *session, Relay *relay, Input *input);

#endif
