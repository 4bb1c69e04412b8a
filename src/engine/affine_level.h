/* The inner loops of affine.h, made once for each level of a machine's vectors.

   A level differs from another in speed only: a vector holds neighbouring columns, each of
   which is summed in order by itself, so all levels give the same bits. */
#ifndef ENGINE_AFFINE_LEVEL_H
#define ENGINE_AFFINE_LEVEL_H

#include "engine/affine.h"

/* out_rc = left_r0 right_0c + left_r1 right_1c + ... in the order of k; ADD: on top of what is
   there. A row of LEFT and OUT starts ROW numbers after the one before it, k steps by STEP. */
typedef struct Product {
    const double *left, *right;
    double *out;
    size_t left_row, left_step, right_step, out_row;
    size_t depth; /* how many k */
    bool add;
    /* If RATE is not NULL, out = out - rate · (the sum divided by DIVISOR) instead; FACTOR is
       1/DIVISOR where that is exact, and multiplying by it the same; else 0. */
    const double *rate;
    double divisor, factor;
} Product;

typedef struct AffineLevel {
    const char *name;
    bool (*runs)(void); /* on this machine */
    void (*product)(const Product *product, size_t rows, size_t columns);
    void (*descend)(const Affine *layer, double rate, const double *x, const double *dz,
                    const double *next, double *z); /* affine_descend but for the biases */
} AffineLevel;

const AffineLevel *affine_level(size_t index); /* the fastest first; NULL past the last */

/* The fastest that runs on this machine. */
const AffineLevel *affine_level_best(void);

#endif
