/* What the program writes: a Writer into a 64 KiB buffer before stdout, and stderr.

   stdout is written when the buffer is full, before anything goes to stderr, by
   console_flush, and on a terminal after every line. When stdout cannot be written any
   more there is nobody left to work for: the process exits with status 1, silently if a
   pipe was closed. */
#ifndef SHELL_CONSOLE_H
#define SHELL_CONSOLE_H

#include "render/render.h"

typedef struct Console Console;

Console *console_new(void);
void console_free(Console *console);

Writer *console_writer(Console *console);
void console_flush(Console *console);

void console_print(Console *console, const char *text);

/* "backprop: MESSAGE" on stderr. */
void console_complain(Console *console, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
