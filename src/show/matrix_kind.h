/* The matrices of a layer, by the names that they have as a whole. */
#ifndef SHOW_MATRIX_KIND_H
#define SHOW_MATRIX_KIND_H

#include <stdbool.h>

#include "engine/symbol.h"

/* What a layer stores, as it is called as a whole: W, b, gamma, beta, mean, var. */
typedef struct MatrixKind {
    const char *name;
    SymbolKind kind;
    bool trained;
} MatrixKind;

const MatrixKind *matrix_kind(int index); /* NULL past the last */

#endif
