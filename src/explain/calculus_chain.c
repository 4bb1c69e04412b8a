#include <math.h>
#include <string.h>

#include "explain/calculus_rules.h"

static const Rule power = {"power", "d(u^n) = n·u^(n-1)"};
static const Rule exponential = {"exponential", "d(a^u) = a^u·log(a)"};
static const Rule general_power = {"general power", "d(u^v) = u^v·(dv·log(u) + v·du/u)"};
static const Rule chain = {"chain", "d(f(u)) = f'(u)·du"};

/* The derivative of EXPR with respect to its operand AT, as if all others were constant;
   not tidy. */
typedef const Expr *Slope(Arena *arena, const Expr *expr, int at);

static const Expr *power_slope(Arena *arena, const Expr *expr, int at)
{
    const Expr *u = expr->items[at], *n = expr->items[1];
    const Expr *less = expr_binary(arena, EXPR_SUBTRACT, n, expr_number(arena, 1));
    return expr_binary(arena, EXPR_MULTIPLY, n, expr_binary(arena, EXPR_POWER, u, less));
}

static const Expr *logarithm(Arena *arena, const Expr *expr)
{
    return expr_call(arena, function_find("log", 3), &expr);
}

static const Expr *exponential_slope(Arena *arena, const Expr *expr, int at)
{
    return expr_binary(arena, EXPR_MULTIPLY, expr, logarithm(arena, expr->items[1 - at]));
}

static const char *const arguments[FUNCTION_ARITY] = {"a", "b"};

static const Expr *slope_formula(Arena *arena, const Function *function, int at)
{
    const Expr *slope = NULL;
    const char *text = function->slopes[at];
    expr_parse(text, strlen(text), 0, arena, NULL, &slope, NULL);
    return slope;
}

static const Expr *call_slope(Arena *arena, const Expr *expr, int at)
{
    const Expr *formula = slope_formula(arena, expr->function, at);
    return expr_substitute(arena, formula, arguments, expr->items, expr->count);
}

/* A letter for the inner function that EXPR does not use yet; the last one cannot be typed. */
static const char *free_letter(const Expr *expr)
{
    static const char *const letters[] = {"u", "v", "t", "s", "r", "u'"};
    size_t last = sizeof letters / sizeof letters[0] - 1, i = 0;
    while (i < last && expr_mentions(expr, letters[i])) i++;
    return letters[i];
}

static void log_inner(Calculus *calculus, int use, const Expr *inner, const char *letter)
{
    if (!calculus->log) return;
    calculus->log->uses[use].inner = inner;
    calculus->log->uses[use].letter = letter;
}

/* EXPR with its operand AT called LETTER: the f(u) of (3x)^2 is u^2. */
static const Expr *outer_function(Calculus *calculus, const Expr *expr, int at, const char *letter)
{
    const Expr **items = calculus_items(calculus, expr->count);
    memcpy(items, expr->items, (size_t)expr->count * sizeof *items);
    items[at] = expr_name(calculus->arena, letter, NAN);
    return expr_with_items(calculus->arena, expr, items);
}

/* RULE on EXPR, of whose operands AT is the variable itself and the others are constant. */
static bool apply_directly(Calculus *calculus, Rule rule, const Expr *expr, int at, Slope *slope,
                           Pair *pair)
{
    int use = calculus_use(calculus, rule, expr);
    pair->value = expr_simplify(calculus->arena, expr);
    pair->slope = expr_simplify(calculus->arena, slope(calculus->arena, expr, at));
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* RULE on EXPR, of whose operands only AT varies: under the chain rule unless that is
   the variable itself. */
static bool apply(Calculus *calculus, Rule rule, const Expr *expr, int at, Slope *slope, Pair *pair)
{
    const Expr *operand = expr->items[at];
    if (operand->kind == EXPR_NAME) return apply_directly(calculus, rule, expr, at, slope, pair);
    int use = calculus_use(calculus, chain, expr);
    const char *letter = free_letter(expr);
    log_inner(calculus, use, operand, letter);
    Pair outer, inner;
    apply_directly(calculus, rule, outer_function(calculus, expr, at, letter), at, slope, &outer);
    if (!calculus_differentiate(calculus, operand, &inner)) return false;
    pair->value = tidy_substitute(calculus->arena, outer.value, &letter, &inner.value, 1);
    outer.slope = tidy_substitute(calculus->arena, outer.slope, &letter, &inner.value, 1);
    pair->slope = calculus_times(calculus, outer.slope, inner.slope);
    calculus_result(calculus, use, pair->slope);
    return true;
}

/* u^v·(dv·log(u) + v·du/u) */
static bool differentiate_general_power(Calculus *calculus, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, general_power, expr);
    Pair u, v;
    if (!calculus_differentiate(calculus, expr->items[0], &u)) return false;
    if (!calculus_differentiate(calculus, expr->items[1], &v)) return false;
    const Expr *log_of_u = tidy(calculus->arena, logarithm(calculus->arena, u.value));
    const Expr *by_exponent = calculus_times(calculus, v.slope, log_of_u);
    const Expr *by_base =
        calculus_binary(calculus, EXPR_DIVIDE, calculus_times(calculus, v.value, u.slope), u.value);
    pair->value = calculus_binary(calculus, EXPR_POWER, u.value, v.value);
    pair->slope = calculus_times(calculus, pair->value,
                                 calculus_binary(calculus, EXPR_ADD, by_exponent, by_base));
    calculus_result(calculus, use, pair->slope);
    return true;
}

bool differentiate_power(Calculus *calculus, const Expr *expr, Pair *pair)
{
    if (!calculus_varies(calculus, expr->items[1]))
        return apply(calculus, power, expr, 0, power_slope, pair);
    if (!calculus_varies(calculus, expr->items[0]))
        return apply(calculus, exponential, expr, 1, exponential_slope, pair);
    return differentiate_general_power(calculus, expr, pair);
}

static Rule function_rule(Arena *arena, const Function *function)
{
    const char *const *slopes = function->slopes;
    const char *statement = function->arity == 1
                                ? arena_print(arena, "d(%s(a)) = %s", function->name, slopes[0])
                                : arena_print(arena, "d(%s(a, b)) = (%s)·da + (%s)·db",
                                              function->name, slopes[0], slopes[1]);
    return (Rule){function->rule, statement};
}

/* A function of two arguments that both vary. */
static bool differentiate_call_of_two(Calculus *calculus, Rule rule, const Expr *expr, Pair *pair)
{
    int use = calculus_use(calculus, rule, expr);
    const Expr *values[FUNCTION_ARITY], *terms[FUNCTION_ARITY];
    Pair inner[FUNCTION_ARITY];
    for (int i = 0; i < FUNCTION_ARITY; i++) {
        if (!calculus_differentiate(calculus, expr->items[i], &inner[i])) return false;
        values[i] = inner[i].value;
    }
    for (int i = 0; i < FUNCTION_ARITY; i++) {
        const Expr *slope = slope_formula(calculus->arena, expr->function, i);
        slope = tidy_substitute(calculus->arena, slope, arguments, values, FUNCTION_ARITY);
        terms[i] = calculus_times(calculus, slope, inner[i].slope);
    }
    pair->value = tidy(calculus->arena, expr_with_items(calculus->arena, expr, values));
    /* max(u, u) is u: there the kink is everywhere. */
    bool same = alike(calculus->arena, values[0], values[1]);
    pair->slope = same ? inner[0].slope : calculus_binary(calculus, EXPR_ADD, terms[0], terms[1]);
    calculus_result(calculus, use, pair->slope);
    return true;
}

bool differentiate_call(Calculus *calculus, const Expr *expr, Pair *pair)
{
    if (!strcmp(expr->function->name, "pow"))
        return differentiate_power(
            calculus, expr_node(calculus->arena, EXPR_POWER, expr->items, expr->count), pair);
    Rule rule = function_rule(calculus->arena, expr->function);
    bool first = calculus_varies(calculus, expr->items[0]);
    if (first && expr->count == 2 && calculus_varies(calculus, expr->items[1]))
        return differentiate_call_of_two(calculus, rule, expr, pair);
    return apply(calculus, rule, expr, first ? 0 : 1, call_slope, pair);
}
