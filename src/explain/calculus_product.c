#include <math.h>
#include <string.h>

#include "explain/calculus_tidy.h"

Product product_new(Arena *arena, Ratio coefficient)
{
    return (Product){.arena = arena, .coefficient = coefficient};
}

static void append(Product *product, Power power)
{
    if (product->count == product->capacity) {
        Power *old = product->powers;
        product->capacity = product->capacity ? 2 * product->capacity : 4;
        product->powers = arena_new(product->arena, (size_t)product->capacity * sizeof *old);
        if (old) memcpy(product->powers, old, (size_t)product->count * sizeof *old);
    }
    product->powers[product->count++] = power;
}

Product product_without(const Product *product, int index)
{
    Product copy = product_new(product->arena, product->coefficient);
    for (int i = 0; i < product->count; i++)
        if (i != index) append(&copy, product->powers[i]);
    return copy;
}

static const Expr *sum_of_exponents(Arena *arena, const Expr *a, const Expr *b)
{
    if (a->kind == EXPR_NUMBER && b->kind == EXPR_NUMBER)
        return expr_number(arena, a->value + b->value);
    return tidy_binary(arena, EXPR_ADD, a, b);
}

/* Equal bases: their exponents add up. */
static void multiply_power(Product *product, const Expr *base, const Expr *exponent)
{
    for (int i = 0; i < product->count; i++) {
        Power *power = &product->powers[i];
        if (!alike(product->arena, power->base, base)) continue;
        power->exponent = sum_of_exponents(product->arena, power->exponent, exponent);
        if (expr_is_number(power->exponent, 0)) *product = product_without(product, i);
        return;
    }
    append(product, (Power){base, exponent, 0});
}

static void multiply_number(Product *product, const Expr *number, double exponent)
{
    Ratio power;
    if (ratio_power(number->value, exponent, &power))
        product->coefficient = ratio_multiply(product->coefficient, power);
    else
        multiply_power(product, number, expr_number(product->arena, exponent));
}

/* (u^m)^n is u^(m·n) for a whole n; of a whole m too the base may come apart further. */
static void multiply_raised(Product *product, const Expr *expr, double exponent)
{
    const Expr *base = expr->items[0], *inner = expr->items[1];
    if (inner->kind == EXPR_NUMBER && whole(inner->value)) {
        product_take(product, base, inner->value * exponent);
        return;
    }
    double value = inner->kind == EXPR_NUMBER && base->kind == EXPR_NUMBER ? expr_value(expr) : NAN;
    if (expr_is_number(base, 1)) return;
    if (whole(value)) {
        multiply_number(product, expr_number(product->arena, value), exponent);
        return;
    }
    const Expr *outer = expr_number(product->arena, exponent);
    multiply_power(product, base,
                   exponent == 1 ? inner
                                 : tidy_binary(product->arena, EXPR_MULTIPLY, outer, inner));
}

void product_take(Product *product, const Expr *expr, double exponent)
{
    if (exponent == 0) return;
    switch (expr->kind) {
    case EXPR_NUMBER: multiply_number(product, expr, exponent); break;
    case EXPR_NEGATE:
        if (fmod(exponent, 2) != 0) product->coefficient.over = -product->coefficient.over;
        product_take(product, expr->items[0], exponent);
        break;
    case EXPR_MULTIPLY:
        for (int i = 0; i < expr->count; i++) product_take(product, expr->items[i], exponent);
        break;
    case EXPR_DIVIDE:
        product_take(product, expr->items[0], exponent);
        product_take(product, expr->items[1], -exponent);
        break;
    case EXPR_POWER: multiply_raised(product, expr, exponent); break;
    default: multiply_power(product, expr, expr_number(product->arena, exponent));
    }
}
