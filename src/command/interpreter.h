/* The interpreter of commands: the one way to change a session, and to see it.

   Terminal, script, -e, JSON, lesson and fuzzer all go through session_execute. */
#ifndef COMMAND_INTERPRETER_H
#define COMMAND_INTERPRETER_H

#include "base/text.h"
#include "session/session.h"

/* Executes one LINE (no newline, any bytes). Blank lines and comments do nothing. */
Outcome session_execute(Session *session, const char *line, size_t length);

/* Executes the lines read from DESCRIPTOR, called NAME in failures, until the end, a quit,
   an interrupt or, unless KEEP_GOING, the first failure. Lines that are no text (too long,
   NUL bytes, broken UTF-8) fail with their position and are skipped. */
Outcome session_source(Session *session, int descriptor, const char *name, bool keep_going);

/* The last command again, if it is one that an empty line repeats; else NULL. */
const char *session_repeat(const Session *session);

/* Adds what to show before a line that is typed: `bp> `, or with `set prompt position` also where
   the training loop stands. Plain ASCII, whatever the style. */
void session_prompt(const Session *session, Text *text);

#endif
