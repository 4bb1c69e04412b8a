/* `backprop --check`: lessons are verified, file by file, and reported. */
#ifndef SHELL_VERIFY_H
#define SHELL_VERIFY_H

#include "shell/console.h"
#include "shell/options.h"

/* Checks the files that OPTIONS name; with --update, rewrites what differs. PROGRAM is argv[0].
   Returns the exit status: the gravest of all files. */
int verify(const Options *options, Console *console, const char *program);

#endif
