#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "engine/dataset.h"
#include "engine/dataset_csv.h"

enum {
    CHUNK_SIZE = 64 * 1024,
    FIELD_LIMIT = 64 * 1024, /* a missing quote must not read the whole file into one field */
    EXCERPT_LENGTH = 40,
    PATH_LENGTH = 120
};

typedef struct Reader {
    struct csv_parser parser;
    const CsvHandler *handler;
    const char *path;
    Error *err;
    bool failed;
    size_t line;                    /* the physical line that is being parsed */
    bool returned;                  /* a CR was seen: it ends a line unless an LF follows */
    size_t record_line, field_line; /* where the record and the field being parsed begin */
    int column;                     /* the last complete one of this record */
    char chunk[CHUNK_SIZE];
} Reader;

static void add_excerpt(Text *text, const char *bytes, size_t length, size_t limit)
{
    size_t cut = length <= limit ? length : limit;
    while (cut < length && cut > 0 && (bytes[cut] & 0xc0) == 0x80) cut--;
    utf8_add_escaped(text, bytes, cut);
    if (cut < length) text_add(text, "...");
}

const char *csv_excerpt(char out[CSV_EXCERPT_SIZE], const char *bytes, size_t length)
{
    Text text = {0};
    add_excerpt(&text, bytes, length, EXCERPT_LENGTH);
    snprintf(out, CSV_EXCERPT_SIZE, "%s", text_string(&text));
    text_release(&text);
    return out;
}

static void add_place(Text *text, CsvPlace place)
{
    const char *slash = strrchr(place.path, '/');
    const char *path = slash && strlen(place.path) > PATH_LENGTH ? slash + 1 : place.path;
    add_excerpt(text, path, strlen(path), PATH_LENGTH);
    if (place.line) text_print(text, ":%zu", place.line);
    text_add(text, ": ");
    if (!place.column) return;
    text_print(text, "column %d", place.column);
    if (place.heading && *place.heading) {
        text_add(text, " (");
        add_excerpt(text, place.heading, strlen(place.heading), EXCERPT_LENGTH);
        text_add(text, ")");
    }
    text_add(text, ": ");
}

bool csv_fail(Error *err, CsvPlace place, const char *format, ...)
{
    char message[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    Text text = {0};
    add_place(&text, place);
    fail(err, 0, "%s%s", text_string(&text), message);
    text_release(&text);
    return false;
}

static CsvPlace place_of_field(const Reader *reader, int column)
{
    return (CsvPlace){reader->path, reader->field_line, column, NULL};
}

static bool refuse_long(const Reader *reader, int column)
{
    return csv_fail(reader->err, place_of_field(reader, column),
                    "longer than %d bytes; is its closing quote missing?", FIELD_LIMIT);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool pass_on(Reader *reader, char *text, size_t length)
{
    CsvPlace place = place_of_field(reader, reader->column);
    if (length >= FIELD_LIMIT) return refuse_long(reader, reader->column);
    if (reader->column > DATASET_COLUMN_LIMIT)
        return csv_fail(reader->err, place, "more than %d columns", DATASET_COLUMN_LIMIT);
    while (length && is_blank(text[length - 1])) text[--length] = '\0';
    while (length && is_blank(*text)) text++, length--;
    CsvField field = {place, text, length};
    return reader->handler->field(reader->handler->self, &field, reader->err);
}

static void end_field(void *bytes, size_t length, void *data)
{
    Reader *reader = data;
    if (reader->failed) return;
    reader->line += reader->returned;
    reader->returned = false;
    reader->column++;
    reader->failed = !pass_on(reader, bytes, length);
    reader->field_line = reader->line;
}

/* Called for every CR and LF outside quotes, so also after nothing at all. */
static void end_record(int end, void *data)
{
    Reader *reader = data;
    if (reader->failed) return;
    if (reader->column) {
        CsvPlace place = {reader->path, reader->record_line, 0, NULL};
        const CsvHandler *handler = reader->handler;
        reader->failed = !handler->record(handler->self, place, reader->column, reader->err);
    }
    reader->line += reader->returned && end == '\r';
    reader->returned = end == '\r';
    reader->column = 0;
    reader->record_line = reader->field_line = reader->line + 1;
}

static bool refuse_syntax(Reader *reader)
{
    CsvPlace place = place_of_field(reader, reader->column + 1);
    if (csv_error(&reader->parser) != CSV_EPARSE)
        return csv_fail(reader->err, place, "out of memory");
    return csv_fail(reader->err, place,
                    "its quotes do not match; a quote inside quotes is written twice");
}

static bool parse_line(Reader *reader, const char *bytes, size_t length)
{
    CsvPlace place = {reader->path, reader->line, 0, NULL};
    if (memchr(bytes, '\0', length))
        return csv_fail(reader->err, place, "a NUL byte; a CSV file is text in UTF-8");
    size_t parsed = csv_parse(&reader->parser, bytes, length, end_field, end_record, reader);
    if (reader->failed) return false;
    if (parsed < length) return refuse_syntax(reader);
    if (csv_get_buffer_size(&reader->parser) > FIELD_LIMIT)
        return refuse_long(reader, reader->column + 1);
    reader->line += bytes[length - 1] == '\n';
    return true;
}

/* Line by line, because libcsv does not say where in the text its fields are. */
static bool parse(Reader *reader, const char *bytes, size_t length)
{
    for (size_t size; length; bytes += size, length -= size) {
        const char *end = memchr(bytes, '\n', length);
        size = end ? (size_t)(end - bytes) + 1 : length;
        if (!parse_line(reader, bytes, size)) return false;
    }
    return true;
}

static bool fill(Reader *reader, int file, size_t *length)
{
    *length = 0;
    while (*length < CHUNK_SIZE) {
        ssize_t size = read(file, reader->chunk + *length, CHUNK_SIZE - *length);
        if (size == 0) break;
        if (size > 0)
            *length += (size_t)size;
        else if (errno != EINTR)
            return csv_fail(reader->err, (CsvPlace){.path = reader->path}, "%s", strerror(errno));
    }
    return true;
}

/* In a heading or a row of numbers, a semicolon or a tab outside quotes is no part of a
   field; a comma beside them may be a decimal one. */
static char find_separator(const char *bytes, size_t length)
{
    char separator = ',';
    bool quoted = false, empty = true;
    for (size_t i = 0; i < length && separator != ';'; i++) {
        if (bytes[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if ((bytes[i] == '\n' || bytes[i] == '\r') && !empty) break;
        if (bytes[i] == ';' || bytes[i] == '\t') separator = bytes[i];
        if (!is_blank(bytes[i])) empty = false;
    }
    return separator;
}

static size_t skip_mark(const Reader *reader, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf"; /* UTF-8's byte order mark */
    return length >= 3 && !memcmp(reader->chunk, mark, 3) ? 3 : 0;
}

static bool read_all(Reader *reader, int file)
{
    size_t length;
    if (!fill(reader, file, &length)) return false;
    size_t start = skip_mark(reader, length);
    char separator = find_separator(reader->chunk + start, length - start);
    csv_set_delim(&reader->parser, (unsigned char)separator);
    while (length) {
        if (!parse(reader, reader->chunk + start, length - start)) return false;
        if (!fill(reader, file, &length)) return false;
        start = 0;
    }
    if (csv_fini(&reader->parser, end_field, end_record, reader)) return refuse_syntax(reader);
    return !reader->failed;
}

bool csv_read(const char *path, const char *name, const CsvHandler *handler, Error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return csv_fail(err, (CsvPlace){.path = name}, "%s", strerror(errno));
    Reader *reader = memory_new(sizeof *reader);
    reader->handler = handler;
    reader->path = name;
    reader->err = err;
    reader->line = reader->record_line = reader->field_line = 1;
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL);
    csv_set_blk_size(&reader->parser, FIELD_LIMIT);
    bool done = read_all(reader, file);
    csv_free(&reader->parser);
    free(reader);
    close(file);
    return done;
}
