/* The arithmetic of affine.h one node or one input at a time, for layers so narrow that a call
   would take longer than the sums: inline, and with IN or OUT constant without a loop. */
#ifndef ENGINE_AFFINE_NODE_H
#define ENGINE_AFFINE_NODE_H

#include "engine/affine.h"

/* z_j; IN is layer->in. */
static inline double affine_node(const Affine *layer, size_t in, size_t j, const double *x)
{
    const double *w = layer->w + j;
    double sum = x[0] * w[0];
    for (size_t i = 1; i < in; i++) sum += x[i] * w[i * layer->out];
    return layer->b ? sum + layer->b[j] : sum;
}

/* dx_i; OUT is layer->out. */
static inline double affine_input(const Affine *layer, size_t out, size_t i, const double *dz)
{
    const double *w = layer->w + i * out;
    double sum = dz[0] * w[0];
    for (size_t j = 1; j < out; j++) sum += dz[j] * w[j];
    return sum;
}

/* Updates what leads to node j, whose dz is SLOPE, and returns z_j of the row NEXT. */
static inline double affine_descend_node(const Affine *layer, size_t in, size_t j, double rate,
                                         double slope, const double *x, const double *next)
{
    double *w = layer->w + j, sum = -0.0;
    for (size_t i = 0; i < in; i++, w += layer->out) {
        *w = *w - rate * (slope * x[i]);
        sum += next[i] * *w;
    }
    if (!layer->b) return sum;
    layer->b[j] = layer->b[j] - rate * slope;
    return sum + layer->b[j];
}

#endif
