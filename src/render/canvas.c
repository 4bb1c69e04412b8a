#include <stdlib.h>

#include "base/memory.h"
#include "render/canvas.h"

Canvas canvas_new(int columns, int rows, bool ascii)
{
    Canvas canvas = {columns, rows, ascii ? 1 : 2, ascii ? 1 : 4, NULL};
    canvas.cells = memory_new((size_t)columns * (size_t)rows * sizeof *canvas.cells);
    return canvas;
}

void canvas_release(Canvas *canvas)
{
    free(canvas->cells);
    *canvas = (Canvas){0};
}

int canvas_width(const Canvas *canvas)
{
    return canvas->columns * canvas->across;
}

int canvas_height(const Canvas *canvas)
{
    return canvas->rows * canvas->down;
}

static CanvasCell *cell_at(Canvas *canvas, int x, int y)
{
    if (x < 0 || y < 0 || x >= canvas_width(canvas) || y >= canvas_height(canvas)) return NULL;
    return &canvas->cells[y / canvas->down * canvas->columns + x / canvas->across];
}

void canvas_dot(Canvas *canvas, int x, int y, Ink ink)
{
    /* The dots of a braille cell are numbered down its columns, but for the lowest two. */
    static const unsigned char bits[4][2] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    CanvasCell *cell = cell_at(canvas, x, y);
    if (!cell || cell->fixed) return;
    cell->paint = ink.paint;
    if (canvas->down == 1)
        cell->sign = ink.sign;
    else
        cell->dots |= bits[y % 4][x % 2];
}

void canvas_sign(Canvas *canvas, int x, int y, Ink ink)
{
    CanvasCell *cell = cell_at(canvas, x, y);
    if (cell) *cell = (CanvasCell){.fixed = true, .sign = ink.sign, .paint = ink.paint};
}

static bool is_blank(const CanvasCell *cell)
{
    return !cell->sign && !cell->dots;
}

/* U+2800 and up, in UTF-8. */
static void add_braille(Text *text, unsigned char dots)
{
    text_add_char(text, '\xe2');
    text_add_char(text, (char)(0xa0 + (dots >> 6)));
    text_add_char(text, (char)(0x80 + (dots & 0x3f)));
}

static void add_cell(Text *text, const CanvasCell *cell)
{
    if (cell->sign)
        text_add(text, cell->sign);
    else if (cell->dots)
        add_braille(text, cell->dots);
    else
        text_add_char(text, ' ');
}

void canvas_add_row(const Canvas *canvas, int row, Text *text, const Style *style)
{
    const CanvasCell *cells = canvas->cells + (size_t)row * (size_t)canvas->columns;
    int count = canvas->columns;
    while (count && is_blank(&cells[count - 1])) count--;
    Paint now = PAINT_PLAIN;
    for (int i = 0; i < count; i++) {
        Paint wanted = is_blank(&cells[i]) ? now : cells[i].paint;
        if (wanted != now && now != PAINT_PLAIN) paint(text, PAINT_PLAIN, style);
        if (wanted != now && wanted != PAINT_PLAIN) paint(text, wanted, style);
        now = wanted;
        add_cell(text, &cells[i]);
    }
    if (now != PAINT_PLAIN) paint(text, PAINT_PLAIN, style);
}
