/* What the rules of differentiation share: the state of one expr_differentiate, its
   log, and the few ways in which derivatives are put together. Each family of rules
   is a file of its own. */
#ifndef EXPLAIN_CALCULUS_RULES_H
#define EXPLAIN_CALCULUS_RULES_H

#include "explain/calculus.h"
#include "explain/calculus_tidy.h"

typedef struct Rule {
    const char *name, *statement;
} Rule;

typedef struct Calculus {
    Arena *arena;
    const char *name; /* of the variable */
    RuleLog *log;     /* or NULL */
    Error *err;
} Calculus;

/* A function and its derivative, both tidy: what every rule makes of the pairs of its
   operands, so that no part is tidied twice. */
typedef struct Pair {
    const Expr *value, *slope;
} Pair;

/* The rules return false when they have filled the error. */
bool calculus_differentiate(Calculus *calculus, const Expr *expr, Pair *pair);
bool differentiate_power(Calculus *calculus, const Expr *expr, Pair *pair);
bool differentiate_call(Calculus *calculus, const Expr *expr, Pair *pair);

bool calculus_varies(const Calculus *calculus, const Expr *expr); /* with the variable */

/* Logs that RULE is used on OF, and returns which use that is; what it gives is known,
   and logged, after the uses inside it. */
int calculus_use(Calculus *calculus, Rule rule, const Expr *of);
void calculus_result(Calculus *calculus, int use, const Expr *gives);

/* Takes the nodes of EXPR, counted as often as they stand in the tree, from BUDGET, which
   starts at SIZE_LIMIT; fails when it is used up. */
enum { SIZE_LIMIT = 20000 };
bool calculus_check_size(Calculus *calculus, const Expr *expr, int *budget);

const Expr **calculus_items(Calculus *calculus, int count); /* room for so many operands */
const Expr *calculus_binary(Calculus *calculus, ExprKind kind, const Expr *left, const Expr *right);
const Expr *calculus_times(Calculus *calculus, const Expr *a, const Expr *b);

#endif
