#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/arena.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "engine/dataset.h"
#include "engine/dataset_coding.h"
#include "engine/dataset_target.h"

enum { FIRST_LIMIT = 16 * 1024 * 1024 }; /* bytes in the first record, which is kept whole */

typedef struct Loader {
    const DatasetOptions *options;
    Dataset *data;
    size_t capacity; /* rows that data->values has room for */
    Text first;      /* the first record's fields, a NUL after each, until it is complete */
    bool begun;      /* the first record is complete: it shaped the dataset */
    size_t first_line;
    const char **headings; /* NULL: the file has none */
    TargetColumns columns;
    Classes *classes; /* of a coded target; else NULL */
    Ranking ranking;  /* of them, once all are known */
    Arena arena;      /* what is needed only while loading */
} Loader;

static size_t width(const Loader *loader)
{
    return (size_t)loader->columns.count;
}

static bool is_target(const Loader *loader, int column)
{
    return loader->columns.slots[column - 1] >= loader->columns.count - loader->columns.targets;
}

static bool is_decimal_comma(const char *text, size_t length)
{
    char copy[NUMBER_SIZE];
    double value;
    const char *comma = strchr(text, ',');
    if (!comma || length >= sizeof copy) return false;
    memcpy(copy, text, length + 1);
    copy[comma - text] = '.';
    return number_read(copy, &value);
}

static bool refuse_text(const Loader *loader, const CsvField *field, Error *err)
{
    char shown[CSV_EXCERPT_SIZE];
    csv_excerpt(shown, field->text, field->length);
    int column = field->place.column;
    if (is_decimal_comma(field->text, field->length))
        return csv_fail(err, field->place,
                        "\"%s\" is not a number; decimals are written with a point", shown);
    if (loader->data->rows == 0 && !loader->headings && loader->options->header == HEADER_GUESS)
        return csv_fail(err, field->place,
                        "\"%s\" is not a number; for a line of headings say header=yes", shown);
    if (is_target(loader, column))
        return csv_fail(err, field->place,
                        "\"%s\" is not a number; for classes say target=%d:onehot", shown, column);
    return csv_fail(err, field->place, "\"%s\" is not a number", shown);
}

static bool refuse_value(const Loader *loader, const CsvField *field, Error *err)
{
    char *end;
    double value = strtod(field->text, &end);
    if (!field->length) return csv_fail(err, field->place, "the value is missing");
    if (*end || isfinite(value)) return refuse_text(loader, field, err);
    char shown[CSV_EXCERPT_SIZE];
    csv_excerpt(shown, field->text, field->length);
    return csv_fail(err, field->place, "\"%s\" is not a finite number", shown);
}

static bool store(Loader *loader, const CsvField *field, Error *err)
{
    int column = field->place.column;
    if (column > loader->columns.count) return true; /* the record's end will tell */
    double *row = loader->data->values + loader->data->rows * width(loader);
    double *value = row + loader->columns.slots[column - 1];
    bool coded = loader->classes && is_target(loader, column);
    if (!coded && number_read(field->text, value) && isfinite(*value)) return true;
    CsvField named = *field;
    if (loader->headings) named.place.heading = loader->headings[column - 1];
    return coded ? coding_read(loader->classes, loader->options->like, &named, value, err)
                 : refuse_value(loader, &named, err);
}

/* Room for one more row. Doubling costs no memory: large blocks are moved by the page
   tables, and pages not yet written to are not there. */
static bool reserve(Loader *loader, Error *err)
{
    Dataset *data = loader->data;
    if (data->rows < loader->capacity) return true;
    size_t capacity = loader->capacity ? loader->capacity * 2 : 16;
    bool fits = capacity <= SIZE_MAX / 2 / sizeof(double) / width(loader);
    double *values = fits ? realloc(data->values, capacity * width(loader) * sizeof *values) : NULL;
    if (!values)
        return csv_fail(err, (CsvPlace){.path = data->name}, "out of memory after %zu rows",
                        data->rows);
    data->values = values;
    loader->capacity = capacity;
    return true;
}

/* The fields of the first record, one after the other. */
static const char **split_first(Loader *loader)
{
    const char **fields = arena_new(&loader->arena, width(loader) * sizeof *fields);
    const char *at = loader->first.bytes;
    for (size_t i = 0; i < width(loader); i++, at += strlen(at) + 1) fields[i] = at;
    return fields;
}

static bool is_heading(const Loader *loader, const char *const *fields)
{
    if (loader->options->header != HEADER_GUESS) return loader->options->header == HEADER_YES;
    double value;
    for (size_t i = 0; i < width(loader); i++)
        if (number_read(fields[i], &value)) return false;
    return true;
}

static bool end_row(Loader *loader, Error *err)
{
    loader->data->rows++;
    return reserve(loader, err);
}

static bool store_first(Loader *loader, CsvPlace place, const char *const *fields, Error *err)
{
    for (place.column = 1; place.column <= loader->columns.count; place.column++) {
        const char *text = fields[place.column - 1];
        CsvField field = {place, text, strlen(text)};
        if (!store(loader, &field, err)) return false;
    }
    return end_row(loader, err);
}

/* Before a value is read: one that is out of place would say less. */
static bool check_inputs(const Loader *loader, Error *err)
{
    const Dataset *like = loader->options->like;
    int inputs = loader->columns.count - loader->columns.targets;
    return !like || like->inputs == inputs ||
           csv_fail(err, (CsvPlace){.path = loader->data->name}, "%d input%s, but %s has %d",
                    inputs, plural(inputs), like->name, like->inputs);
}

static void expect_classes(Loader *loader)
{
    const Dataset *like = loader->options->like;
    loader->classes = arena_new(&loader->arena, sizeof *loader->classes);
    if (like) classes_adopt(loader->classes, like);
}

static bool begin(Loader *loader, CsvPlace place, int count, Error *err)
{
    if (count < 2)
        return csv_fail(err, place,
                        "only one column; inputs and a target are needed, separated "
                        "by commas, semicolons or tabs");
    loader->begun = true;
    loader->first_line = place.line;
    loader->columns.count = count;
    const char **fields = split_first(loader);
    if (is_heading(loader, fields)) loader->headings = fields;
    loader->columns.headings = loader->headings;
    loader->columns.slots = arena_new(&loader->arena, width(loader) * sizeof(int));
    if (!target_read(loader->options->target, &loader->columns, err)) return false;
    if (!check_inputs(loader, err)) return false;
    if (loader->columns.coding != CODING_NONE) expect_classes(loader);
    if (!reserve(loader, err)) return false;
    return loader->headings || store_first(loader, place, fields, err);
}

static bool take_field(void *self, const CsvField *field, Error *err)
{
    Loader *loader = self;
    if (loader->begun) return store(loader, field, err);
    if (loader->first.length > FIRST_LIMIT)
        return csv_fail(err, field->place, "a first record of more than %d bytes", FIRST_LIMIT);
    text_add_bytes(&loader->first, field->text, field->length + 1);
    return true;
}

static bool take_record(void *self, CsvPlace place, int count, Error *err)
{
    Loader *loader = self;
    const volatile sig_atomic_t *interrupted = loader->options->interrupted;
    if (interrupted && *interrupted) return fail(err, 0, "interrupted");
    if (!loader->begun) return begin(loader, place, count, err);
    if (count == loader->columns.count) return end_row(loader, err);
    return csv_fail(err, place, "%d column%s, but line %zu has %d", count, plural(count),
                    loader->first_line, loader->columns.count);
}

static bool resize_values(Dataset *data, Error *err)
{
    size_t columns = (size_t)data->inputs + (size_t)data->targets;
    bool fits = data->rows <= SIZE_MAX / sizeof(double) / columns;
    double *values = fits ? realloc(data->values, data->rows * columns * sizeof *values) : NULL;
    if (values) data->values = values;
    return values || csv_fail(err, (CsvPlace){.path = data->name},
                              "out of memory for %zu rows of %zu columns", data->rows, columns);
}

static bool code_classes(Loader *loader, Error *err)
{
    Dataset *data = loader->data;
    if (!coding_rank(data, loader->classes, &loader->ranking, err)) return false;
    if (data->coding == CODING_ONE_HOT) data->targets = loader->ranking.count;
    if (!resize_values(data, err)) return false;
    coding_write(data, loader->ranking.ranks);
    return true;
}

static char *safe_copy(const char *name)
{
    Text text = {0};
    utf8_add_escaped(&text, name, strlen(name));
    char *copy = memory_copy(text_string(&text));
    text_release(&text);
    return copy;
}

/* The notes' names for a column without a heading. */
static char *symbol_name(const Dataset *data, int slot)
{
    Text text = {0};
    bool input = slot < data->inputs, alone = !input && data->targets == 1;
    text_add(&text, input ? "x" : "y");
    if (!alone) text_print(&text, "%d", input ? slot + 1 : slot - data->inputs + 1);
    return text.bytes;
}

/* The names of the file's columns; one-hot targets have none in the file. */
static void name_columns(const Loader *loader)
{
    Dataset *data = loader->data;
    for (int i = 0; i < loader->columns.count; i++) {
        int slot = loader->columns.slots[i];
        if (data->coding == CODING_ONE_HOT && slot >= data->inputs) continue;
        bool named = loader->headings && *loader->headings[i];
        data->columns[slot] = named ? safe_copy(loader->headings[i]) : symbol_name(data, slot);
    }
}

static void name_classes(Dataset *data, const Ranking *ranking)
{
    char **names = data->coding == CODING_SIGNS ? data->signs : data->columns + data->inputs;
    for (int i = 0; i < ranking->count; i++) names[i] = safe_copy(ranking->names[i]);
}

static void describe_columns(const Loader *loader)
{
    Dataset *data = loader->data;
    int count = data->inputs + data->targets;
    data->columns = memory_new((size_t)count * sizeof *data->columns);
    data->scales = memory_new((size_t)count * sizeof *data->scales);
    for (int i = 0; i < count; i++) data->scales[i] = (ColumnScale){0, 1};
    name_columns(loader);
    if (loader->classes) name_classes(data, &loader->ranking);
}

static bool finish(Loader *loader, Error *err)
{
    Dataset *data = loader->data;
    CsvPlace place = {.path = data->name};
    if (!loader->begun) return csv_fail(err, place, "the file is empty");
    if (!data->rows) return csv_fail(err, place, "a line of headings, but no rows");
    data->targets = loader->columns.targets;
    data->inputs = loader->columns.count - data->targets;
    data->coding = loader->columns.coding;
    if (!(loader->classes ? code_classes(loader, err) : resize_values(data, err))) return false;
    describe_columns(loader);
    return true;
}

Dataset *dataset_load(const char *path, const DatasetOptions *options, Error *err)
{
    Loader loader = {.options = options, .data = memory_new(sizeof *loader.data)};
    loader.columns.path = loader.data->name = memory_copy(options->name ? options->name : path);
    loader.data->references = 1;
    loader.data->target = options->target ? memory_copy(options->target) : NULL;
    loader.data->header = options->header;
    CsvHandler handler = {take_field, take_record, &loader};
    bool done = csv_read(path, loader.data->name, &handler, err) && finish(&loader, err);
    if (loader.classes) classes_release(loader.classes);
    text_release(&loader.first);
    arena_release(&loader.arena);
    if (done) return loader.data;
    dataset_release(loader.data);
    return NULL;
}
