/* The name that was probably meant by a misspelt word: the one with the fewest
   letters inserted, dropped, changed or swapped with their neighbour. Capitals do
   not count. Owns nothing. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* Returns one of NAMES (the first among equals), or NULL when none is near: about
   one slip in three letters is forgiven. */
const char *nearest(const char *word, const char *const *names, size_t count);

#endif
