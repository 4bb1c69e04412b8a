/* placeholder: replaced */
#ifndef ENGINE_AFFINE_H
#define ENGINE_AFFINE_H
#include <stdbool.h>
#include <stddef.h>
void affine_forward(const double *w, const double *b, int in, int out, int from, int to,
                    const double *x, size_t x_stride, double *z, size_t z_stride, int rows);
void affine_backward(const double *w, int in, int out, int from, int to, const double *dz,
                     size_t dz_stride, double *dx, size_t dx_stride, int rows);
void affine_gradient(double *gw, double *gb, int in, int out, const double *x, size_t x_stride,
                     const double *dz, size_t dz_stride, int rows, bool add);
#endif
