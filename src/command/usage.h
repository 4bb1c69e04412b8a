/* A command's usage line, compiled: the grammar described in arguments.h. */
#ifndef COMMAND_USAGE_H
#define COMMAND_USAGE_H

#include "base/arena.h"
#include "command/kinds.h"

typedef struct Item {
    const char *text;  /* "SYMBOL", "yes|no", "loss" of [loss=LOSS] */
    const Kind *kind;  /* NULL: literal words */
    const char *value; /* of a key: what follows the =, a kind or literal words */
    int group;         /* items of one bracket share a number; 0: required */
    bool repeated;
} Item;

typedef struct Pattern {
    Item *items;
    int count;
} Pattern;

/* Compiles the alternative at *USAGE into the arena, and moves *USAGE to the next one;
   to NULL after the last. */
Pattern usage_alternative(const char **usage, Arena *arena);

/* The last item of the bracket that item I is in. */
int pattern_group_end(const Pattern *pattern, int i);

#endif
