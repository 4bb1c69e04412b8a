/* Formulas of a pass: the op rows' texts bound to the symbols of a network, with the numbers of
   the row that the pass shows.

   An Explainer computes nothing: it builds trees whose leaves carry the numbers that
   the pass holds. It keeps the rows' parsed texts; what it builds lives in the arena
   it was given, for the caller to reset. */
#ifndef EXPLAIN_EXPLAINER_H
#define EXPLAIN_EXPLAINER_H

#include "engine/memo.h"
#include "engine/sweep.h"
#include "explain/expr.h"
#include "explain/page.h"

enum { TEXTS_LIMIT = 64 };

typedef struct Explainer {
    Pass *pass;                                    /* not owned */
    Arena *arena;                                  /* not owned */
    long (*row_number)(const void *rows, int row); /* what people call ROW of the batch; NULL:
                                                      they count from 1 */
    const void *rows;                              /* for row_number; not owned */
    Page *page; /* that goes along with the pass; not owned; NULL: none */
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

/* What people call ROW (from 0) of the batch. */
long explain_row(const Explainer *explainer, int row);

/* The formula of a node or of L: Σ wx + b, σ(z), (y - ŷ)²; of the μ and v of a batch norm the
   mean over the batch, or the running statistic that stands for it. */
const Expr *explain_formula(Explainer *explainer, size_t element);

/* The mean of the rows' losses. */
const Expr *explain_mean_loss(Explainer *explainer);

/* The formula of the local partial ∂upper/∂lower (UPPER among LOWER's dependents), of the
   fused slope ∂L/∂z, and of ∂L/∂z below the batch norm of a batch, where z moves the mean and
   the variance too. */
const Expr *explain_partial(Explainer *explainer, size_t upper, size_t lower);
const Expr *explain_fused(Explainer *explainer, size_t element);
const Expr *explain_normalised(Explainer *explainer, size_t element);

/* The two means over the batch that explain_normalised's formula names, with all their rows. */
enum { NORM_MEANS = 2 };
void explain_norm_means(Explainer *explainer, size_t element, const Expr *means[NORM_MEANS]);

/* Whether UPPER takes LOWER as it is, around the layer between them. */
bool explain_skip(const Explainer *explainer, size_t upper, size_t lower);

#endif
