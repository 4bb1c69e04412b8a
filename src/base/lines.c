#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/memory.h"
#include "base/utf8.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* What may yet turn out a line that fits: a byte order mark before it, a CR behind it.
   As much again is read ahead. */
enum { LONGEST = 3 + LINE_LIMIT + 1, BUFFER = 2 * LONGEST };

struct Lines {
    int descriptor;
    bool started, ended;
    bool skipping;     /* inside a line too long to be kept */
    size_t begin, end; /* of what is read but not yet handed out */
    char buffer[BUFFER + 1];
};

Lines *lines_new(int descriptor)
{
    Lines *lines = memory_new(sizeof *lines);
    lines->descriptor = descriptor;
    return lines;
}

void lines_free(Lines *lines)
{
    free(lines);
}

static bool refuse_length(Error *err)
{
    return fail(err, LINE_LIMIT + 1, "the line is longer than %d bytes", (int)LINE_LIMIT);
}

bool line_check(const char *line, size_t length, Error *err)
{
    if (length > LINE_LIMIT) return refuse_length(err);
    const char *nul = memchr(line, '\0', length);
    if (nul) {
        int column = (int)(nul - line) + 1;
        return fail(err, column, "byte %d of the line is a NUL, which no text contains", column);
    }
    size_t valid = utf8_valid_prefix(line, length);
    if (valid < length) {
        int column = (int)valid + 1;
        return fail(err, column, "byte %d of the line (0x%02x) is not UTF-8", column,
                    (unsigned char)line[valid]);
    }
    return true;
}

static bool read_more(Lines *lines, Error *err)
{
    memmove(lines->buffer, lines->buffer + lines->begin, lines->end - lines->begin);
    lines->end -= lines->begin;
    lines->begin = 0;
    ssize_t got = read(lines->descriptor, lines->buffer + lines->end, BUFFER - lines->end);
    if (got < 0) return fail(err, 0, "%s", errno == EINTR ? "interrupted" : strerror(errno));
    lines->ended = got == 0;
    lines->end += (size_t)got;
    return true;
}

/* Hands out what lies before NEWLINE, or the unfinished last line if there is none. */
static LineStatus take(Lines *lines, char *newline, const char **line, size_t *length, Error *err)
{
    char *first = lines->buffer + lines->begin;
    char *stop = newline ? newline : lines->buffer + lines->end;
    lines->begin = (size_t)(stop - lines->buffer) + (newline != NULL);
    *stop = '\0';
    if (lines->skipping) {
        lines->skipping = false;
        lines->started = true;
        refuse_length(err);
        return LINE_REFUSED;
    }
    if (!lines->started && !strncmp(first, byte_order_mark, 3)) first += 3;
    lines->started = true;
    if (newline && stop > first && stop[-1] == '\r') *--stop = '\0';
    *line = first;
    *length = (size_t)(stop - first);
    return line_check(first, *length, err) ? LINE_READ : LINE_REFUSED;
}

LineStatus lines_next(Lines *lines, const char **line, size_t *length, Error *err)
{
    for (size_t searched = 0;;) {
        size_t size = lines->end - lines->begin;
        char *first = lines->buffer + lines->begin;
        char *newline = memchr(first + searched, '\n', size - searched);
        if (newline) return take(lines, newline, line, length, err);
        if (size > LONGEST) lines->skipping = true;
        if (lines->skipping) lines->begin = lines->end;
        if (lines->ended) {
            bool rest = size > 0 || lines->skipping;
            return rest ? take(lines, NULL, line, length, err) : LINE_END;
        }
        searched = lines->end - lines->begin;
        if (!read_more(lines, err)) return LINE_FAILED;
    }
}

bool lines_ready(const Lines *lines)
{
    const char *first = lines->buffer + lines->begin;
    return lines->ended || memchr(first, '\n', lines->end - lines->begin);
}
