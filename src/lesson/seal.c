#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lesson/seal.h"

static const uint64_t offset_basis = 0xcbf29ce484222325, prime = 0x100000001b3;

static uint64_t hash(uint64_t value, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r') continue;
        value = (value ^ (unsigned char)bytes[i]) * prime;
    }
    return value;
}

/* The line around RANGE, its end included. */
static Range line_of(const Lesson *lesson, Range range)
{
    while (range.start && lesson->source[range.start - 1] != '\n') range.start--;
    const char *rest = lesson->source + range.end;
    const char *newline = memchr(rest, '\n', lesson->length - range.end);
    range.end = newline ? (size_t)(newline + 1 - lesson->source) : lesson->length;
    return range;
}

void seal_make(char seal[SEAL_SIZE], const Lesson *lesson)
{
    size_t begin = lesson_begin(lesson);
    Range line = lesson->seal ? line_of(lesson, lesson->seal_range) : (Range){begin, begin};
    uint64_t value = offset_basis;
    value = hash(value, lesson->source + begin, line.start - begin);
    value = hash(value, lesson->source + line.end, lesson->length - line.end);
    snprintf(seal, SEAL_SIZE, "%016" PRIx64, value);
}

bool seal_holds(const Lesson *lesson)
{
    char seal[SEAL_SIZE];
    seal_make(seal, lesson);
    return !lesson->seal || !strcmp(lesson->seal, seal);
}
