/* What went wrong, for the person who typed the line.

   A function that can fail returns bool and takes an Error; on failure it says
   what is wrong and what would be right, in one line without a final full stop,
   and where: a byte column in the line that was executed. The caller owns the
   Error; nothing here prints. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

typedef struct Error {
    int column; /* 1 is the line's first byte; 0: the line as a whole */
    char message[512];
} Error;

/* Fills ERR (printf's FORMAT) and returns false, so that a caller can write
   `return fail(err, column, "...")`. ERR may be NULL when nobody wants to know. */
bool fail(Error *err, int column, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
