/* The kernels: what each kind of op does to the numbers of a pass, forward and
   backward side by side. The only code that computes values and adjoints. */
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include "engine/pass.h"

/* The op's out vector from its in vector. */
void kernel_forward(Pass *pass, const Op *op);

/* Adjoints FROM..TO of the op's in vector from those of its out vector. */
void kernel_backward(Pass *pass, const Op *op, int from, int to);

/* Adjoints of an affine op's parameters: all of them, or the one ELEMENT. */
void kernel_parameters(Pass *pass, const Op *op);
void kernel_parameter(Pass *pass, const Op *op, size_t element);

/* Local partials: ∂out_j/∂in_i (J, I count from 0), and ∂out/∂parameter. */
double kernel_slope(const Pass *pass, const Op *op, int j, int i);
double kernel_parameter_slope(const Pass *pass, const Op *op, size_t element);

/* Whether the adjoints of the op's in vector come from the loss in one go: the last
   activation when it is fused with the loss. */
bool kernel_fused(const Pass *pass, const Op *op);

#endif
