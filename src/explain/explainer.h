/* Formulas of a pass: the op rows' texts bound to the symbols of a network.

   An Explainer computes nothing: it builds trees whose leaves carry the numbers that
   the pass holds. It keeps the rows' parsed texts; what it builds lives in the arena
   it was given, for the caller to reset. */
#ifndef EXPLAIN_EXPLAINER_H
#define EXPLAIN_EXPLAINER_H

#include "engine/memo.h"
#include "engine/sweep.h"
#include "explain/expr.h"

enum { TEXTS_LIMIT = 64 };

typedef struct Explainer {
    Pass *pass;   /* not owned */
    Arena *arena; /* not owned */
    Arena texts;
    struct {
        const char *text;
        const Expr *expr;
    } parsed[TEXTS_LIMIT];
    int parsed_count;
} Explainer;

void explainer_release(Explainer *explainer);

/* The element as a leaf: w₁₁² with its value. */
const Expr *explain_symbol(const Explainer *explainer, size_t element);
/* ∂upper/∂lower as a leaf that carries VALUE. */
const Expr *explain_derivative(const Explainer *explainer, size_t upper, size_t lower,
                               double value);
/* ∂L/∂element likewise. */
const Expr *explain_gradient(const Explainer *explainer, size_t element, double value);

/* The formula of a node or of L: Σ wx + b, σ(z), (y - ŷ)². */
const Expr *explain_formula(Explainer *explainer, size_t element);

/* The formula of the local partial ∂upper/∂lower (UPPER among LOWER's dependents), of the
   fused slope ∂L/∂z, and of ∂L/∂z below the batch norm of a batch, where z moves the mean and
   the variance too (its names mean_dn and mean_dn_n are means over the batch). */
const Expr *explain_partial(Explainer *explainer, size_t upper, size_t lower);
const Expr *explain_fused(Explainer *explainer, size_t element);
const Expr *explain_normalised(Explainer *explainer, size_t element);

#endif
