/* The command line: what may stand there, as rows, and what stood there.

   --help, the man page and the completion files are made from the rows. Nothing here
   prints or exits; the strings of an Options are those of argv. */
#ifndef SHELL_OPTIONS_H
#define SHELL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

typedef enum TaskKind { TASK_COMMAND, TASK_FILE } TaskKind;

/* Something to run, in the order of the command line. */
typedef struct Task {
    TaskKind kind;
    const char *text; /* the command, or the file's name ("-": standard input) */
} Task;

typedef enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

typedef struct Options {
    Task *tasks;
    size_t task_count;
    ColorChoice color;
    long from;    /* the step that a lesson begins at; 0: where it was left */
    double delay; /* seconds after which it goes on by itself; negative: it waits */
    bool interactive, batch, json, keep_going, check, update, tap, allow_files, ascii, no_init,
        version, help;
} Options;

typedef struct OptionRow {
    char letter;          /* -e; NUL: none */
    const char *name;     /* --eval */
    const char *argument; /* what must follow: a word in capitals, or its choices a|b|c; or NULL */
    const char *help;
    size_t flag; /* without an argument: the offset in Options of the bool it sets */
    bool (*take)(Options *options, const char *argument, Error *err); /* with one */
} OptionRow;

extern const OptionRow option_rows[];
extern const size_t option_count;

/* Reads argv[1..]. On failure ERR says what is wrong and OPTIONS is still to be released. */
bool options_read(Options *options, char **argv, Error *err);
void options_release(Options *options);

/* Whether FILE is one that is played: .md. */
bool options_is_lesson(const char *file);

/* Adds what --help says. */
void options_help(Text *text);

#endif
