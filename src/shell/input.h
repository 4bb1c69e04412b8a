/* Lines that a person types, behind four functions with two implementations: GNU Readline
   (input_readline.c) and none (input_plain.c); the Makefile builds one of them.

   The prompt goes to stdout, or to stderr when stdout is not for people. Ctrl-C clears the
   line. One Input at a time: Readline and the terminal are the process's. */
#ifndef SHELL_INPUT_H
#define SHELL_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "session/session.h"

typedef struct Input Input;

typedef enum InputStatus {
    INPUT_LINE,
    INPUT_REFUSED,     /* what was typed is no line of text: ERR says why */
    INPUT_INTERRUPTED, /* Ctrl-C: there is no line, and the cursor is on a fresh one */
    INPUT_END          /* Ctrl-D on an empty line, or standard input is at its end */
} InputStatus;

/* Reads from stdin. PROMPTS is stdout or stderr; HISTORY is a file, or NULL for none. */
Input *input_open(FILE *prompts, const char *history);
void input_close(Input *input);

/* From now on SESSION (not owned) completes words; lines are remembered only if KEEP. */
void input_serve(Input *input, Session *session, bool keep);

/* Shows PROMPT and waits. *LINE is NUL-terminated and valid until the next call. After a
   Ctrl-C, here or since the last call, what was typed or pasted ahead is forgotten. */
InputStatus input_read(Input *input, const char *prompt, const char **line, size_t *length,
                       Error *err);

/* Which implementation this is: "readline 8.2" or "plain input". */
const char *input_name(void);

#endif
