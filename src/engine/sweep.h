/* Sweeps: whole passes forward and backward, and the paths between elements.

   Over a large batch a sweep takes its time, so that it can be given up: see kernel.h. One that
   returns false was, and of what it computes nothing is known. */
#ifndef ENGINE_SWEEP_H
#define ENGINE_SWEEP_H

#include "engine/pass.h"

/* Values of the whole forward pass, sums in index order, the bias last. */
bool pass_forward(Pass *pass);

/* One op's share of it: nodes FROM..TO, but for those that are assumed. Given up when
   pass->memo.stopped is set afterwards. */
void pass_forward_op(Pass *pass, const Op *op, int from, int to);

/* Gives ELEMENT another value, for whoever tries something out on a copy, and goes forward: a
   parameter or an input is written, a node is held; no other is any more. */
void pass_displace(Pass *pass, size_t element, double value);

/* The first node after the input that is not finite, in the order of computation, in the first
   row that has one; net->elements when all are finite. */
size_t pass_broken(const Pass *pass);

/* L after pass_forward: the mean of the rows' losses, summed in order. */
double pass_loss(const Pass *pass);
double pass_row_loss(const Pass *pass, int row);

/* All adjoints of parameters and nodes (not of x) in one sweep, for training. */
bool pass_backward(Pass *pass);

/* The same, and w = w - rate ∂L/∂w for every parameter, whose adjoints are not kept. Given up, it
   has changed none. */
bool pass_descend(Pass *pass, double rate);

/* How many elements of the same row depend directly on ELEMENT, and the I-th of them. None
   for L, y and what is not trained. */
int pass_dependents(const Pass *pass, size_t element);
size_t pass_dependent(const Pass *pass, size_t element, int i);

/* The local partial derivative ∂upper/∂lower for an UPPER among LOWER's dependents, in the
   shown row. */
double pass_partial(const Pass *pass, size_t upper, size_t lower);

/* ∂upper/∂lower through all paths between them, nodes being the shown row's; 0 when there
   are none. Leaves the memo as it is. */
double pass_derivative(const Pass *pass, size_t upper, size_t lower);

/* Whether L, seen as a function on the line between two passes, bends sharply: some
   relu, |·| or hinge is on different sides of its kink. */
bool pass_kink_between(const Pass *a, const Pass *b);

#endif
