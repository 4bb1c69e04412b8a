/* An attempt to match the words of a line against one alternative of a usage. It belongs to
   whoever makes it; what it finds lies in the arena of its Arguments. */
#ifndef COMMAND_ATTEMPT_H
#define COMMAND_ATTEMPT_H

#include "command/arguments.h"
#include "command/usage.h"

typedef struct Attempt {
    const Pattern *pattern;
    Words words;
    int at; /* the word to match next */
    Arguments *arguments;
    Error error;
    bool structural;      /* the error is one of form: the usage says what is right */
    const char *expected; /* ... and these literal words would have been; or NULL */
} Attempt;

/* ARGUMENTS, whose arena is given, gets room for what will match. */
Attempt attempt_new(const Pattern *pattern, const Words *words, Arguments *arguments);

/* Whether all words match. */
bool attempt_match(Attempt *attempt);

/* Where matching stops for want of words: the item that the next word would match; -1 when they do
   not match so far. */
int attempt_next(Attempt *attempt);

#endif
