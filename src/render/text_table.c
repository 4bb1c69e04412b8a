#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/text_renderer.h"

enum {
    COLUMN_GAP = 2,
    LEAST_WORDS = 16, /* columns that words need to be folded beside the others */
    ROWS_KEPT = 512,  /* to know the widths; whichever of the two is reached first */
    BYTES_KEPT = 64 * 1024
};

static void add_numbers(TextRenderer *text, Text *cell, const Cell *numbers)
{
    Cut cut = cut_of(text->speller.style, (int)numbers->count);
    for (int i = 0; i < (int)numbers->count; i++) {
        if (i) text_add(cell, ", ");
        if (!cut.whole && i == cut.head) {
            text_add(cell, cut_sign(text->speller.style));
            i = (int)numbers->count - cut.tail - 1;
        } else {
            speller_number(&text->speller, cell, numbers->numbers[i]);
        }
    }
}

static void add_prose(TextRenderer *text, const Prose *prose)
{
    Pieces *pieces = &text->pieces;
    show_spans(text, prose->spans, prose->count);
    pieces_end(pieces);
    piece_add(pieces, 0, &text->table.cells.text);
    pieces_drop(pieces, 0);
}

static void spell_content(TextRenderer *text, const Cell *cell)
{
    Text *out = &text->table.cells.text;
    switch (cell->kind) {
    case CELL_NONE: break;
    case CELL_TEXT: spell_prose(out, cell->text, text->speller.style); break;
    case CELL_FOREIGN: spell_foreign(out, cell->text, text->speller.style); break;
    case CELL_PROSE: add_prose(text, &cell->prose); break;
    case CELL_NUMBER: speller_number(&text->speller, out, cell->number); break;
    case CELL_INTEGER: text_print(out, "%ld", cell->integer); break;
    case CELL_TRUTH: text_add(out, cell->integer ? "yes" : "no"); break;
    case CELL_SYMBOL: speller_expr(&text->speller, out, cell->expr, SPELL_FORMULA); break;
    case CELL_NUMBERS: add_numbers(text, out, cell); break;
    }
}

static void spell_cell(TextRenderer *text, const Cell *cell)
{
    Text *out = &text->table.cells.text;
    if (cell->strong) paint(out, PAINT_RESULT, text->speller.style);
    spell_content(text, cell);
    if (cell->strong) paint(out, PAINT_PLAIN, text->speller.style);
}

/* Layout. */

static void measure_cells(TableLayout *table)
{
    for (int i = 0; i < table->cells.count; i++) {
        int *width = &table->columns[i % table->count].width,
            columns = table->cells.items[i].columns;
        if (columns > *width) *width = columns;
    }
}

static ColumnLayout *last_shown(TableLayout *table)
{
    ColumnLayout *last = NULL;
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].shown) last = &table->columns[i];
    return last;
}

/* Columns stand beside each other as long as there is room; the last one, if it holds
   words, makes do with what is left. */
static void place_columns(TableLayout *table, int room)
{
    const ColumnLayout *last = last_shown(table);
    int begin = table->indent, end = begin;
    for (int i = 0; i < table->count; i++) {
        ColumnLayout *column = &table->columns[i];
        if (!column->shown) continue;
        int start = end + (end > begin ? COLUMN_GAP : 0);
        bool words = column == last && !column->right && room - start >= LEAST_WORDS;
        column->under = start + column->width > room && start > begin && !words;
        column->start = column->under ? begin + INDENT : start;
        end = column->start + column->width;
    }
}

/* Writing. */

/* On a line that holds nothing yet a column below the others can stand just as well. */
static void go_under(Text *out)
{
    drop_blanks(out);
    if (out->length && out->bytes[out->length - 1] != '\n') text_add_char(out, '\n');
}

static int move_to(Text *out, const ColumnLayout *column, int at)
{
    if (column->under) {
        go_under(out);
        at = 0;
    }
    text_repeat(out, ' ', column->start > at ? column->start - at : COLUMN_GAP);
    return column->start > at ? column->start : at + COLUMN_GAP;
}

static size_t indentation(const char *bytes, size_t length)
{
    size_t blanks = 0;
    while (blanks < length && bytes[blanks] == ' ') blanks++;
    return blanks;
}

static void write_cells(TextRenderer *text, int first)
{
    const TableLayout *table = &text->table;
    Text *out = &text->output.text;
    Fold fold = {.width = text->speller.style->width, .prose = true};
    for (int i = 0; i < table->count; i++) {
        const ColumnLayout *column = &table->columns[i];
        const Piece *cell = &table->cells.items[first + i];
        if (!column->shown) continue;
        int at = fold.column = move_to(out, column, fold.column);
        int before =
            column->right && column->width > cell->columns ? column->width - cell->columns : 0;
        const char *bytes = piece_bytes(&table->cells, first + i);
        size_t blanks = indentation(bytes, cell->length);
        text_repeat(out, ' ', before + (int)blanks);
        fold.column += before + (int)blanks;
        fold.hang = at + (int)blanks;
        fold_add(&fold, out, bytes + blanks, cell->length - blanks);
    }
    show_end_line(out);
}

static void write_rule(TextRenderer *text)
{
    const TableLayout *table = &text->table;
    Text *out = &text->output.text;
    int at = 0;
    for (int i = 0; i < table->count; i++) {
        const ColumnLayout *column = &table->columns[i];
        if (!column->shown) continue;
        at = move_to(out, column, at);
        int room = text->speller.style->width - at;
        int width = column->width < room ? column->width : room;
        for (int j = 0; j < width; j++) text_add(out, text->speller.style->ascii ? "-" : "─");
        at += width > 0 ? width : 0;
    }
    show_end_line(out);
}

static void write_rows(TextRenderer *text)
{
    TableLayout *table = &text->table;
    if (!table->measured) {
        measure_cells(table);
        place_columns(table, text->speller.style->width);
        table->measured = true;
    }
    for (int first = 0; first < table->cells.count; first += table->count) {
        write_cells(text, first);
        if (table->heading && first == 0) write_rule(text);
        output_flush_if_full(&text->output);
    }
    table->heading = false;
    pieces_drop(&table->cells, 0);
}

/* The blocks. */

void show_table(TextRenderer *text, const Table *given, bool hidden)
{
    TableLayout *table = &text->table;
    show_table_end(text);
    table->open = true;
    table->hidden = hidden;
    table->heading = !given->headless;
    table->measured = false;
    table->count = given->count;
    int most = show_lead_most(text);
    table->indent = (given->indent < most ? given->indent : most) + INDENT;
    size_t size = (size_t)given->count * sizeof *table->columns;
    table->columns = memset(memory_resize(table->columns, size), 0, size);
    for (int i = 0; i < given->count; i++) {
        const char *heading = given->columns[i].heading;
        table->columns[i].shown = heading != NULL;
        if (!table->heading) continue;
        Text *cell = &table->cells.text;
        paint(cell, PAINT_HEADING, text->speller.style);
        if (heading) spell_prose(cell, heading, text->speller.style);
        paint(cell, PAINT_PLAIN, text->speller.style);
        pieces_end(&table->cells);
    }
}

void show_row(TextRenderer *text, const Cell *cells)
{
    TableLayout *table = &text->table;
    if (!table->open || table->hidden) return;
    for (int i = 0; i < table->count; i++) {
        bool number = cells[i].kind == CELL_NUMBER || cells[i].kind == CELL_INTEGER;
        if (!table->measured && number) table->columns[i].right = true;
        if (table->columns[i].shown) spell_cell(text, &cells[i]);
        pieces_end(&table->cells);
    }
    bool enough =
        table->cells.count >= ROWS_KEPT * table->count || table->cells.text.length >= BYTES_KEPT;
    if (enough) write_rows(text);
}

/* Headings over nothing are not worth showing. */
void show_table_end(TextRenderer *text)
{
    TableLayout *table = &text->table;
    if (!table->open) return;
    bool rows = table->cells.count > (table->heading ? table->count : 0);
    if (rows && !table->hidden) write_rows(text);
    pieces_drop(&table->cells, 0);
    table->open = false;
}

void show_table_release(TextRenderer *text)
{
    pieces_release(&text->table.cells);
    free(text->table.columns);
}
