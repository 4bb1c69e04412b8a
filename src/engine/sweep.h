/* Sweeps: whole passes forward and backward, and the paths between elements. */
#ifndef ENGINE_SWEEP_H
#define ENGINE_SWEEP_H

#include "engine/pass.h"

/* Values of the whole forward pass, sums in index order, the bias last. Returns the
   first node that is not finite; net->elements when all are. */
size_t pass_forward(Pass *pass);

double pass_loss(const Pass *pass); /* the value of L after pass_forward */

/* All adjoints of parameters and nodes (not of x) in one sweep, for training. */
void pass_backward(Pass *pass);

/* The elements that depend directly on ELEMENT: *COUNT of them from the one returned.
   None (count 0) for L and y. */
size_t pass_dependents(const Pass *pass, size_t element, int *count);

/* The local partial derivative ∂upper/∂lower for an UPPER among LOWER's dependents. */
double pass_partial(const Pass *pass, size_t upper, size_t lower);

/* ∂upper/∂lower through all paths between them; 0 when there are none. Leaves the
   memo as it is. */
double pass_derivative(const Pass *pass, size_t upper, size_t lower);

/* Whether L, seen as a function on the line between two passes, bends sharply: some
   relu, |·| or hinge is on different sides of its kink. */
bool pass_kink_between(const Pass *a, const Pass *b);

#endif
