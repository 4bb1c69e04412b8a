/* What the names in a row's text stand for: an op's, an optimizer's, a schedule's. */
#ifndef EXPLAIN_BINDING_H
#define EXPLAIN_BINDING_H

#include "explain/explainer.h"

enum { BINDINGS = 16 };
typedef struct Binding {
    const char *names[BINDINGS];
    const Expr *by[BINDINGS];
    int count;
} Binding;

/* A name that is added again stands for the later EXPR. */
void binding_add(Binding *binding, const char *name, const Expr *expr);

/* TEXT, the row's own string, with its names replaced. */
const Expr *binding_apply(Explainer *explainer, const char *text, const Binding *binding);

/* For the files of the explainer alone. */

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
