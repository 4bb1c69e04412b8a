#include "explain/calculus_rules.h"

static const Rule constant = {"constant", "d(c) = 0"};
static const Rule variable = {"variable", "d(x) = 1"};
static const Rule constant_multiple = {"constant multiple", "d(c·u) = c·du"};
static const Rule sum = {"sum", "d(u + v) = du + dv"};
static const Rule product = {"product", "d(u·v) = du·v + u·dv"};
static const Rule quotient = {"quotient", "d(u/v) = (du·v - u·dv)/v^2"};
static const Rule cases = {"cases", "d(c ? u : v) = c ? du : dv"};

static bool differentiate_constant(Calculus *calculus, const Expr *expr, Pair *pair)
{
    *pair = (Pair){expr_simplify(calculus->arena, expr), expr_number(calculus->arena, 0)};
    calculus_result(calculus, calculus_use(calculus, constant, expr), pair->slope);
    return true;
}

static bool differentiate_variable(Calculus *calculus, const Expr *expr, Pair *pair)
{
    *pair = (Pair){expr, expr_number(calculus->arena, 1)};
    calculus_result(calculus, calculus_use(calculus, variable, expr), pair->slope);
    return true;
}

static bool differentiate_negation(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, constant_multiple, expr);
    Pair item;
    if (!calculus_differentiate(calculus, expr->items[0], &item)) return false;
    pair->value = tidy(calculus->arena, expr_unary(calculus->arena, EXPR_NEGATE, item.value));
    pair->slope = tidy(calculus->arena, expr_unary(calculus->arena, EXPR_NEGATE, item.slope));
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* The terms of a whole sum, a - b + c, one by one; the pair is not tidy yet. */
static bool differentiate_terms(Calculus *calculus, const Expr *expr, int *budget, Pair *pair)
{
    if (!is_sum(expr))
        return calculus_differentiate(calculus, expr, pair) &&
               calculus_check_size(calculus, pair->slope, budget);
    const Expr **values = calculus_items(calculus, expr->count);
    const Expr **slopes = calculus_items(calculus, expr->count);
    for (int i = 0; i < expr->count; i++) {
        Pair term;
        if (!differentiate_terms(calculus, expr->items[i], budget, &term)) return false;
        values[i] = term.value;
        slopes[i] = term.slope;
    }
    pair->value = expr_with_items(calculus->arena, expr, values);
    pair->slope = expr_with_items(calculus->arena, expr, slopes);
    return true;
}

static bool differentiate_sum(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, sum, expr), budget = SIZE_LIMIT;
    if (!differentiate_terms(calculus, expr, &budget, pair)) return false;
    pair->value = tidy(calculus->arena, pair->value);
    pair->slope = tidy(calculus->arena, pair->slope);
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* du·v·w + u·dv·w + u·v·dw of the COUNT factors u, v, w. */
static bool add_products(Calculus *calculus, const Expr **values, const Expr *const *slopes,
                         int count, const Expr **slope)
{
    const Expr **terms = calculus_items(calculus, count);
    int budget = SIZE_LIMIT;
    for (int i = 0; i < count; i++) {
        const Expr *value = values[i];
        values[i] = slopes[i];
        terms[i] =
            tidy(calculus->arena, expr_joined(calculus->arena, EXPR_MULTIPLY, values, count));
        values[i] = value;
        if (!calculus_check_size(calculus, terms[i], &budget)) return false;
    }
    *slope = tidy(calculus->arena, expr_node(calculus->arena, EXPR_ADD, terms, count));
    return true;
}

static bool differentiate_factors(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, product, expr);
    const Expr **values = calculus_items(calculus, expr->count);
    const Expr **slopes = calculus_items(calculus, expr->count);
    for (int i = 0; i < expr->count; i++) {
        Pair factor;
        if (!calculus_differentiate(calculus, expr->items[i], &factor)) return false;
        values[i] = factor.value;
        slopes[i] = factor.slope;
    }
    pair->value =
        tidy(calculus->arena, expr_joined(calculus->arena, EXPR_MULTIPLY, values, expr->count));
    if (!add_products(calculus, values, slopes, expr->count, &pair->slope)) return false;
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* Constant factors stand aside; the product rule is for the others. */
static bool differentiate_product(Calculus *calculus, const Expr *expr, Pair *pair)
{
    Arena *arena = calculus->arena;
    const Expr **constants = calculus_items(calculus, expr->count);
    const Expr **varying = calculus_items(calculus, expr->count);
    int fixed = 0, free = 0;
    for (int i = 0; i < expr->count; i++) {
        if (calculus_varies(calculus, expr->items[i]))
            varying[free++] = expr->items[i];
        else
            constants[fixed++] = expr->items[i];
    }
    if (fixed == 0) return differentiate_factors(calculus, expr, pair);
    int use = calculus_use(calculus, constant_multiple, expr);
    Pair rest;
    if (!calculus_differentiate(calculus, expr_joined(arena, EXPR_MULTIPLY, varying, free), &rest))
        return false;
    const Expr *factor = expr_simplify(arena, expr_joined(arena, EXPR_MULTIPLY, constants, fixed));
    bool first = constants[0] == expr->items[0];
    pair->value = first ? calculus_times(calculus, factor, rest.value)
                        : calculus_times(calculus, rest.value, factor);
    pair->slope = calculus_times(calculus, factor, rest.slope);
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* (du·v - u·dv) / v^2 */
static const Expr *quotient_slope(Calculus *calculus, Pair u, Pair v)
{
    const Expr *first = calculus_times(calculus, u.slope, v.value);
    const Expr *second = calculus_times(calculus, u.value, v.slope);
    const Expr *square =
        calculus_binary(calculus, EXPR_POWER, v.value, expr_number(calculus->arena, 2));
    return calculus_binary(calculus, EXPR_DIVIDE,
                           calculus_binary(calculus, EXPR_SUBTRACT, first, second), square);
}

static bool differentiate_quotient(Calculus *calculus, const Expr *expr, Pair *pair)
{
    bool fixed = !calculus_varies(calculus, expr->items[1]);
    int use = calculus_use(calculus, fixed ? constant_multiple : quotient, expr);
    Pair u, v = {expr_simplify(calculus->arena, expr->items[1]), NULL};
    if (!calculus_differentiate(calculus, expr->items[0], &u)) return false;
    if (!fixed && !calculus_differentiate(calculus, expr->items[1], &v)) return false;
    pair->value = calculus_binary(calculus, EXPR_DIVIDE, u.value, v.value);
    pair->slope = fixed ? calculus_binary(calculus, EXPR_DIVIDE, u.slope, v.value)
                        : quotient_slope(calculus, u, v);
    calculus_result(calculus, use, pair->slope);
    return true;
}

static const Expr *choice(Arena *arena, const Expr *condition, const Expr *first,
                          const Expr *second)
{
    return tidy(arena,
                expr_node(arena, EXPR_CHOOSE, (const Expr *[]){condition, first, second}, 3));
}

static bool differentiate_cases(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, cases, expr);
    const Expr *condition = expr_simplify(calculus->arena, expr->items[0]);
    Pair first, second;
    if (!calculus_differentiate(calculus, expr->items[1], &first)) return false;
    if (!calculus_differentiate(calculus, expr->items[2], &second)) return false;
    pair->value = choice(calculus->arena, condition, first.value, second.value);
    pair->slope = choice(calculus->arena, condition, first.slope, second.slope);
    calculus_result(calculus, use, pair->slope);
    return true;
}

static bool differentiate_varying(Calculus *calculus, const Expr *expr, Pair *pair)
{
    switch (expr->kind) {
    case EXPR_NAME: return differentiate_variable(calculus, expr, pair);
    case EXPR_NEGATE: return differentiate_negation(calculus, expr, pair);
    case EXPR_ADD:
    case EXPR_SUBTRACT: return differentiate_sum(calculus, expr, pair);
    case EXPR_MULTIPLY: return differentiate_product(calculus, expr, pair);
    case EXPR_DIVIDE: return differentiate_quotient(calculus, expr, pair);
    case EXPR_POWER: return differentiate_power(calculus, expr, pair);
    case EXPR_CALL: return differentiate_call(calculus, expr, pair);
    case EXPR_CHOOSE: return differentiate_cases(calculus, expr, pair);
    default:
        return fail(calculus->err, 0,
                    "a comparison has no derivative: it can only choose, as in "
                    "x > 0 ? x : 0");
    }
}

bool calculus_differentiate(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int budget = SIZE_LIMIT;
    if (!calculus_varies(calculus, expr)) return differentiate_constant(calculus, expr, pair);
    return differentiate_varying(calculus, expr, pair) &&
           calculus_check_size(calculus, pair->slope, &budget);
}

bool expr_differentiate(Arena *arena, const Expr *expr, const char *name, RuleLog *log,
                        const Expr **derivative, Error *err)
{
    Calculus calculus = {arena, name, log, err};
    int first = log ? log->count : 0;
    Pair pair;
    if (!calculus_differentiate(&calculus, expr, &pair)) return false;
    *derivative = expr_simplify(arena, pair.slope);
    calculus_result(&calculus, first, *derivative);
    return true;
}
