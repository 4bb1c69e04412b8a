#include <stdlib.h>

#include "base/memory.h"
#include "render/text_renderer.h"

enum { CELL_GAP = 2, BRACKETS = 4 /* columns, with a blank inside each */ };

/* A matrix as it will be shown: its cells spelled, sides that are too long cut. */
typedef struct Grid {
    const Matrix *matrix;
    Cut row_cut, column_cut;
    int rows, columns; /* shown, an ellipsis counted as one */
    int first;         /* the piece of its first cell; then row by row */
    int *widths;       /* by column */
    int caption;       /* piece */
    int before;        /* piece: the words to its left */
    int width;         /* of caption or brackets with all between, the wider one */
} Grid;

static int shown(Cut cut, int count)
{
    return cut.whole ? count : cut.head + 1 + cut.tail;
}

/* Which of COUNT items stands at PLACE; -1: the ellipsis. */
static int item_at(Cut cut, int count, int place)
{
    if (cut.whole || place < cut.head) return place;
    return place == cut.head ? -1 : count - cut.tail + place - cut.head - 1;
}

static const char *gap_sign(const Style *style, bool down, bool across)
{
    if (style->ascii) return "...";
    return down && across ? "⋱" : down ? "⋮" : "…";
}

static void spell_cell(TextRenderer *text, const Grid *grid, int row, int column)
{
    const Matrix *matrix = grid->matrix;
    int i = item_at(grid->row_cut, matrix->rows, row);
    int j = item_at(grid->column_cut, matrix->columns, column);
    if (i >= 0 && j >= 0) {
        show_piece(text, matrix->cells[i * matrix->columns + j], SPELL_FORMULA);
        return;
    }
    text_add(&text->pieces.text, gap_sign(text->speller.style, i < 0, j < 0));
    pieces_end(&text->pieces);
}

static void spell_cells(TextRenderer *text, Grid *grid)
{
    grid->first = text->pieces.count;
    grid->width = BRACKETS;
    for (int row = 0; row < grid->rows; row++)
        for (int column = 0; column < grid->columns; column++) spell_cell(text, grid, row, column);
    for (int column = 0; column < grid->columns; column++) {
        int widest = 0;
        for (int row = 0; row < grid->rows; row++) {
            int cell = grid->first + row * grid->columns + column;
            int columns = text->pieces.items[cell].columns;
            if (columns > widest) widest = columns;
        }
        grid->widths[column] = widest;
        grid->width += widest + (column ? CELL_GAP : 0);
    }
}

/* What stands left of the brackets, and a blank before them. */
static int words_width(const TextRenderer *text, const Grid *grid)
{
    int columns = text->pieces.items[grid->before].columns;
    return columns ? columns + 1 : 0;
}

static void spell_around(TextRenderer *text, Grid *grid)
{
    const Matrix *matrix = grid->matrix;
    grid->caption = text->pieces.count;
    if (matrix->caption) spell_prose(&text->pieces.text, matrix->caption, text->speller.style);
    pieces_end(&text->pieces);
    grid->before = text->pieces.count;
    if (matrix->before) spell_prose(&text->pieces.text, matrix->before, text->speller.style);
    pieces_end(&text->pieces);
}

static void cut_columns(TextRenderer *text, Grid *grid, const Style *style)
{
    grid->column_cut = cut_of(style, grid->matrix->columns);
    grid->columns = shown(grid->column_cut, grid->matrix->columns);
    grid->widths = memory_resize(grid->widths, (size_t)grid->columns * sizeof *grid->widths);
    spell_cells(text, grid);
}

/* A matrix that no line has room for shows fewer columns. */
static Grid grid_new(TextRenderer *text, const Matrix *matrix)
{
    enum { FEW = 5 };
    const Style *style = text->speller.style;
    Grid grid = {.matrix = matrix, .row_cut = cut_of(style, matrix->rows)};
    grid.rows = shown(grid.row_cut, matrix->rows);
    spell_around(text, &grid);
    cut_columns(text, &grid, style);
    int room = style->width - INDENT - words_width(text, &grid);
    if (grid.width > room && grid.columns > FEW + 1) {
        Style tight = *style;
        tight.terms = FEW;
        pieces_drop(&text->pieces, grid.first);
        cut_columns(text, &grid, &tight);
    }
    int caption = text->pieces.items[grid.caption].columns;
    if (caption > grid.width) grid.width = caption;
    return grid;
}

/* Brackets. */

typedef struct Bracket {
    const char *only, *top, *middle, *bottom;
} Bracket;

static const Bracket opening = {"[", "⎡", "⎢", "⎣"}, closing = {"]", "⎤", "⎥", "⎦"};

static const char *bracket_part(const Bracket *bracket, int row, int rows, const Style *style)
{
    if (rows == 1 || style->ascii) return bracket->only;
    return row == 0 ? bracket->top : row == rows - 1 ? bracket->bottom : bracket->middle;
}

/* Lines. A group of matrices stands in one row of the display, all centred on its middle. */

typedef struct Group {
    const Grid *grids;
    int count;
    int height;
    bool captions;
} Group;

static void add_row(TextRenderer *text, const Grid *grid, int row)
{
    Text *out = &text->output.text;
    int width = BRACKETS;
    text_add(out, bracket_part(&opening, row, grid->rows, text->speller.style));
    text_add_char(out, ' ');
    for (int column = 0; column < grid->columns; column++) {
        if (column) text_repeat(out, ' ', CELL_GAP);
        int cell = grid->first + row * grid->columns + column;
        piece_add_right(&text->pieces, cell, out, grid->widths[column]);
        width += grid->widths[column] + (column ? CELL_GAP : 0);
    }
    text_add_char(out, ' ');
    text_add(out, bracket_part(&closing, row, grid->rows, text->speller.style));
    text_repeat(out, ' ', grid->width - width);
}

static void write_group_line(TextRenderer *text, const Group *group, int line)
{
    Text *out = &text->output.text;
    text_repeat(out, ' ', INDENT);
    for (int i = 0; i < group->count; i++) {
        const Grid *grid = &group->grids[i];
        int row = line - (group->height - grid->rows) / 2, words = words_width(text, grid);
        text_repeat(out, ' ', i && words ? 1 : 0);
        if (line == (group->height - 1) / 2)
            piece_add_left(&text->pieces, grid->before, out, words);
        else
            text_repeat(out, ' ', words);
        if (line < 0)
            piece_add_left(&text->pieces, grid->caption, out, grid->width);
        else if (row >= 0 && row < grid->rows)
            add_row(text, grid, row);
        else
            text_repeat(out, ' ', grid->width);
    }
    show_end_line(out);
}

/* As many of COUNT as a line has room for, but at least one. */
static Group next_group(TextRenderer *text, const Grid *grids, int count)
{
    Group group = {.grids = grids};
    int width = INDENT;
    for (int i = 0; i < count; i++) {
        width += words_width(text, &grids[i]) + 1 + grids[i].width;
        if (i && width > text->speller.style->width) break;
        if (grids[i].rows > group.height) group.height = grids[i].rows;
        if (text->pieces.items[grids[i].caption].length) group.captions = true;
        group.count++;
    }
    return group;
}

void show_matrices(TextRenderer *text, const Matrix *matrices, int count)
{
    Grid *grids = memory_new((size_t)count * sizeof *grids);
    for (int i = 0; i < count; i++) grids[i] = grid_new(text, &matrices[i]);
    for (int done = 0; done < count;) {
        Group group = next_group(text, grids + done, count - done);
        for (int line = group.captions ? -1 : 0; line < group.height; line++)
            write_group_line(text, &group, line);
        done += group.count;
    }
    for (int i = 0; i < count; i++) free(grids[i].widths);
    free(grids);
}
