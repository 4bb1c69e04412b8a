/* Activations: one row each, in activation.c.

   A row's formulas are written once: the same characters are compiled into the
   kernels and kept as the text that is shown and differentiated. In these texts z
   is a node's sum and o its output. */
#ifndef ENGINE_ACTIVATION_H
#define ENGINE_ACTIVATION_H

#include <stdbool.h>
#include <stddef.h>

typedef enum OutputRange {
    RANGE_REAL,
    RANGE_SIGNS,
    RANGE_PROBABILITY,
    RANGE_DISTRIBUTION
} OutputRange;

typedef struct Activation {
    const char *name, *symbol; /* "sigmoid", "σ" */
    const char *summary;
    OutputRange range;   /* what the outputs are, for the losses that care */
    bool kink;           /* the slope jumps where z = 0 */
    const char *formula; /* o, over z; softmax: also over `total` */
    const char *slope;   /* ∂o/∂z, over z and o */
    const char *total;   /* softmax: one addend of `total`, over z; NULL: each node by itself */
    const char *cross;   /* softmax: ∂o/∂(another node's z), over o and `other`, its output */

    /* The kernels: o[i] and ∂o[i]/∂z[i] of COUNT nodes (softmax: of the whole layer). */
    void (*values)(int count, const double *z, double *o);
    void (*slopes)(int count, const double *z, const double *o, double *slopes);
    double (*value_at)(double z); /* of one node; softmax: NULL, as its slope */
    double (*slope_at)(double z, double o);
    double (*cross_slope)(double o, double other);
} Activation;

const Activation *activation_row(size_t index); /* NULL past the last */
const Activation *activation_find(const char *name);
const Activation *activation_linear(void);

#endif
