#include <string.h>

#include "explain/calculus.h"
#include "explain/calculus_tidy.h"

static bool all_numbers(const Expr *expr)
{
    for (int i = 0; i < expr->count; i++)
        if (expr->items[i]->kind != EXPR_NUMBER) return false;
    return true;
}

static const Expr *tidy_product(Arena *arena, const Expr *expr)
{
    Product product = product_new(arena, ratio(1, 1));
    product_take(&product, expr, 1);
    return product_give(&product);
}

static const Expr *tidy_sum(Arena *arena, const Expr *expr)
{
    Sum sum = sum_new(arena);
    sum_take(&sum, expr, ratio(1, 1));
    return sum_give_shortest(&sum);
}

/* sqrt(4) is 2, but sqrt(2) stays: only what comes out whole is put in. */
static const Expr *tidy_call(Arena *arena, const Expr *expr)
{
    const Expr *const *items = expr->items;
    if (!strcmp(expr->function->name, "sq"))
        return tidy_binary(arena, EXPR_POWER, items[0], expr_number(arena, 2));
    if (!strcmp(expr->function->name, "pow"))
        return tidy_binary(arena, EXPR_POWER, items[0], items[1]);
    if (all_numbers(expr) && whole(expr_value(expr))) return expr_number(arena, expr_value(expr));
    /* max(u, u) and min(u, u): no other function of two arguments is left. */
    if (expr->count == 2 && alike(arena, items[0], items[1])) return items[0];
    return expr;
}

static const Expr *tidy_truth(Arena *arena, const Expr *expr)
{
    return all_numbers(expr) ? expr_number(arena, expr_value(expr)) : expr;
}

static const Expr *tidy_choice(Arena *arena, const Expr *expr)
{
    const Expr *const *items = expr->items;
    if (items[0]->kind == EXPR_NUMBER) return items[items[0]->value != 0 ? 1 : 2];
    return alike(arena, items[1], items[2]) ? items[1] : expr;
}

const Expr *tidy(Arena *arena, const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_NEGATE:
    case EXPR_MULTIPLY:
    case EXPR_DIVIDE:
    case EXPR_POWER: return tidy_product(arena, expr);
    case EXPR_ADD:
    case EXPR_SUBTRACT: return tidy_sum(arena, expr);
    case EXPR_CALL: return tidy_call(arena, expr);
    case EXPR_CHOOSE: return tidy_choice(arena, expr);
    default: return tidy_truth(arena, expr);
    }
}

const Expr *tidy_binary(Arena *arena, ExprKind kind, const Expr *left, const Expr *right)
{
    return tidy(arena, expr_binary(arena, kind, left, right));
}

const Expr *tidy_substitute(Arena *arena, const Expr *expr, const char *const *names,
                            const Expr *const *by, int count)
{
    if (expr->count == 0) return expr_substitute(arena, expr, names, by, count);
    const Expr **items = arena_new(arena, (size_t)expr->count * sizeof *items);
    for (int i = 0; i < expr->count; i++)
        items[i] = tidy_substitute(arena, expr->items[i], names, by, count);
    return tidy(arena, expr_with_items(arena, expr, items));
}

typedef enum Family { FAMILY_NONE, FAMILY_SUM, FAMILY_PRODUCT } Family;

static Family family(const Expr *expr)
{
    bool is_product = expr->kind == EXPR_MULTIPLY || expr->kind == EXPR_DIVIDE;
    return is_sum(expr) ? FAMILY_SUM : is_product ? FAMILY_PRODUCT : FAMILY_NONE;
}

/* The sums in a sum and the products in a product are left to the outermost one, which
   collects all of them at once. */
static const Expr *tidy_all(Arena *arena, const Expr *expr, Family outer)
{
    if (expr->count == 0) return expr;
    Family own = family(expr);
    const Expr **items = arena_new(arena, (size_t)expr->count * sizeof *items);
    for (int i = 0; i < expr->count; i++) items[i] = tidy_all(arena, expr->items[i], own);
    const Expr *rebuilt = expr_with_items(arena, expr, items);
    return own != FAMILY_NONE && own == outer ? rebuilt : tidy(arena, rebuilt);
}

/* What one pass brings together may fit together further: x^0.5·x^0.5 is x^1 first, then
   x. Two passes are usual; the limit is for what would swing between two forms. */
const Expr *expr_simplify(Arena *arena, const Expr *expr)
{
    for (int pass = 0; pass < 10; pass++) {
        const Expr *tidier = tidy_all(arena, expr, FAMILY_NONE);
        if (expr_equal(tidier, expr)) break;
        expr = tidier;
    }
    return expr;
}
