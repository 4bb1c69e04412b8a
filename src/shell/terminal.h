/* What the standard streams are and what may be written to them. Reads the environment
   and asks the kernel; keeps nothing. */
#ifndef SHELL_TERMINAL_H
#define SHELL_TERMINAL_H

#include <stdbool.h>

/* Makes sure that descriptors 0, 1 and 2 are taken, so that no file opened later is
   mistaken for a standard stream that the caller had closed. */
void terminal_secure_streams(void);

/* Sets LC_CTYPE, and nothing else, from the environment; says whether text is UTF-8.
   It is where no locale is named at all, and where the named one is not installed. */
bool terminal_is_utf8(void);

/* Whether all output goes to a terminal that carries out control sequences (not TERM=dumb). */
bool terminal_is_steerable(void);

/* ... and on which colour is welcome (NO_COLOR). */
bool terminal_has_color(void);

/* Columns of the terminal that stdout is; 80 when it is none. */
int terminal_columns(void);

#endif
