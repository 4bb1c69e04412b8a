/* Lines from a file descriptor, checked: what is no line of text is reported with its
   position and skipped, and reading goes on with the next line. */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { LINE_LIMIT = 64 * 1024 }; /* bytes in a line, without its end */

typedef struct Lines Lines;

typedef enum LineStatus {
    LINE_READ,
    LINE_REFUSED, /* too long, a NUL byte or broken UTF-8: ERR says what and where */
    LINE_END,     /* the end of the file */
    LINE_FAILED   /* read(2) failed or a signal interrupted it: ERR says why */
} LineStatus;

/* Does not own DESCRIPTOR. */
Lines *lines_new(int descriptor);
void lines_free(Lines *lines);

/* The next line without its LF or CRLF; a BOM before the first is dropped, a last line
   needs no end. *LINE is NUL-terminated and valid until the next call. After LINE_FAILED
   the next call tries again. */
LineStatus lines_next(Lines *lines, const char **line, size_t *length, Error *err);

/* Whether the next call has a whole line, or the end, without reading. */
bool lines_ready(const Lines *lines);

/* Whether LINE may be executed: the check that lines_next makes, for lines that come
   from elsewhere (-e, a lesson, an editor). */
bool line_check(const char *line, size_t length, Error *err);

#endif
