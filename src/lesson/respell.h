/* A line of expected output whose numbers have changed, written as its author would have. */
#ifndef LESSON_RESPELL_H
#define LESSON_RESPELL_H

#include "base/text.h"

/* Adds the line that is to stand where WANT did, now that GOT is printed, which it matches.
   Where they differ in their numbers only, WANT stays but for those that no longer match: they
   get as many digits as stood there, if as many are printed. Else it is GOT. */
void respell_line(Text *text, const char *want, const char *got, double tolerance);

#endif
