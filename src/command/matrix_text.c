#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/matrix_text.h"

typedef struct Reader {
    const char *text, *at;
    int column;
    const MatrixPlace *place;
    Error *err;
} Reader;

static int here(const Reader *reader)
{
    return reader->column + (int)(reader->at - reader->text);
}

static void skip_blanks(Reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\t' || *reader->at == ',') reader->at++;
}

/* How a whole matrix of that shape is written. */
static const char *form(const MatrixPlace *place)
{
    if (place->rows == 1) return place->columns == 1 ? "[a]" : "[a b]";
    return place->columns == 1 ? "[a; b]" : "[a b; c d]";
}

static bool expect(Reader *reader, char sign, const char *after)
{
    skip_blanks(reader);
    if (*reader->at == sign) return reader->at++, true;
    const MatrixPlace *place = reader->place;
    if (place->room) return fail(reader->err, here(reader), "expected `%c` %s", sign, after);
    return fail(reader->err, here(reader), "expected `%c` %s: a %d×%d matrix is written %s", sign,
                after, place->rows, place->columns, form(place));
}

static bool read_number(Reader *reader, double *number)
{
    skip_blanks(reader);
    size_t length = number_scan(reader->at, number);
    const MatrixPlace *place = reader->place;
    if (!length && place->room) return fail(reader->err, here(reader), "expected a number or `]`");
    if (!length)
        return fail(reader->err, here(reader), "expected a number: the matrix has %d row%s of %d",
                    place->rows, plural(place->rows), place->columns);
    if (!isfinite(*number)) return fail(reader->err, here(reader), "a parameter must be finite");
    if (place->unsigned_only && *number < 0)
        return fail(reader->err, here(reader), "a variance cannot be negative");
    reader->at += length;
    return true;
}

static bool read_whole_matrix(Reader *reader, double *out)
{
    for (int i = 0; i < reader->place->rows; i++) {
        if (i && !expect(reader, ';', "between the rows")) return false;
        for (int j = 0; j < reader->place->columns; j++)
            if (!read_number(reader, out++)) return false;
    }
    return expect(reader, ']', "at the end");
}

static bool read_list(Reader *reader, double *out, MatrixPlace *place)
{
    for (skip_blanks(reader); *reader->at != ']'; skip_blanks(reader)) {
        if (place->columns == place->room)
            return fail(reader->err, here(reader), "too many numbers: the matrix ends after %d",
                        place->room);
        if (!read_number(reader, &out[place->columns++])) return false;
    }
    reader->at++;
    return true;
}

bool matrix_read(Arena *arena, const char *text, int column, MatrixPlace *place, double **numbers,
                 Error *err)
{
    Reader reader = {text, text, column, place, err};
    size_t most = strlen(text) / 2 + 1;
    size_t count = place->room ? (size_t)place->room : (size_t)place->rows * (size_t)place->columns;
    *numbers = arena_new(arena, sizeof(double) * (count < most ? count : most));
    if (!expect(&reader, '[', "first")) return false;
    bool ok =
        place->room ? read_list(&reader, *numbers, place) : read_whole_matrix(&reader, *numbers);
    if (!ok) return false;
    skip_blanks(&reader);
    return !*reader.at || fail(err, here(&reader), "unexpected `%s` after the matrix", reader.at);
}

void matrix_spell(Text *text, const double *numbers, int rows, int columns)
{
    text_add_char(text, '[');
    for (int i = 0; i < rows; i++) {
        if (i) text_add(text, "; ");
        for (int j = 0; j < columns; j++) {
            if (j) text_add_char(text, ' ');
            number_add(text, *numbers++);
        }
    }
    text_add_char(text, ']');
}
