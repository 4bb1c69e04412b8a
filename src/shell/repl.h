/* The prompt: lines that a person types are executed, one after the other. */
#ifndef SHELL_REPL_H
#define SHELL_REPL_H

#include <stdio.h>

#include "session/session.h"
#include "shell/relay.h"

/* Returns when the user leaves. What a command fails of is shown, and the next line is
   waited for. PROMPTS is stdout or stderr. */
void repl_run(Session *session, Relay *relay, FILE *prompts);

#endif
