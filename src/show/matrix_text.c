#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "show/matrix_text.h"

static const MatrixKind kinds[] = {
    {"W", SYMBOL_WEIGHT, true},           {"b", SYMBOL_BIAS, true},
    {"gamma", SYMBOL_SCALE, true},        {"beta", SYMBOL_SHIFT, true},
    {"mean", SYMBOL_RUNNING_MEAN, false}, {"var", SYMBOL_RUNNING_VARIANCE, false},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const MatrixKind *matrix_kind(int index)
{
    return index < KINDS ? &kinds[index] : NULL;
}

static bool read_part(const char *text, MatrixName *name)
{
    Symbol symbol;
    size_t length = symbol_scan(text, &symbol);
    if (!length || text[length]) return false;
    name->layer = symbol.layer, name->from = symbol.from, name->node = symbol.node;
    for (int i = 0; i < KINDS; i++)
        if (kinds[i].kind == symbol.kind) name->kind = &kinds[i];
    return name->kind != NULL;
}

static bool read_whole(const char *text, MatrixName *name)
{
    int used = 0;
    const char *raised = strchr(text, '^');
    if (!raised || sscanf(raised, "^%4d%n", &name->layer, &used) != 1 || raised[used]) return false;
    for (int i = 0; i < KINDS; i++)
        if (strlen(kinds[i].name) == (size_t)(raised - text) &&
            !strncmp(text, kinds[i].name, (size_t)(raised - text)))
            name->kind = &kinds[i];
    return name->kind != NULL;
}

bool matrix_name_read(const Word *word, MatrixName *name)
{
    static const char page[] = "page.";
    const char *at = word->text;
    *name = (MatrixName){.column = word->column, .page = !strncmp(at, page, strlen(page))};
    if (name->page) at += strlen(page);
    const char *dot = strchr(at, '.');
    if (dot) {
        if ((size_t)(dot - at) >= sizeof name->slot) return false;
        memcpy(name->slot, at, (size_t)(dot - at));
        at = dot + 1;
    }
    return read_whole(at, name) || read_part(at, name);
}

/* The numbers of a slot, laid out like the parameters. */
static double *slot_numbers(Session *session, const MatrixName *name, Error *err)
{
    const Optimizer *optimizer = session->setup.descent.optimizer;
    if (!*name->slot) return session->pass->value;
    if (!name->kind->trained) {
        fail(err, name->column, "an optimizer keeps nothing of %s", name->kind->name);
        return NULL;
    }
    for (int s = 0; s < optimizer_slots(optimizer); s++)
        if (!strcmp(optimizer->slots[s], name->slot))
            return session->slots + (size_t)s * session_net(session)->parameters;
    fail(err, name->column, "the optimizer %s keeps no `%s`", optimizer->name, name->slot);
    return NULL;
}

static bool find_whole(const Session *session, const MatrixName *name, double *numbers,
                       MatrixPlace *place, Error *err)
{
    const Architecture *made = &session_net(session)->architecture;
    if (name->layer < 1 || name->layer > made->layers)
        return fail(err, name->column, "there is no layer %d: this network has %d", name->layer,
                    made->layers);
    Stored stored;
    if (!net_stored(session_net(session), name->kind->kind, name->layer, &stored))
        return fail(err, name->column, "layer %d of this network has no %s", name->layer,
                    name->kind->name);
    *place = (MatrixPlace){
        .numbers = numbers + stored.first, .rows = stored.rows, .columns = stored.columns};
    return true;
}

static bool find_part(const Session *session, const MatrixName *name, double *numbers,
                      MatrixPlace *place, Error *err)
{
    const Net *net = session_net(session);
    Symbol symbol = {name->kind->kind, name->layer, name->from, name->node};
    size_t element;
    Stored stored;
    if (!net_element(net, symbol, name->column, &element, err)) return false;
    net_stored(net, symbol.kind, symbol.layer, &stored);
    size_t end = stored.first + (size_t)stored.rows * (size_t)stored.columns;
    *place = (MatrixPlace){.numbers = numbers + element, .rows = 1, .room = (int)(end - element)};
    return true;
}

bool matrix_find(Session *session, const MatrixName *name, MatrixPlace *place, Error *err)
{
    if (name->page && !session->page)
        return fail(err, name->column,
                    "nothing is computed by hand: `set round 4` begins a page with 4 decimals");
    double *numbers = slot_numbers(session, name, err);
    if (!numbers) return false;
    bool found = name->node ? find_part(session, name, numbers, place, err)
                            : find_whole(session, name, numbers, place, err);
    if (!found) return false;
    place->unsigned_only = name->kind->kind == SYMBOL_RUNNING_VARIANCE;
    place->page = name->page;
    place->first = *name->slot
                       ? session_net(session)->stored + (size_t)(place->numbers - session->slots)
                       : (size_t)(place->numbers - numbers);
    return true;
}

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
