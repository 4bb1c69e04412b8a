/* The arithmetic of an affine layer z = x W + b on plain arrays: the only code that does it.

   W is row by row, [from][to]; b is NULL in a net without biases. Rows of x, z, dz and dx are
   the caller's and lie STRIDE numbers apart. Every sum runs in the order of its index and no
   multiply is fused with an add, so the bits are those of the plainest loop, on every machine and
   however many rows come at once. Never allocates and knows no net. */
#ifndef ENGINE_AFFINE_H
#define ENGINE_AFFINE_H

#include <stdbool.h>
#include <stddef.h>

/* The numbers of a layer, or their gradients. */
typedef struct Affine {
    double *w; /* [in][out] */
    double *b; /* [out], or NULL */
    size_t in, out;
} Affine;

/* z_j = x_0 w_0j + x_1 w_1j + ... + b_j for the nodes FROM..TO of each row. */
void affine_forward(const Affine *layer, size_t from, size_t to, const double *x, size_t x_stride,
                    double *z, size_t z_stride, size_t rows);

/* dx_i = dz_0 w_i0 + dz_1 w_i1 + ... for the inputs FROM..TO of each row. */
void affine_backward(const Affine *layer, size_t from, size_t to, const double *dz,
                     size_t dz_stride, double *dx, size_t dx_stride, size_t rows);

/* w_ij = dz_j x_i summed over the rows in their order, and b_j = dz_j likewise; ADD: on top of
   what GRADIENT holds. */
void affine_gradient(const Affine *gradient, const double *x, size_t x_stride, const double *dz,
                     size_t dz_stride, size_t rows, bool add);

/* w_ij = w_ij - rate · (Σ dz_j x_i)/ROWS, the sum over the rows in their order, and b_j
   likewise: affine_gradient's means, applied without being stored. */
void affine_descend_rows(const Affine *layer, double rate, const double *x, size_t x_stride,
                         const double *dz, size_t dz_stride, size_t rows);

/* 1/ROWS if that is exact: then multiplying by it is dividing by ROWS, and faster. Else 0. */
double affine_factor(size_t rows);

/* One update by plain gradient descent, w_ij = w_ij - rate (dz_j x_i), and in the same sweep
   over W the sums z of the row NEXT from the new parameters; NEXT may be NULL: no sums.
   DZ and Z may not overlap. */
void affine_descend(const Affine *layer, double rate, const double *x, const double *dz,
                    const double *next, double *z);

#endif
