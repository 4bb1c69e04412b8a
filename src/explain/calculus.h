/* Differentiating an expression by the textbook's rules, and tidying the result. */
#ifndef EXPLAIN_CALCULUS_H
#define EXPLAIN_CALCULUS_H

#include "explain/expr.h"

typedef struct RuleUse {
    const char *rule; /* "power", "sum", "product", "quotient", "chain", "constant multiple", ... */
    const char *statement; /* the rule as a formula: "d(u^n) = n·u^(n-1)" */
    const Expr *of;        /* what it was applied to */
    const Expr *gives;     /* its derivative, tidied */
    const Expr *inner;     /* the chain rule's u; else NULL */
    const char *letter;    /* what INNER is called in the next use: "u" unless that is taken */
} RuleUse;

typedef struct RuleLog {
    RuleUse *uses; /* in the order a person would write them: the outermost rule first */
    int count, capacity;
} RuleLog;

/* The derivative of EXPR with respect to the variable NAME, simplified. LOG (may
   be NULL) gets every rule used; its array lives in the arena. Fails for what has
   no derivative rule (a comparison) and when the tree grows past a stated limit. */
bool expr_differentiate(Arena *arena, const Expr *expr, const char *name, RuleLog *log,
                        const Expr **derivative, Error *err);

/* An equal expression (where both are defined) in the form a textbook would print:
   numbers folded, like terms and like powers collected, no 0 + or 1 ·. Factors and
   terms keep the order they came in, but for numbers first, single letters in
   alphabetical order and function calls last. Products stay products unless a sum
   gets shorter by multiplying them out. Fractions of whole numbers stay exact (1/2);
   what comes out of a function or a power is folded only when it is whole. Equal
   input, equal output; simplifying again changes nothing. */
const Expr *expr_simplify(Arena *arena, const Expr *expr);

#endif
