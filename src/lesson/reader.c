#include <string.h>

#include "base/lines.h"
#include "base/utf8.h"
#include "lesson/reader.h"

/* The length of the line that begins at AT, and of its END. */
static size_t measure(const Lesson *lesson, size_t at, size_t *end)
{
    const char *bytes = lesson->source + at;
    const char *newline = memchr(bytes, '\n', lesson->length - at);
    *end = newline != NULL;
    size_t length = newline ? (size_t)(newline - bytes) : lesson->length - at;
    if (!newline || !length || newline[-1] != '\r') return length;
    *end = 2;
    return length - 1;
}

/* What an editor has saved in another encoding: UTF-16 has NULs between the letters, and mostly a
   mark before them; in Latin-1 what is no plain letter is no UTF-8. */
static bool is_text(const char *line, size_t length)
{
    return !memchr(line, '\0', length) && utf8_valid_prefix(line, length) == length;
}

/* A lone CR would be the end of a line to Markdown, and none to a session. */
static bool check_line(const char *line, size_t length, Error *err)
{
    Error why;
    if (!line_check(line, length, &why))
        return fail(err, why.column, "%s%s", why.message,
                    is_text(line, length) ? "" : ": save the file as UTF-8");
    const char *lone = memchr(line, '\r', length);
    if (!lone) return true;
    return fail(err, (int)(lone - line) + 1,
                "a carriage return stands alone within the line; lines end with LF or CRLF");
}

bool reader_begin(Reader *reader)
{
    const Lesson *lesson = reader->lesson;
    reader->text = arena_copy(&reader->lesson->arena, lesson->source, lesson->length);
    size_t begin = lesson_begin(lesson);
    reader->last.range.end = begin;
    for (size_t at = begin, length, end; at < lesson->length; at += length + end) {
        reader->line++;
        length = measure(lesson, at, &end);
        if (!check_line(lesson->source + at, length, reader->err)) return false;
        reader->text[at + length] = '\0';
    }
    reader->line = 0;
    return true;
}

bool reader_next(Reader *reader, Line *line)
{
    size_t begin = reader->last.range.end, end;
    if (begin == reader->lesson->length) return false;
    size_t length = measure(reader->lesson, begin, &end);
    reader->line = reader->last.number + 1;
    reader->last = (Line){reader->text + begin, reader->line, {begin, begin + length + end}};
    *line = reader->last;
    return true;
}

Line reader_go(Reader *reader, long number)
{
    for (Line line; reader->last.number < number && reader_next(reader, &line);) continue;
    reader->line = number;
    return reader->last;
}

void reader_add(Reader *reader, const Part *part)
{
    LIST_ADD(&reader->parts, part);
    reader->lesson->step_count += part->kind != PART_PASSAGES;
}

const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

const char *reader_copy(const Reader *reader, const char *text, size_t length)
{
    while (length && is_blank(*text)) text++, length--;
    while (length && is_blank(text[length - 1])) length--;
    return arena_copy(&reader->lesson->arena, text, length);
}

void *reader_list(const Reader *reader, Text *list)
{
    void *items = arena_copy(&reader->lesson->arena, text_string(list), list->length);
    text_clear(list);
    return items;
}
