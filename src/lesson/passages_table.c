#include <string.h>

#include "base/utf8.h"
#include "lesson/passages.h"

/* Finds the next cell of a row, from *ROW on. Its end is a bar that stands behind no backslash. */
static bool next_cell(const char **row, const char **cell, size_t *length)
{
    const char *at = skip_blanks(*row);
    if (!*at) return false;
    *cell = at;
    while (*at && *at != '|') at += *at == '\\' && at[1] ? 2 : 1;
    *length = (size_t)(at - *cell);
    *row = at + (*at == '|');
    return true;
}

/* A row without its first bar. */
static const char *row_of(const char *text)
{
    text = skip_blanks(text);
    return text + (*text == '|');
}

static int count_cells(const char *row)
{
    int count = 0;
    size_t length;
    for (const char *cell; next_cell(&row, &cell, &length);) count++;
    return count;
}

/* `:---:` */
static bool is_delimiter(const char *cell, size_t length)
{
    while (length && is_blank(cell[length - 1])) length--;
    size_t colon = length && *cell == ':';
    size_t dashes = strspn(cell + colon, "-");
    size_t end = colon + dashes;
    end += end < length && cell[end] == ':';
    return dashes && end == length;
}

static bool is_delimiter_row(const char *row)
{
    size_t length;
    if (!strchr(row, '|')) return false;
    for (const char *cell; next_cell(&row, &cell, &length);)
        if (!is_delimiter(cell, length)) return false;
    return true;
}

/* The text of one of PARAGRAPH's lines after what it is in: quotations or lists. */
static const char *line_of(PassageReader *passages, cmark_node *paragraph, long number)
{
    const char *text = reader_go(passages->reader, number).text;
    bool first = number == cmark_node_get_start_line(paragraph);
    return first ? text + cmark_node_get_start_column(paragraph) - 1 : text + strspn(text, " \t>");
}

/* Adds COLUMNS cells of ROW, each as a paragraph of its own. The full stop before it keeps libcmark
   from seeing a list or a heading in it. */
static void add_row(Text *markdown, const char *row, int columns)
{
    for (int i = 0; i < columns; i++) {
        const char *cell;
        size_t length;
        text_add_char(markdown, '.');
        if (next_cell(&row, &cell, &length))
            for (size_t at = 0; at < length; at++)
                if (cell[at] != '\\' || cell[at + 1] != '|') text_add_char(markdown, cell[at]);
        text_add(markdown, "\n\n");
    }
}

static Prose read_cell(PassageReader *passages, cmark_node *cell)
{
    cmark_node *first = cmark_node_first_child(cell);
    cmark_node_set_literal(first, cmark_node_get_literal(first) + 1);
    return inlines_read(&passages->inlines, cell);
}

/* The columns are called what the first row says. */
static const Column *read_columns(PassageReader *passages, cmark_node **cell, int count,
                                  bool *headless)
{
    Arena *arena = &passages->reader->lesson->arena;
    Column *columns = arena_new(arena, (size_t)count * sizeof *columns);
    *headless = true;
    for (int i = 0; i < count; i++, *cell = cmark_node_next(*cell)) {
        Text heading = {0};
        read_cell(passages, *cell);
        utf8_add_escaped(&heading, text_string(&passages->inlines.plain),
                         passages->inlines.plain.length);
        *headless &= !heading.length;
        columns[i].key = columns[i].heading = text_move(&heading, arena);
    }
    return columns;
}

static void add_cells(PassageReader *passages, cmark_node *cell, int columns, long line)
{
    int indent = utf8_width(text_string(&passages->rest), passages->rest.length);
    Block table = {.kind = BLOCK_TABLE, .table = {.count = columns, .indent = indent}};
    table.table.columns = read_columns(passages, &cell, columns, &table.table.headless);
    passages_add_block(passages, &table, line);
    while (cell) {
        Cell *cells = arena_new(&passages->reader->lesson->arena, (size_t)columns * sizeof *cells);
        for (int i = 0; i < columns; i++, cell = cmark_node_next(cell))
            cells[i] = (Cell){.kind = CELL_PROSE, .prose = read_cell(passages, cell)};
        passages_add_block(passages, &(Block){.kind = BLOCK_ROW, .cells = cells}, line);
    }
    passages_add_block(passages, &(Block){.kind = BLOCK_TABLE_END}, line);
}

static bool add_table(PassageReader *passages, cmark_node *paragraph, const char *heads,
                      int columns)
{
    long begin = cmark_node_get_start_line(paragraph), end = cmark_node_get_end_line(paragraph);
    if (!passages_show_sign(passages, begin) || !passages_count(passages, (end - begin) * columns))
        return false;
    Text markdown = {0};
    add_row(&markdown, heads, columns);
    for (long number = begin + 2; number <= end; number++)
        add_row(&markdown, row_of(line_of(passages, paragraph, number)), columns);
    cmark_node *cells = cmark_parse_document(markdown.bytes, markdown.length, CMARK_OPT_DEFAULT);
    text_release(&markdown);
    add_cells(passages, cmark_node_first_child(cells), columns, begin);
    cmark_node_free(cells);
    return true;
}

bool passages_add_table(PassageReader *passages, cmark_node *paragraph, bool *done)
{
    long begin = cmark_node_get_start_line(paragraph);
    if (cmark_node_get_end_line(paragraph) == begin) return true;
    const char *heads = row_of(line_of(passages, paragraph, begin));
    const char *delimiters = row_of(line_of(passages, paragraph, begin + 1));
    int columns = count_cells(delimiters);
    *done = is_delimiter_row(delimiters) && count_cells(heads) == columns;
    return !*done || add_table(passages, paragraph, heads, columns);
}
