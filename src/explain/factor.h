/* One factor of a chain: a partial derivative, its numbers and where they come from. */
#ifndef EXPLAIN_FACTOR_H
#define EXPLAIN_FACTOR_H

#include "explain/block.h"
#include "explain/explainer.h"

/* ∂upper/∂lower, for an UPPER among LOWER's dependents, in the shown row. */
Factor factor_between(Explainer *explainer, size_t upper, size_t lower);

#endif
