/* Ctrl-C: a flag that long work polls, and that counts how often it came. The flags and handlers
   here are the process's, as signals are. */
#ifndef SHELL_INTERRUPT_H
#define SHELL_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* From now on SIGINT raises the flag. INTERACTIVE: every time; otherwise a second one ends a
   process that does not react to the first. A SIGINT that was ignored stays so. Also lets
   a write into a closed pipe fail instead of ending the process. */
void interrupt_install(bool interactive);

const volatile sig_atomic_t *interrupt_flag(void);
void interrupt_clear(void);

/* A SIGINT that comes while they are HELD raises the flag only afterwards. */
void interrupt_hold(bool held);

/* Whether an interactive process was stopped and taken up again since the last call. */
bool interrupt_continued(void);

/* Waits until DESCRIPTOR can be read or a signal came, and returns whether it can. None slips
   through before the wait: PENDING says whether one came earlier. */
bool interrupt_wait(int descriptor, int (*pending)(void));

#endif
