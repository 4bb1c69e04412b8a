/* Commands: one row each. Usage lines, argument parsing, completion, help, the manual
   and undo all follow from the row; a new command is a function and a row, in one of
   the commands_*.c files, whose groups command.c lists. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/error.h"
#include "command/arguments.h"
#include "session/session.h"

enum {
    NEEDS_NET = 1 << 0, /* a network must exist */
    NEEDS_ROW = 1 << 1, /* ... and a row that fits it */
    CHANGES = 1 << 2,   /* changes what `undo` takes back, between two updates of the run */
    STAYS = 1 << 3,     /* likewise, but need not change the run: that stays where it is, in the
                           midst of an update, unless the command rewinds it */
    MOVES = 1 << 4,     /* moves along the run; `undo` takes that back, too */
    REPEATS = 1 << 5,   /* an empty line on a terminal runs it again */
    EXPLAINS = 1 << 6,  /* shows what the present update computes: with the parameters it began
                           with */
    UNSEEN = 1 << 7,    /* `set echo on` does not show it */
    UNRECORDED = 1 << 8 /* no part of the lesson that `record` writes */
};

typedef struct Command {
    const char *name;
    const char *short_name; /* or NULL */
    const char *usage;      /* the grammar of its arguments, see arguments.h; "" for none */
    unsigned flags;
    const char *summary; /* one line, no capital, no full stop */
    const char *details; /* a paragraph for help; or "" */
    const char *example; /* commands that run as they stand after `init 2-2-1` and
                            `input 80 8 -> 3`, one a line */
    bool (*run)(Session *session, const Arguments *arguments, Error *err);
} Command;

/* The commands of one commands_*.c file. */
typedef struct CommandGroup {
    const char *name; /* of the heading they stand under, which neighbours may share */
    const Command *commands;
    int count;
} CommandGroup;

extern const CommandGroup network_commands, matrix_commands, data_commands, setting_commands,
    row_commands, memo_commands, step_commands, check_commands, nudge_commands, page_commands,
    train_commands, evaluation_commands, prediction_commands, diagnose_commands, plot_commands,
    list_commands, motion_commands, travel_commands, break_commands, calculus_commands,
    ask_commands, lesson_commands, record_commands, session_commands, help_commands;

/* All groups, in the order of the manual; NULL past the last. */
extern const CommandGroup *const command_groups[];

/* Whether a heading begins with GROUP, one of these. */
bool group_begins(const CommandGroup *const *group);

/* The I-th of all commands; NULL past the last. */
const Command *command_at(int i);

/* The command whose name or short name WORD is, or NULL. */
const Command *command_named(const char *word);

/* The command that WORD names: its name, its short name or an unambiguous prefix.
   The error lists the candidates, or names the nearest. */
const Command *command_find(const char *word, int column, Error *err);

#endif
