/* A command's usage, as the grammar that the words of a line must match.

   A usage is one or more alternatives, separated by " | ". An alternative is a
   sequence of items:
     word, yes|no     these very words
     KIND             one word of a kind (the kinds are rows in kinds.c)
     KIND...          one or more of them
     EXPR, TEXT       everything up to the next literal word, or to the end
     [item item]      optional
     [key=KIND]       key=value, anywhere in the line
   A handler asks for what matched by the item's own text. */
#ifndef COMMAND_ARGUMENTS_H
#define COMMAND_ARGUMENTS_H

#include <stdbool.h>

#include "base/words.h"

typedef struct Match {
    const char *item; /* "SYMBOL", "loss", "->" */
    Word *words;
    int count;
} Match;

typedef struct Arguments {
    const char *line; /* the whole line */
    const char *usage;
    Match *matches;
    int count;
    Arena *arena;
} Arguments;

/* Matches WORDS (without the command) against USAGE. */
bool arguments_match(Arguments *arguments, const char *command, const char *usage,
                     const Words *words, const char *line, Arena *arena, Error *err);

bool arguments_has(const Arguments *arguments, const char *item);
/* The first word that matched ITEM, or NULL. */
const Word *arguments_word(const Arguments *arguments, const char *item);
const char *arguments_text(const Arguments *arguments, const char *item);
/* All the words that matched ITEM. */
Words arguments_words(const Arguments *arguments, const char *item);
/* What matched an EXPR or TEXT, as it stands in the line; *COLUMN its place. "" when
   it did not match. */
const char *arguments_raw(const Arguments *arguments, const char *item, int *column);
/* A word of a number kind; OTHERWISE when it is not there. */
double arguments_number(const Arguments *arguments, const char *item, double otherwise);
long arguments_integer(const Arguments *arguments, const char *item, long otherwise);

#endif
