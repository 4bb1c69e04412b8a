/* A line of commands, split at its blanks: words that know where they stand. They point into an
   arena of the caller's. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

typedef struct Word {
    const char *text; /* quotes removed */
    int column;       /* of its first byte in the line, from 1 */
    int length;       /* in the line */
    bool quoted;      /* begins with a quote: stands for itself, never a literal or a key */
} Word;

typedef struct Words {
    Word *items;
    int count;
} Words;

/* Splits LINE at blanks; double quotes, also inside a word, hold blanks together (\" and
   \\ in them); a # that begins a word begins a comment. Fails on an open quote. */
bool words_split(Words *words, const char *line, Arena *arena, Error *err);

/* Adds WORD in quotes. */
void word_quote(Text *text, const char *word);

/* WORD as it is typed in such a line, or in a POSIX shell: as it is, or quoted, in the arena. */
const char *word_typed(const char *word, Arena *arena);
const char *word_typed_in_shell(const char *word, Arena *arena);

#endif
