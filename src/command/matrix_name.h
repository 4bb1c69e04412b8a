/* Matrices as they are named where one is set, and the arrays that the names are of. */
#ifndef COMMAND_MATRIX_NAME_H
#define COMMAND_MATRIX_NAME_H

#include "base/words.h"
#include "session/state.h"
#include "show/matrix_kind.h"

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

/* The numbers that NAME is of; the error says what there is not. */
bool matrix_find(Session *session, const MatrixName *name, MatrixPlace *place, Error *err);

#endif
