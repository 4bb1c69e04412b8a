/* Batch norm (Ioffe and Szegedy, 2015): each node's sums over a batch, brought to mean 0 and
   variance 1; then scaled and shifted by what is trained.

   In a batch of several rows the mean and the variance are the batch's own (the variance
   with 1/n). A single row has no spread: there the running statistics serve, which training
   moves after each batch as PyTorch does (a tenth of the way, the variance with 1/(n-1)).
   Kernels of kernel.h; the texts are for explanations. */
#ifndef ENGINE_NORM_H
#define ENGINE_NORM_H

#include "engine/pass.h"

/* n over z, mu and v; its slope ∂n/∂z when mu and v are given; and what becomes of ∂L/∂n on
   the way to z in a batch, over dn (= ∂L/∂n), its mean over the rows, the mean over the rows
   of ∂L/∂n·n, n and v: z moves mu and v too. */
extern const char norm_formula[], norm_slope[], norm_adjoint[];

void norm_forward(Pass *pass, const Op *op, int from, int to);
void norm_backward(Pass *pass, const Op *op, int from, int to);
double norm_given_slope(const Pass *pass, const Op *op, int j);

/* The steps of norm_forward for node J in all rows, each from the numbers that the one before has
   left in the pass: μ, v, n. */
void norm_write_mean(Pass *pass, const Op *op, int j);
void norm_write_variance(Pass *pass, const Op *op, int j);
void norm_write_normalised(Pass *pass, const Op *op, int j);

/* Likewise those of norm_backward in a batch: the means over its rows of the adjoint of n_j, and
   of that times n_j; and the adjoint of z_j in all rows, from these two. */
void norm_means(const Pass *pass, const Op *op, int j, double *adjoint, double *product);
void norm_spread(Pass *pass, const Op *op, int j, double mean, double product);

/* Whether the batch has statistics of its own. */
static inline bool norm_of_batch(const Pass *pass)
{
    return pass->rows > 1;
}

/* Moves the running statistics of all batch norms, among STORED [net->stored], towards those of
   the batch that went forward. */
void norm_follow(const Pass *pass, double *stored);

#endif
