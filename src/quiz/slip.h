/* Slips: the derivatives that come out when one step of backpropagation is done wrongly.

   A slip is computed by the kernels that compute the right derivative, on a copy of the pass in
   which a parameter is another, or with one kind of step done otherwise on the way back. */
#ifndef QUIZ_SLIP_H
#define QUIZ_SLIP_H

#include "engine/pass.h"

typedef struct Slip {
    const Pass *pass; /* gone forward; it stays as it is */
    size_t element;   /* ∂L/∂element is asked */
    double right;     /* its value */
    double rate;      /* of the update w - rate ∂L/∂w; 0: the optimizer makes another */
} Slip;

/* Writes what the wrong way comes to; there may be several such ways: VARIANT counts them from 0,
   and false means that there are no more (or that none applies to this network). */
typedef bool SlipValue(const Slip *slip, int variant, double *value);

SlipValue slip_sign;             /* the minus sign is lost */
SlipValue slip_factor_forgotten; /* the 2 of a square */
SlipValue slip_factor_doubled;
SlipValue slip_half_forgotten;     /* the ½ before a square */
SlipValue slip_slope_forgotten;    /* ∂o/∂z taken as 1, in all layers or in one */
SlipValue slip_slope_misplaced;    /* ∂o/∂z taken at o, or its formula with z and o mixed up */
SlipValue slip_weights_updated;    /* each layer is updated before the one below is derived */
SlipValue slip_indices_swapped;    /* w_ji for w_ij */
SlipValue slip_weights_transposed; /* of the later layers, on the way back: all or one */
SlipValue slip_summed;             /* over the rows of the batch */
SlipValue slip_bias_forgotten;     /* in the forward pass */

#endif
