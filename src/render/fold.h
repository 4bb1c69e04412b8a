/* Folding: long lines over several, at places where a reader would.

   Formulas break before an operator, outside of parentheses where there is one, sums
   before products; prose breaks at a blank. What has no such place is left too long. */
#ifndef RENDER_FOLD_H
#define RENDER_FOLD_H

#include <stdbool.h>

#include "render/pieces.h"

/* Columns: before a result, between the parts of a line that stand apart, of " = ". */
enum { INDENT = 2, GAP = 3, EQUALS = 3 };

typedef struct Fold {
    int width;        /* columns to stay within */
    int column;       /* where TEXT's last line has come to */
    int hang;         /* blanks before a continuation */
    const char *lead; /* HANG columns to put there instead; or NULL */
    bool prose;       /* break at any blank */
} Fold;

/* Adds BYTES to TEXT, which stands at fold->column, and moves the column on. A colour of theirs
   ends with each line and begins again in the next, so that it does not run into what leads it. */
void fold_add(Fold *fold, Text *text, const char *bytes, size_t length);
void fold_piece(Fold *fold, Text *text, const Pieces *pieces, int index); /* likewise a piece */

/* A line of equal parts: `a = b = c   tail`. */
typedef struct Line {
    int first, count; /* the pieces that are its parts; empty ones are left out */
    int tail;         /* the piece at its end, three blanks apart, if not empty */
    int indent;
    int left; /* columns to pad the first part to */
} Line;

/* Adds LINE and a newline. When it is too long the parts stand under each other, `=`
   under `=`. */
void fold_line(Text *text, const Pieces *pieces, const Line *line, int width);

#endif
