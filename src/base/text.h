/* A growing piece of text. `text_clear` keeps the memory for the next use;
   `text_release` gives it back. `bytes` ends with a NUL once anything was added. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>

#include "base/arena.h"

typedef struct Text {
    char *bytes;
    size_t length, capacity;
} Text;

void text_add(Text *text, const char *string);
void text_add_bytes(Text *text, const char *bytes, size_t length);
void text_add_char(Text *text, char c);
void text_repeat(Text *text, char c, int times); /* none when TIMES is not positive */
void text_print(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *text_string(const Text *text); /* "" when nothing was added */
void text_clear(Text *text);
void text_release(Text *text);

/* Moves the text into the arena: a copy of it there, and TEXT released. */
const char *text_move(Text *text, Arena *arena);

/* "s" for any COUNT but one: "%ld row%s". */
const char *plural(long count);

#endif
