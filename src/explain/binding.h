/* What the names in an op row's text stand for. For the files of the explainer alone. */
#ifndef EXPLAIN_BINDING_H
#define EXPLAIN_BINDING_H

#include "explain/explainer.h"

typedef struct Binding {
    const char *names[5];
    const Expr *by[5];
    int count;
} Binding;

void binding_add(Binding *binding, const char *name, const Expr *expr);

/* TEXT, the row's own string, with its names replaced. */
const Expr *binding_apply(Explainer *explainer, const char *text, const Binding *binding);

/* Node I of the vector INDEX as a leaf. */
static inline const Expr *explain_node(const Explainer *x, int index, size_t i)
{
    return explain_symbol(x, x->pass->net->vectors[index].at + i);
}

/* Batch norm: the formula of node I of the vector called KIND, which OP writes (n, μ or v), and
   ∂n/∂z with μ and v given. */
const Expr *norm_node_formula(Explainer *explainer, const Op *op, SymbolKind kind, size_t i);
const Expr *norm_partial(Explainer *explainer, const Op *op, size_t i);

#endif
