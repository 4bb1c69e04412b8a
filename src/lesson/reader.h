/* What the parts of the reader share: the lesson that is being made, and where in its source they
   are. Private to the reader.

   All of them go through the lines from the first to the last, once. */
#ifndef LESSON_READER_H
#define LESSON_READER_H

#include "base/text.h"
#include "lesson/lesson.h"

typedef struct Line {
    const char *text; /* without its end, NUL-terminated; lasts as long as the lesson */
    long number;      /* from 1 */
    Range range;      /* in the source, with its end */
} Line;

typedef struct Reader {
    Lesson *lesson;
    char *text;  /* the source with NULs for the ends of lines */
    Line last;   /* read */
    long line;   /* what an error is about: that one, unless it is set */
    long pieces; /* passages and cells of the pages, so far */
    Text parts;  /* a list of Part */
    Error *err;
} Reader;

/* Begins to read the lesson's source: checks that every line is text, and passes over a byte order
   mark. */
bool reader_begin(Reader *reader);

/* The next line; false past the last. */
bool reader_next(Reader *reader, Line *line);

/* Line NUMBER, which is there and not before the last one read. */
Line reader_go(Reader *reader, long number);

/* Puts a part behind those that there are. */
void reader_add(Reader *reader, const Part *part);

/* A copy of LENGTH bytes of TEXT in the lesson's arena, without blanks at either end. */
const char *reader_copy(const Reader *reader, const char *text, size_t length);

/* Lists grow in a Text; moved into the lesson's arena, they are an array for good. */
#define LIST_ADD(list, item) text_add_bytes((list), (const char *)(item), sizeof *(item))
#define LIST_COUNT(list, type) ((int)((list)->length / sizeof(type)))
void *reader_list(const Reader *reader, Text *list);

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* TEXT after its first blanks. */
const char *skip_blanks(const char *text);

#endif
