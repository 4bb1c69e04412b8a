/* The sink that a session is given: passes everything on to a renderer, which needs the
   session's style and so comes after it; remembers whether a command failed; and sees to it
   that no progress bar stands in the way, and that an answer is out before the next line is
   waited for. */
#ifndef SHELL_RELAY_H
#define SHELL_RELAY_H

#include "base/error.h"
#include "shell/console.h"
#include "shell/progress.h"

typedef struct Relay {
    Sink sink; /* first, so that a Sink is its Relay */
    Sink *renderer;
    Console *console;
    ProgressBar *bar; /* removed before anything is said */
    bool prompt;      /* somebody may be waiting for the answer: write it after every command */
    bool failed;      /* some command did, so far */
    int depth;        /* of nested commands */
} Relay;

/* Owns none of them; the renderer is to be set before the first command. */
void relay_init(Relay *relay, Console *console, ProgressBar *bar, bool prompt);

/* A typed line that was refused before it could be executed. */
void relay_refuse(Relay *relay, const Error *err);

#endif
