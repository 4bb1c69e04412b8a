/* The one formula that a chain of partials comes to, as the notes box it: -2(y - ŷ) w₁₁² x₁. */
#ifndef EXPLAIN_CLOSED_FORM_H
#define EXPLAIN_CLOSED_FORM_H

#include "explain/block.h"

/* The product of CHAIN's formulas, a 1 left out and what they are divided by at the end; of a
   sum over paths that stands alone, the sum of its paths' forms. */
const Expr *closed_form(Arena *arena, const Chain *chain);

#endif
