/* Commands: one row each. Usage lines, argument parsing, completion, help, the manual
   and undo all follow from the row; a new command is a function and a row, in one of
   the commands_*.c files, whose tables commands.c lists. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/error.h"
#include "command/arguments.h"
#include "session/session.h"

enum {
    NEEDS_NET = 1, /* a network must exist */
    NEEDS_ROW = 2, /* ... and a row that fits it */
    CHANGES = 4,   /* changes what `undo` takes back, between two updates of the run */
    ASIDE = 128,   /* changes what `undo` takes back, but need not change the run: it stays where it
                      is, in the midst of an update, unless the command rewinds it */
    MOVES = 32,    /* moves along the run; `undo` takes that back, too */
    REPEATS = 8,   /* an empty line on a terminal runs it again */
    UNSEEN = 16,   /* `set echo on` does not show it */
    EXPLAINS = 64, /* shows what the present update computes: with the parameters it began with */
    UNRECORDED = 256 /* no part of the lesson that `record` writes */
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
typedef struct Topic {
    const char *name; /* of the heading they stand under, which neighbours may share */
    const Command *commands;
    int count;
} Topic;

extern const Topic network_topic, data_topic, setting_topic, row_topic, memo_topic, step_topic,
    check_topic, nudge_topic, page_topic, train_topic, evaluation_topic, prediction_topic,
    diagnose_topic, plot_topic, list_topic, motion_topic, break_topic, calculus_topic, ask_topic,
    lesson_topic, record_topic, session_topic, help_topic;

/* All topics, in the order of the manual; NULL past the last. */
extern const Topic *const topics[];

/* Whether a heading begins with TOPIC, one of these. */
bool topic_begins(const Topic *const *topic);

/* The I-th of all commands; NULL past the last. */
const Command *command_at(int i);

/* The command whose name or short name WORD is, or NULL. */
const Command *command_named(const char *word);

/* The command that WORD names: its name, its short name or an unambiguous prefix.
   The error lists the candidates, or names the nearest. */
const Command *command_find(const char *word, int column, Error *err);

#endif
