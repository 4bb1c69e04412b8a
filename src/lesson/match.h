/* Whether a command has printed what its lesson says.

   Text is to be the same, blanks at the end of a line and empty lines at the end aside; numbers are
   compared as numeral.h has it, with the tolerance that it describes. `...` alone on a line stands
   for any lines, also none; `[..]` for any run inside a line. A line is split at these first: of a
   number that touches a wildcard only the digits that are there are compared, as text.

   Takes time in proportion to the text, also when there are many wildcards. Text that is made to
   be searched for ever (tens of thousands of numbers that nearly fit, in one line) is given up,
   as not matching. */
#ifndef LESSON_MATCH_H
#define LESSON_MATCH_H

#include "lesson/numeral.h"

/* Lines of text without their ends. Not owned. */
typedef struct Sheet {
    const char *const *lines;
    int count;
} Sheet;

bool match_lines(Sheet want, Sheet got, double tolerance);
bool match_line(const char *want, const char *got, double tolerance);

/* Whether LINE is `...`. */
bool match_is_gap(const char *line);

/* SHEET without the empty lines at its end. */
Sheet match_trim(Sheet sheet);

/* A number that a line asks for, and what stands in its place. */
typedef struct NumeralPair {
    Numeral want, got;
} NumeralPair;

typedef struct NumeralPairs {
    NumeralPair *items; /* freed by whoever asked for them */
    int count;
} NumeralPairs;

/* Whether the lines are the same but for their numbers, which PAIRS (or NULL) are; on failure
   it holds nothing. */
bool match_shape(const char *want, const char *got, NumeralPairs *pairs);

#endif
