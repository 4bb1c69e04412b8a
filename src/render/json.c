#include <stdlib.h>

#include "base/memory.h"
#include "render/json.h"

/* Blocks of one value. */

static void write_spans(JsonRenderer *json, const Block *block)
{
    Text *out = json_element(json, block->key, SHAPE_SCALAR);
    json_spans(json, out, block->spans, block->span_count);
}

static void write_text(JsonRenderer *json, const Block *block)
{
    json_prose(json, json_element(json, block->key, SHAPE_SCALAR), block->text);
}

static void write_field(JsonRenderer *json, const Block *block)
{
    json_cell(json, json_element(json, block->key, SHAPE_SCALAR), &block->cell);
}

/* Blocks of one element in a list. */

static void write_equation(JsonRenderer *json, const Block *block)
{
    json_equation(&json->speller, json_element(json, block->key, SHAPE_LIST), &block->equation);
}

static void write_derivation(JsonRenderer *json, const Block *block)
{
    json_element(json, block->key, SHAPE_LIST);
    json_derivation(json, &block->derivation);
}

static void write_path(JsonRenderer *json, const Block *block)
{
    json_element(json, block->key, SHAPE_LIST);
    json_factors(json, &block->derivation.chain);
}

static void write_matrices(JsonRenderer *json, const Block *block)
{
    for (int i = 0; i < block->matrix_count; i++)
        json_matrix(json, json_element(json, block->key, SHAPE_LIST), &block->matrices[i]);
}

static void write_plot(JsonRenderer *json, const Block *block)
{
    json_plot(json, json_element(json, block->key, SHAPE_SCALAR), &block->plot);
}

/* Tables. */

/* A table of one row is a value like any other. */
static Shape shape_of(const Table *table)
{
    return table->map ? SHAPE_MAP : table->object ? SHAPE_SCALAR : SHAPE_LIST;
}

static void write_table(JsonRenderer *json, const Block *block)
{
    JsonTable *state = &json->table;
    const Table *table = &block->table;
    state->hidden = !block->key;
    if (state->hidden) return;
    text_clear(&state->key);
    text_add(&state->key, block->key);
    pieces_drop(&state->keys, 0);
    for (int i = 0; i < table->count; i++) {
        if (table->columns[i].key) json_key(&state->keys.text, table->columns[i].key);
        pieces_end(&state->keys);
    }
    state->shape = shape_of(table);
    state->list = table->list;
    if (state->shape != SHAPE_SCALAR) json_field_open(json, block->key, state->shape);
}

/* A member name: a string even where the cell is a number. */
static void add_name(JsonRenderer *json, Text *out, const Cell *cell)
{
    bool quoted = cell->kind == CELL_INTEGER || cell->kind == CELL_NUMBER;
    if (quoted) text_add_char(out, '"');
    json_cell(json, out, cell);
    text_add(out, quoted ? "\":" : ":");
}

static void add_object(JsonRenderer *json, Text *out, const Cell *cells)
{
    const Pieces *keys = &json->table.keys;
    const char *before = "{";
    for (int i = 0; i < keys->count; i++) {
        if (!keys->items[i].length) continue;
        text_add(out, before);
        piece_add(keys, i, out);
        json_cell(json, out, &cells[i]);
        before = ",";
    }
    text_add_char(out, '}');
}

static const Cell *only_cell(const JsonTable *table, const Cell *cells)
{
    int i = 0;
    while (i < table->keys.count - 1 && !table->keys.items[i].length) i++;
    return &cells[i];
}

static void write_row(JsonRenderer *json, const Block *block)
{
    const JsonTable *table = &json->table;
    if (table->hidden) return;
    Text *out = json_element(json, text_string(&table->key), table->shape);
    if (table->shape == SHAPE_MAP) {
        add_name(json, out, &block->cells[0]);
        json_cell(json, out, &block->cells[1]);
    } else if (table->list) {
        json_cell(json, out, only_cell(table, block->cells));
    } else {
        add_object(json, out, block->cells);
    }
}

static void begin_object(JsonRenderer *json, const Block *block)
{
    json_nested_begin(json, block->key);
}

static void end_object(JsonRenderer *json, const Block *block)
{
    (void)block;
    json_nested_end(json);
}

static void ignore(JsonRenderer *json, const Block *block)
{
    (void)json, (void)block;
}

typedef struct BlockWriter {
    void (*write)(JsonRenderer *json, const Block *block);
    bool keyless; /* is called for blocks without a key too */
} BlockWriter;

static const BlockWriter writers[] = {
    [BLOCK_HEADING] = {write_spans, false},
    [BLOCK_NOTE] = {write_spans, false},
    [BLOCK_TEXT] = {write_text, false},
    [BLOCK_FIELD] = {write_field, false},
    [BLOCK_OBJECT] = {begin_object, false},
    [BLOCK_OBJECT_END] = {end_object, true},
    [BLOCK_EQUATION] = {write_equation, false},
    [BLOCK_DERIVATION] = {write_derivation, false},
    [BLOCK_PATH] = {write_path, false},
    [BLOCK_TABLE] = {write_table, true},
    [BLOCK_ROW] = {write_row, true},
    [BLOCK_TABLE_END] = {ignore, true},
    [BLOCK_MATRICES] = {write_matrices, false},
    [BLOCK_PLOT] = {write_plot, false},
    [BLOCK_PASSAGE] = {ignore, true},
};

/* The sink. */

static void begin_command(Sink *sink, const char *command)
{
    json_object_begin((JsonRenderer *)sink, command);
}

static void take_block(Sink *sink, const Block *block)
{
    JsonRenderer *json = (JsonRenderer *)sink;
    const BlockWriter *writer = &writers[block->kind];
    if (!block->key && !writer->keyless) return;
    writer->write(json, block);
    json_flush_if_full(json);
}

static void end_command(Sink *sink, const Failure *failure)
{
    JsonRenderer *json = (JsonRenderer *)sink;
    json_object_end(json, failure);
    if (failure) {
        failure_add(&json->scratch, failure, &json->style);
        output_error(&json->output, &json->scratch);
        text_clear(&json->scratch);
    }
    if (!json->depth) output_flush(&json->output);
}

static void release(Sink *sink)
{
    JsonRenderer *json = (JsonRenderer *)sink;
    for (int i = 0; i < json->capacity; i++) {
        Object *object = &json->objects[i];
        text_release(&object->command);
        text_release(&object->scalar);
        text_release(&object->aside);
        text_release(&object->key);
    }
    free(json->objects);
    text_release(&json->table.key);
    pieces_release(&json->table.keys);
    text_release(&json->scratch);
    text_release(&json->output.text);
    number_cache_free(json->speller.numbers);
    free(json);
}

Sink *render_json(Writer *writer, const Style *style)
{
    JsonRenderer *json = memory_new(sizeof *json);
    json->renderer = (Renderer){{begin_command, take_block, end_command, true}, release};
    json->style = (Style){.ascii = true, .width = style->width};
    json->speller = (Speller){&json->style, number_cache_new()};
    json->output.writer = writer;
    return &json->renderer.sink;
}
