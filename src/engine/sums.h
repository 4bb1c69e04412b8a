/* Sums over rows that go through a copy of a pass, in batches, forward and backward: what facts.h
   makes its means from. The only part of a diagnosis that knows how a pass works. */
#ifndef ENGINE_SUMS_H
#define ENGINE_SUMS_H

#include "engine/pass.h"

typedef struct Sums {
    Pass *pass;       /* the copy, with nothing assumed; its parameters are the caller's to write */
    size_t rows;      /* added so far */
    double loss;      /* their L */
    double *gradient; /* [parameters]: ∂L/∂parameter */
    double *signal;   /* [layers]: Σ_j (∂L/∂z_j)² */
    double *slope;    /* [layers]: ∂o/∂z, mean over the nodes; 0 in a linear layer */
    size_t *off;    /* [nodes]: rows on which o = 0 and ∂o/∂z = 0, at a kinked activation's o */
    size_t *flat;   /* [nodes]: rows on which o lies flat */
    double *slopes; /* [nodes]: of the row at hand */
} Sums;

/* Sums of no rows yet, which are to come in batches of BATCH; an error when that takes more memory
   than there is, and then there is nothing to release. */
bool sums_begin(Sums *sums, const Pass *pass, int batch, Error *err);
void sums_release(Sums *sums);

/* Sends the batch that was loaded into sums->pass forward. Returns the first node that is not
   finite, with *ROW the row of the batch; net->elements when all are. */
size_t sums_forward(Sums *sums, int *row);

/* Sends it back and adds it; not if some derivative by a parameter is not finite. Returns the
   first such parameter; net->parameters when there is none. */
size_t sums_backward(Sums *sums);

/* In how much of its layer, the vector that OP writes, the nodes' counts ROWS (off or flat) are
   at least MOST. */
double sums_share(const Sums *sums, const Op *op, const size_t *rows, double most);

#endif
