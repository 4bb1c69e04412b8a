/* Single keys of the terminal that stdin is, without Enter.

   The terminal reads key by key only while one is waited for: it is as it was before a signal takes
   its course, be it Ctrl-C, Ctrl-Z or the end of the process, and anew when the process was taken
   up again. */
#ifndef SHELL_KEYS_H
#define SHELL_KEYS_H

#include <stdbool.h>

enum {
    KEYS_END = -1,         /* Ctrl-D, or the terminal is gone */
    KEYS_INTERRUPTED = -2, /* a signal has raised interrupt_flag() */
    KEYS_LATE = -3         /* the time is over */
};

/* Whether keys can be read one by one. */
bool keys_available(void);

/* What stands on the screen while a key is waited for. */
typedef struct KeyLine {
    void (*show)(void *self);
    void (*clear)(void *self); /* what was shown; also before a signal takes its course */
    void *self;
} KeyLine;

/* Waits for a key, at most so many SECONDS (negative: for ever): its byte, '\n' for Enter. What a
   key sends besides its first byte, like an arrow's, is no key. */
int keys_read(double seconds, const KeyLine *line);

#endif
