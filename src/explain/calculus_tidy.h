/* The normal forms behind expr_simplify: a product is a coefficient times powers,
   a sum is coefficients times the rest of each term. Taking an expression in
   collects what is alike; giving it out chooses how a textbook would write it.

   Everything lives in the arena. Operands are tidy already; none of this descends
   into an expression further than its products and sums reach. */
#ifndef EXPLAIN_CALCULUS_TIDY_H
#define EXPLAIN_CALCULUS_TIDY_H

#include "explain/calculus_ratio.h"
#include "explain/expr.h"

typedef struct Power {
    const Expr *base, *exponent;
    int rank; /* where it stands among the others; product_give's own */
} Power;

typedef struct Product {
    Arena *arena;
    Ratio coefficient;
    Power *powers; /* different bases, as they first appeared */
    int count, capacity;
} Product;

Product product_new(Arena *arena, Ratio coefficient);
void product_take(Product *product, const Expr *expr, double exponent); /* times EXPR^EXPONENT */
Product product_without(const Product *product, int index); /* a copy; -1: of all powers */
const Expr *product_give(const Product *product);

typedef struct Term {
    Ratio coefficient;
    const Expr *rest; /* the number 1 in the constant term */
} Term;

typedef struct Sum {
    Arena *arena;
    Term *terms; /* different rests, as they first appeared */
    int count, capacity;
} Sum;

Sum sum_new(Arena *arena);
void sum_take(Sum *sum, const Expr *expr, Ratio times);      /* plus TIMES·EXPR */
void sum_add(Sum *sum, Ratio coefficient, const Expr *rest); /* REST has no coefficient */
const Expr *sum_give(const Sum *sum);

/* Its products multiplied out, where that is shorter: 2x + 5 instead of 2(x + 1) + 3. */
const Expr *sum_give_shortest(const Sum *sum);

bool is_sum(const Expr *expr); /* ADD or SUBTRACT */

/* One step of simplification: the operation of EXPR, no leaf, its operands being tidy. */
const Expr *tidy(Arena *arena, const Expr *expr);
const Expr *tidy_binary(Arena *arena, ExprKind kind, const Expr *left, const Expr *right);

/* EXPR, tidy, with NAMES replaced by expressions that are tidy too. */
const Expr *tidy_substitute(Arena *arena, const Expr *expr, const char *const *names,
                            const Expr *const *by, int count);

/* The same up to the order of factors and terms. Uses the arena only meanwhile. */
bool alike(Arena *arena, const Expr *a, const Expr *b);

#endif
