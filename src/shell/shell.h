/* A run of the program: a session, what it prints to, and what has become of it so far. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include "shell/console.h"
#include "shell/options.h"

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_INTERRUPTED = 130 };

typedef struct Shell Shell;

/* OPTIONS and CONSOLE are not owned. PROGRAM is argv[0]. */
Shell *shell_new(const Options *options, Console *console, const char *program);
void shell_free(Shell *shell);

/* The start-up file, the tasks of the command line, then the prompt or standard input,
   as the options and the terminal have it. Returns the exit status. */
int shell_run(Shell *shell);

#endif
