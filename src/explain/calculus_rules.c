#include <string.h>

#include "explain/calculus_rules.h"

int calculus_use(Calculus *calculus, Rule rule, const Expr *of)
{
    RuleLog *log = calculus->log;
    if (!log) return 0;
    if (log->count == log->capacity) {
        RuleUse *old = log->uses;
        log->capacity = log->capacity ? 2 * log->capacity : 16;
        log->uses = arena_new(calculus->arena, (size_t)log->capacity * sizeof *old);
        if (old) memcpy(log->uses, old, (size_t)log->count * sizeof *old);
    }
    log->uses[log->count] = (RuleUse){.rule = rule.name, .statement = rule.statement, .of = of};
    return log->count++;
}

void calculus_result(Calculus *calculus, int use, const Expr *gives)
{
    if (calculus->log) calculus->log->uses[use].gives = gives;
}

static bool fits(const Expr *expr, int *budget)
{
    if (--*budget < 0) return false;
    for (int i = 0; i < expr->count; i++)
        if (!fits(expr->items[i], budget)) return false;
    return true;
}

bool calculus_check_size(Calculus *calculus, const Expr *expr, int *budget)
{
    return fits(expr, budget) ||
           fail(calculus->err, 0, "the derivative grows beyond %d numbers, names and operations",
                SIZE_LIMIT);
}

const Expr **calculus_items(Calculus *calculus, int count)
{
    return arena_new(calculus->arena, (size_t)count * sizeof(const Expr *));
}

const Expr *calculus_binary(Calculus *calculus, ExprKind kind, const Expr *left, const Expr *right)
{
    return tidy_binary(calculus->arena, kind, left, right);
}

const Expr *calculus_times(Calculus *calculus, const Expr *a, const Expr *b)
{
    return calculus_binary(calculus, EXPR_MULTIPLY, a, b);
}

bool calculus_varies(const Calculus *calculus, const Expr *expr)
{
    return expr_mentions(expr, calculus->name);
}
