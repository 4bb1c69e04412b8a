#include "engine/affine.h"
void affine_forward(const double *w, const double *b, int in, int out, int from, int to,
                    const double *x, size_t x_stride, double *z, size_t z_stride, int rows)
{
    for (int r = 0; r < rows; r++, x += x_stride, z += z_stride) {
        for (int j = from; j < to; j++) z[j] = x[0] * w[j];
        for (int i = 1; i < in; i++)
            for (int j = from; j < to; j++) z[j] += x[i] * w[(size_t)i * (size_t)out + (size_t)j];
        if (b)
            for (int j = from; j < to; j++) z[j] += b[j];
    }
}
void affine_backward(const double *w, int in, int out, int from, int to, const double *dz,
                     size_t dz_stride, double *dx, size_t dx_stride, int rows)
{
    (void)in;
    for (int r = 0; r < rows; r++, dz += dz_stride, dx += dx_stride)
        for (int i = from; i < to; i++) {
            const double *row = w + (size_t)i * (size_t)out;
            double sum = dz[0] * row[0];
            for (int j = 1; j < out; j++) sum += dz[j] * row[j];
            dx[i] = sum;
        }
}
void affine_gradient(double *gw, double *gb, int in, int out, const double *x, size_t x_stride,
                     const double *dz, size_t dz_stride, int rows, bool add)
{
    for (int r = 0; r < rows; r++, dz += dz_stride, x += x_stride, add = true) {
        for (int i = 0; i < in; i++)
            for (int j = 0; j < out; j++) {
                double *g = &gw[(size_t)i * (size_t)out + (size_t)j];
                *g = add ? *g + dz[j] * x[i] : dz[j] * x[i];
            }
        for (int j = 0; gb && j < out; j++) gb[j] = add ? gb[j] + dz[j] : dz[j];
    }
}
