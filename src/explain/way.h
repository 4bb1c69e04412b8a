/* Ways: how the chain rule leads from an element towards the loss. */
#ifndef EXPLAIN_WAY_H
#define EXPLAIN_WAY_H

#include "engine/pass.h"

typedef enum Way {
    WAY_ONE,   /* to a single dependent */
    WAY_LOSS,  /* the element is an output: ∂L/∂ŷ is a formula */
    WAY_FUSED, /* ∂L/∂z is a formula that two factors simplify to */
    WAY_BATCH, /* ∂L/∂z is a formula over the whole batch: z is normalised with it */
    WAY_MANY   /* paths part here */
} Way;

Way way_from(const Pass *pass, size_t element);

/* Whether the partial ∂upper/∂lower is no formula, but a number that stands elsewhere: a weight, an
   input, a node, or 1. */
bool way_is_read_off(const Pass *pass, size_t upper, size_t lower);

#endif
