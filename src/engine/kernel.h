/* The kernels: what each kind of op does to the numbers of a pass, forward and
   backward side by side, in all rows of the batch. The only code that computes values
   and adjoints, with affine.h and norm.h, which it calls, and online.h, which takes the same
   steps in the order that is fastest.

   A large batch is taken block by block. Between two of them the work is given up when
   memo_must_stop says so: then pass->memo.stopped tells, and what was to be computed is no good.
   (All but batch norms and losses, and the adjoint of a single parameter.) */
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include "engine/pass.h"

/* Rows in a block: so few that a cache holds what they read. */
enum { KERNEL_BLOCK = 128 };

/* Nodes FROM..TO of the op's out vector from its in vector (softmax: all of them). */
void kernel_forward(Pass *pass, const Op *op, int from, int to);

/* Adjoints FROM..TO of VECTOR from those of the vectors that are computed from it. */
void kernel_backward(Pass *pass, const Vector *vector, int from, int to);

/* Adjoints of an op's parameters: all of them, or the one ELEMENT. Sums over the rows:
   kernel_average makes them means. */
void kernel_parameters(Pass *pass, const Op *op);
void kernel_parameter(Pass *pass, const Op *op, size_t element);
void kernel_average(Pass *pass, size_t from, size_t to);

/* All three in one for plain gradient descent: parameter - rate · mean over the rows. */
void kernel_descend(Pass *pass, const Op *op, double rate);

/* Local partials in the shown row: ∂out_j/∂in_i (J, I count from 0; through a batch norm
   with mean and variance given), and ∂out/∂parameter. */
double kernel_slope(const Pass *pass, const Op *op, int j, int i);
double kernel_parameter_slope(const Pass *pass, const Op *op, size_t element);

/* Whether the adjoints of the op's in vector come from the loss in one go: the last
   activation when it is fused with the loss. */
bool kernel_fused(const Pass *pass, const Op *op);

#endif
