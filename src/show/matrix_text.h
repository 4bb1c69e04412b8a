/* Matrices as text: [a b; c d], in the notes' layout (row = source node, column =
   target node), and the arrays that W^k, b^k and an optimizer's m^k name. */
#ifndef SHOW_MATRIX_TEXT_H
#define SHOW_MATRIX_TEXT_H

#include "base/text.h"
#include "base/words.h"
#include "session/state.h"

/* What a layer stores, as it is called as a whole: W, b, gamma, beta, mean, var. */
typedef struct MatrixKind {
    const char *name;
    SymbolKind kind;
    bool trained;
} MatrixKind;

const MatrixKind *matrix_kind(int index); /* NULL past the last */

/* `W^2`, `b^2`, `gamma^1`, or `w3,1^2` and `b21` for what follows such an element in its
   matrix, row by row; with `m.` or `v.` before it, what an optimizer remembers of them; and with
   `page.` before all that, the same on the page that goes along by hand. */
typedef struct MatrixName {
    bool page;
    char slot[8]; /* "" for the parameters themselves */
    const MatrixKind *kind;
    int layer;
    int from, node; /* the first element, from 1; 0: the whole matrix */
    int column;     /* in the line */
} MatrixName;

typedef struct MatrixPlace {
    double *numbers; /* [rows][columns] */
    int rows, columns;
    int room;           /* of a part: how many numbers there are from the first to the matrix's end;
                           0: a whole matrix */
    bool unsigned_only; /* variances */
    size_t first;       /* where the page has the same: see page_write */
    bool page;          /* only the page's are meant */
} MatrixPlace;

/* Whether WORD is such a name. */
bool matrix_name_read(const Word *word, MatrixName *name);

bool matrix_find(Session *session, const MatrixName *name, MatrixPlace *place, Error *err);

/* Reads TEXT, at COLUMN of the line, as a matrix of PLACE's shape; of a part, as a list
   of at most PLACE's room, and sets PLACE's columns to their number. */
bool matrix_read(Arena *arena, const char *text, int column, MatrixPlace *place, double **numbers,
                 Error *err);

/* Adds [a b; c d] with the digits that read back equal. NUMBERS: [ROWS][COLUMNS]. */
void matrix_spell(Text *text, const double *numbers, int rows, int columns);

#endif
