/* Numbers and their spelling. The decimal point is always "."; LC_NUMERIC is
   never set by this program, so the C library agrees. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { NUMBER_SIZE = 32 }; /* bytes that hold any spelling, its NUL included */

/* Spells VALUE in OUT with DIGITS significant digits (1..17), trailing zeros
   dropped; DIGITS 0: the fewest digits that read back as the same double.
   NaN and the infinities are nan, inf, -inf. Returns the length. */
int number_spell(char out[NUMBER_SIZE], double value, int digits);

/* Adds the fewest digits that read back as the same double. */
void number_add(Text *text, double value);

/* Reads a decimal number (also nan, inf) at TEXT, no leading blanks, no hex.
   Returns the bytes read, 0 when there is no number. */
size_t number_scan(const char *text, double *value);

/* The whole of TEXT as a number, or as an integer in [LOW, HIGH]. */
bool number_read(const char *text, double *value);
bool number_read_integer(const char *text, long low, long high, long *value);

/* The first of COUNT numbers that is not finite; COUNT when all are. */
size_t number_first_broken(const double *numbers, size_t count);

/* The Euclidean norm √(Σ numbers²), summed in order. Squares that overflow do no harm. */
double number_norm(const double *numbers, size_t count);

/* The smaller of two counts. */
static inline long number_least(long a, long b)
{
    return a < b ? a : b;
}

#endif
