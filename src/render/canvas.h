/* Canvases: pictures made of characters.

   A cell holds 2 by 4 braille dots, or one character in their place; in plain ASCII a cell is
   one dot, drawn as a character. Dots count from the top left; what falls outside is not
   drawn. A sign stays in its cell whatever is drawn there later. */
#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

#include "render/paint.h"

typedef struct CanvasCell {
    unsigned char dots; /* braille: bit k is dot k + 1 */
    bool fixed;         /* holds a sign */
    const char *sign;   /* shown instead of the dots; NULL: none */
    Paint paint;
} CanvasCell;

typedef struct Canvas {
    int columns, rows; /* cells */
    int across, down;  /* dots in a cell */
    CanvasCell *cells; /* [rows][columns] */
} Canvas;

/* What is drawn with. */
typedef struct Ink {
    const char *sign; /* the character of a dot in ASCII */
    Paint paint;
} Ink;

Canvas canvas_new(int columns, int rows, bool ascii);
void canvas_release(Canvas *canvas);

int canvas_width(const Canvas *canvas); /* in dots */
int canvas_height(const Canvas *canvas);

void canvas_dot(Canvas *canvas, int x, int y, Ink ink);

/* The sign (UTF-8, one column) of INK in the cell around a dot. */
void canvas_sign(Canvas *canvas, int x, int y, Ink ink);

/* Adds row ROW to TEXT, without the blanks at its end. */
void canvas_add_row(const Canvas *canvas, int row, Text *text, const Style *style);

#endif
