/* GNU Readline's headers, without the old typedefs that claim common words (Function). */
#ifndef SHELL_GNU_READLINE_H
#define SHELL_GNU_READLINE_H

#define _FUNCTION_DEF
#include <stdio.h>
#include <readline/history.h>
#include <readline/readline.h>

#endif
