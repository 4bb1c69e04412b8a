#include <math.h>
#include <string.h>

#include "explain/calculus_tidy.h"

Sum sum_new(Arena *arena)
{
    return (Sum){.arena = arena};
}

bool is_sum(const Expr *expr)
{
    return expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT;
}

static void append(Sum *sum, Term term)
{
    if (sum->count == sum->capacity) {
        Term *old = sum->terms;
        sum->capacity = sum->capacity ? 2 * sum->capacity : 4;
        sum->terms = arena_new(sum->arena, (size_t)sum->capacity * sizeof *old);
        if (old) memcpy(sum->terms, old, (size_t)sum->count * sizeof *old);
    }
    sum->terms[sum->count++] = term;
}

void sum_add(Sum *sum, Ratio coefficient, const Expr *rest)
{
    for (int i = 0; i < sum->count; i++) {
        Term *term = &sum->terms[i];
        if (!alike(sum->arena, term->rest, rest)) continue;
        term->coefficient = ratio_add(term->coefficient, coefficient);
        return;
    }
    append(sum, (Term){coefficient, rest});
}

/* Splits a term that is no sum into its coefficient and the rest. */
static void take_term(Sum *sum, const Expr *expr, Ratio times)
{
    Product product = product_new(sum->arena, ratio(1, 1));
    product_take(&product, expr, 1);
    Ratio coefficient = ratio_multiply(times, product.coefficient);
    product.coefficient = ratio(1, 1);
    const Expr *rest = product_give(&product);
    bool unit = fabs(coefficient.over) == 1 && coefficient.under == 1;
    if (is_sum(rest) && unit)
        sum_take(sum, rest, coefficient);
    else
        sum_add(sum, coefficient, rest);
}

void sum_take(Sum *sum, const Expr *expr, Ratio times)
{
    const Ratio minus = {-1, 1};
    switch (expr->kind) {
    case EXPR_ADD:
        for (int i = 0; i < expr->count; i++) sum_take(sum, expr->items[i], times);
        break;
    case EXPR_SUBTRACT:
        sum_take(sum, expr->items[0], times);
        sum_take(sum, expr->items[1], ratio_multiply(times, minus));
        break;
    case EXPR_NEGATE: sum_take(sum, expr->items[0], ratio_multiply(times, minus)); break;
    default: take_term(sum, expr, times);
    }
}

static const Expr *give_term(Arena *arena, const Term *term, double sign)
{
    Product product = product_new(arena, ratio_multiply(term->coefficient, ratio(sign, 1)));
    product_take(&product, term->rest, 1);
    return product_give(&product);
}

/* In a sum of two the positive term comes first: 1 - x, not -x + 1. */
static void order(Sum *sum)
{
    Term *terms = sum->terms;
    if (sum->count != 2 || !(terms[0].coefficient.over < 0) || terms[1].coefficient.over < 0)
        return;
    Term first = terms[0];
    terms[0] = terms[1];
    terms[1] = first;
}

/* The terms that are not 0. */
static Sum remaining(const Sum *sum)
{
    Sum rest = sum_new(sum->arena);
    for (int i = 0; i < sum->count; i++)
        if (!ratio_is(sum->terms[i].coefficient, 0)) append(&rest, sum->terms[i]);
    return rest;
}

/* Shaped as the parser would: a + b - c + d is ((a + b) - c) + d. */
const Expr *sum_give(const Sum *sum)
{
    Arena *arena = sum->arena;
    Sum rest = remaining(sum);
    if (rest.count == 0) return expr_number(arena, 0);
    order(&rest);
    const Expr **items = arena_new(arena, (size_t)rest.count * sizeof *items);
    int count = 0;
    for (int i = 0; i < rest.count; i++) {
        const Term *term = &rest.terms[i];
        if (i == 0 || !(term->coefficient.over < 0)) {
            items[count++] = give_term(arena, term, 1);
            continue;
        }
        const Expr *before = expr_joined(arena, EXPR_ADD, items, count);
        items[0] = expr_binary(arena, EXPR_SUBTRACT, before, give_term(arena, term, -1));
        count = 1;
    }
    return expr_joined(arena, EXPR_ADD, items, count);
}

static int sum_factor(const Product *product)
{
    for (int i = 0; i < product->count; i++) {
        const Power *power = &product->powers[i];
        bool raised = power->exponent->kind == EXPR_NUMBER && whole(power->exponent->value);
        if (is_sum(power->base) && raised && power->exponent->value > 0) return i;
    }
    return -1;
}

/* Adds PRODUCT, multiplied out, to SUM; false when that takes more than BUDGET steps. */
static bool multiply_out(Sum *sum, const Product *product, int *budget)
{
    if (--*budget < 0) return false;
    int at = sum_factor(product);
    Product rest = product_without(product, at);
    if (at < 0) {
        rest.coefficient = ratio(1, 1);
        sum_add(sum, product->coefficient, product_give(&rest));
        return true;
    }
    const Power *power = &product->powers[at];
    Sum inner = sum_new(sum->arena);
    sum_take(&inner, power->base, product->coefficient);
    for (int i = 0; i < inner.count; i++) {
        Product part = product_without(&rest, -1);
        part.coefficient = inner.terms[i].coefficient;
        product_take(&part, inner.terms[i].rest, 1);
        product_take(&part, power->base, power->exponent->value - 1);
        if (!multiply_out(sum, &part, budget)) return false;
    }
    return true;
}

static int leaves(const Expr *expr)
{
    int count = expr->count == 0;
    for (int i = 0; i < expr->count; i++) count += leaves(expr->items[i]);
    return count;
}

static const Expr *give_multiplied_out(const Sum *sum, int budget)
{
    Sum terms = sum_new(sum->arena);
    for (int i = 0; i < sum->count; i++) {
        Product product = product_new(sum->arena, sum->terms[i].coefficient);
        product_take(&product, sum->terms[i].rest, 1);
        if (!multiply_out(&terms, &product, &budget)) return NULL;
    }
    return sum_give(&terms);
}

const Expr *sum_give_shortest(const Sum *sum)
{
    enum { LONGEST = 60 }; /* nobody would multiply out more by hand */
    const Expr *given = sum_give(sum);
    int length = leaves(given);
    if (length > LONGEST) return given;
    ArenaMark mark = arena_mark(sum->arena);
    const Expr *expanded = give_multiplied_out(sum, LONGEST);
    if (expanded && leaves(expanded) < length) return expanded;
    arena_reset(sum->arena, mark);
    return given;
}
