/* Chains by name: ∂L/∂ŷ × ∂ŷ/∂o₁₁ as an expression, before anything is known of the factors. */
#ifndef EXPLAIN_SYMBOLS_H
#define EXPLAIN_SYMBOLS_H

#include "explain/block.h"

const Expr *symbols_of_chain(Arena *arena, const Chain *chain);

/* The sum over the paths that FACTOR has terms for. */
const Expr *symbols_of_paths(Arena *arena, const Factor *factor);

#endif
