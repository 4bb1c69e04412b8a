/* For tests of op rows: their texts evaluated, their kernels differentiated. */
#ifndef TESTS_FORMULAS_H
#define TESTS_FORMULAS_H

#include <string.h>

#include "close.h"
#include "explain/expr.h"

typedef struct Variable {
    const char *name;
    double value;
} Variable;

static inline bool bind_variable(void *self, Expr *leaf, int column, Error *err)
{
    char name[SYMBOL_SIZE];
    symbol_spell(name, leaf->symbol);
    for (const Variable *variable = self; variable->name; variable++) {
        if (strcmp(variable->name, leaf->kind == EXPR_NAME ? leaf->name : name) != 0) continue;
        leaf->value = variable->value;
        return true;
    }
    return fail(err, column, "this formula is over other names");
}

/* TEXT, parsed and evaluated. VARIABLES end with one that has no name. */
static inline double evaluate(const char *text, Variable *variables)
{
    Arena arena = {0};
    const Expr *expr = NULL;
    Error err = {0};
    bool read =
        expr_parse(text, strlen(text), 1, &arena, &(Scope){bind_variable, variables}, &expr, &err);
    ck_assert_msg(read, "%s: column %d: %s", text, err.column, err.message);
    double value = expr_value(expr);
    arena_release(&arena);
    return value;
}

/* The slope of VALUE(self, ·) at AT from four of its values: the error shrinks with the
   fourth power of STEP. */
static inline double slope_by_differences(double (*value)(void *self, double at), void *self,
                                          double at, double step)
{
    double wide = (value(self, at + step) - value(self, at - step)) / (2 * step);
    double narrow = (value(self, at + step / 2) - value(self, at - step / 2)) / step;
    return (4 * narrow - wide) / 3;
}

#endif
