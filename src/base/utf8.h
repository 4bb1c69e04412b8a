/* UTF-8: is it, how wide is it, and is it safe to show. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* The first code point of BYTES (LENGTH > 0) and its length in bytes; 0 when the
   bytes are not UTF-8 (overlong forms, surrogates and > U+10FFFF are not). */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *code);

/* Where BYTES stop being UTF-8; LENGTH when they never do. */
size_t utf8_valid_prefix(const char *bytes, size_t length);

/* Columns that BYTES take on a terminal: combining marks none (also the hat of
   "ŷ" typed as two code points), wide East Asian characters two. */
int utf8_width(const char *bytes, size_t length);

/* Whether CODE can neither steer a terminal nor deceive a reader, as C0, C1, DEL, bidirectional
   controls and invisible signs can. */
bool utf8_is_safe(uint32_t code);

/* Adds foreign BYTES to TEXT with all that is not safe, and broken UTF-8, as \x1b, \u202e and the
   like. */
void utf8_add_escaped(Text *text, const char *bytes, size_t length);

#endif
