#include <assert.h>
#include <math.h>
#include <string.h>

#include "explain/expr.h"

static Expr *new_expr(Arena *arena, ExprKind kind, double value)
{
    Expr *expr = arena_new(arena, sizeof *expr);
    expr->kind = kind;
    expr->value = value;
    return expr;
}

const Expr *expr_number(Arena *arena, double value)
{
    return new_expr(arena, EXPR_NUMBER, value);
}

const Expr *expr_name(Arena *arena, const char *name, double value)
{
    Expr *expr = new_expr(arena, EXPR_NAME, value);
    expr->name = name;
    return expr;
}

const Expr *expr_symbol(Arena *arena, Symbol symbol, double value)
{
    Expr *expr = new_expr(arena, EXPR_SYMBOL, value);
    expr->symbol = symbol;
    return expr;
}

const Expr *expr_derivative(Arena *arena, Symbol upper, Symbol lower, double value)
{
    Expr *expr = new_expr(arena, EXPR_DERIVATIVE, value);
    expr->symbol = upper;
    expr->over = lower;
    return expr;
}

static const Expr *with_items(Arena *arena, Expr *expr, const Expr *const *items, int count)
{
    size_t size = (size_t)count * sizeof *items;
    expr->items = memcpy(arena_new(arena, size), items, size);
    expr->count = count;
    return expr;
}

const Expr *expr_mean(Arena *arena, const Expr *const *items, int count, double value)
{
    return with_items(arena, new_expr(arena, EXPR_MEAN, value), items, count);
}

const Expr *expr_node(Arena *arena, ExprKind kind, const Expr *const *items, int count)
{
    return with_items(arena, new_expr(arena, kind, NAN), items, count);
}

const Expr *expr_unary(Arena *arena, ExprKind kind, const Expr *item)
{
    return expr_node(arena, kind, &item, 1);
}

const Expr *expr_binary(Arena *arena, ExprKind kind, const Expr *left, const Expr *right)
{
    return expr_node(arena, kind, (const Expr *[]){left, right}, 2);
}

const Expr *expr_joined(Arena *arena, ExprKind kind, const Expr *const *items, int count)
{
    return count == 1 ? items[0] : expr_node(arena, kind, items, count);
}

const Expr *expr_call(Arena *arena, const Function *function, const Expr *const *items)
{
    Expr *expr = new_expr(arena, EXPR_CALL, NAN);
    expr->function = function;
    return with_items(arena, expr, items, function->arity);
}

const Expr *expr_with_items(Arena *arena, const Expr *expr, const Expr *const *items)
{
    return expr->kind == EXPR_CALL ? expr_call(arena, expr->function, items)
                                   : expr_node(arena, expr->kind, items, expr->count);
}

/* Most operands are leaves: what is read again and again should not call for each. */
static double item_value(const Expr *expr, int index)
{
    const Expr *item = expr->items[index];
    return expr_is_leaf(item) ? item->value : expr_value(item);
}

static double sum_value(const Expr *expr)
{
    double sum = item_value(expr, 0);
    for (int i = 1; i < expr->count; i++) sum += item_value(expr, i);
    return sum;
}

static double product_value(const Expr *expr)
{
    double product = item_value(expr, 0);
    for (int i = 1; i < expr->count; i++) product *= item_value(expr, i);
    return product;
}

/* A square is a product, as it is in the engine: pow may differ in the last bit. */
static double power_value(double base, double exponent)
{
    return exponent == 2 ? base * base : pow(base, exponent);
}

static double call_value(const Expr *expr)
{
    double arguments[FUNCTION_ARITY];
    for (int i = 0; i < expr->count; i++) arguments[i] = item_value(expr, i);
    return expr->function->value(arguments);
}

double expr_value(const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_NAME:
    case EXPR_SYMBOL:
    case EXPR_DERIVATIVE:
    case EXPR_NORM:
    case EXPR_MEAN: return expr->value;
    case EXPR_NEGATE: return -item_value(expr, 0);
    case EXPR_ADD: return sum_value(expr);
    case EXPR_SUBTRACT: return item_value(expr, 0) - item_value(expr, 1);
    case EXPR_MULTIPLY: return product_value(expr);
    case EXPR_DIVIDE: return item_value(expr, 0) / item_value(expr, 1);
    case EXPR_POWER: return power_value(item_value(expr, 0), item_value(expr, 1));
    case EXPR_CALL: return call_value(expr);
    case EXPR_LESS: return item_value(expr, 0) < item_value(expr, 1);
    case EXPR_LESS_EQUAL: return item_value(expr, 0) <= item_value(expr, 1);
    case EXPR_GREATER: return item_value(expr, 0) > item_value(expr, 1);
    case EXPR_GREATER_EQUAL: return item_value(expr, 0) >= item_value(expr, 1);
    case EXPR_EQUAL: return item_value(expr, 0) == item_value(expr, 1);
    case EXPR_NOT_EQUAL: return item_value(expr, 0) != item_value(expr, 1);
    case EXPR_AND: return item_value(expr, 0) != 0 && item_value(expr, 1) != 0;
    case EXPR_OR: return item_value(expr, 0) != 0 || item_value(expr, 1) != 0;
    case EXPR_NOT: return item_value(expr, 0) == 0;
    case EXPR_CHOOSE: return item_value(expr, item_value(expr, 0) != 0 ? 1 : 2);
    }
    assert(false);
    return NAN;
}

static const Expr *replacement(const Expr *name, const char *const *names, const Expr *const *by,
                               int count)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(name->name, names[i])) return by[i];
    return name;
}

const Expr *expr_substitute(Arena *arena, const Expr *expr, const char *const *names,
                            const Expr *const *by, int count)
{
    if (expr->kind == EXPR_NAME) return replacement(expr, names, by, count);
    if (expr->count == 0) return expr;
    const Expr **items = arena_new(arena, (size_t)expr->count * sizeof *items);
    bool changed = false;
    for (int i = 0; i < expr->count; i++) {
        items[i] = expr_substitute(arena, expr->items[i], names, by, count);
        changed |= items[i] != expr->items[i];
    }
    return changed ? expr_with_items(arena, expr, items) : expr;
}

static bool same_leaf(const Expr *a, const Expr *b)
{
    switch (a->kind) {
    case EXPR_NUMBER: return a->value == b->value || (isnan(a->value) && isnan(b->value));
    case EXPR_NAME: return !strcmp(a->name, b->name);
    case EXPR_SYMBOL: return symbol_equal(a->symbol, b->symbol);
    case EXPR_DERIVATIVE:
    case EXPR_NORM: return symbol_equal(a->symbol, b->symbol) && symbol_equal(a->over, b->over);
    default: return a->function == b->function;
    }
}

bool expr_equal(const Expr *a, const Expr *b)
{
    if (a == b) return true;
    if (a->kind != b->kind || a->count != b->count || !same_leaf(a, b)) return false;
    for (int i = 0; i < a->count; i++)
        if (!expr_equal(a->items[i], b->items[i])) return false;
    return true;
}

bool expr_is_number(const Expr *expr, double value)
{
    return expr->kind == EXPR_NUMBER && expr->value == value;
}

bool expr_mentions(const Expr *expr, const char *name)
{
    if (expr->kind == EXPR_NAME) return !strcmp(expr->name, name);
    for (int i = 0; i < expr->count; i++)
        if (expr_mentions(expr->items[i], name)) return true;
    return false;
}
