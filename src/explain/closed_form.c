#include "explain/closed_form.h"

/* Collects numerators and denominators, so that a mean's /n stands at the end. */
typedef struct Fraction {
    const Expr **above, **below;
    int above_count, below_count;
} Fraction;

static const Expr *formula_of(const Factor *factor)
{
    return factor->formula ? factor->formula : factor->symbol;
}

/* Room for every factor above, and below for every division that a factor begins with. */
static Fraction fraction_for(Arena *arena, const Chain *chain)
{
    size_t divisions = 0;
    for (int i = 0; i < chain->count; i++)
        for (const Expr *e = formula_of(&chain->factors[i]); e->kind == EXPR_DIVIDE;
             e = e->items[0])
            divisions++;
    return (Fraction){arena_new(arena, sizeof(Expr *) * (size_t)chain->count),
                      arena_new(arena, sizeof(Expr *) * divisions), 0, 0};
}

static void add_factor(Fraction *fraction, const Expr *expr)
{
    for (; expr->kind == EXPR_DIVIDE; expr = expr->items[0])
        fraction->below[fraction->below_count++] = expr->items[1];
    if (!expr_is_number(expr, 1)) fraction->above[fraction->above_count++] = expr;
}

/* A product inside a product is opened: -2(y - ŷ) o₁₁ has three factors. */
static const Expr *flat_product(Arena *arena, const Fraction *fraction)
{
    int count = 0;
    for (int i = 0; i < fraction->above_count; i++)
        count += fraction->above[i]->kind == EXPR_MULTIPLY ? fraction->above[i]->count : 1;
    const Expr **items = arena_new(arena, sizeof *items * (size_t)count);
    count = 0;
    for (int i = 0; i < fraction->above_count; i++) {
        const Expr *expr = fraction->above[i];
        bool product = expr->kind == EXPR_MULTIPLY;
        for (int k = 0; k < (product ? expr->count : 1); k++)
            items[count++] = product ? expr->items[k] : expr;
    }
    return count ? expr_joined(arena, EXPR_MULTIPLY, items, count) : expr_number(arena, 1);
}

/* A sum over paths that stands alone is the sum of its paths' closed forms. */
static const Expr *closed_sum(Arena *arena, const Factor *factor)
{
    int count = factor->term_count;
    const Expr **items = arena_new(arena, sizeof *items * (size_t)count);
    for (int i = 0; i < count; i++) items[i] = closed_form(arena, &factor->terms[i]);
    return expr_joined(arena, EXPR_ADD, items, count);
}

const Expr *closed_form(Arena *arena, const Chain *chain)
{
    const Factor *first = chain->factors;
    if (chain->count == 1 && !first->formula && first->terms) return closed_sum(arena, first);
    Fraction fraction = fraction_for(arena, chain);
    for (int i = 0; i < chain->count; i++) add_factor(&fraction, formula_of(&chain->factors[i]));
    const Expr *above = flat_product(arena, &fraction);
    if (!fraction.below_count) return above;
    return expr_binary(arena, EXPR_DIVIDE, above,
                       expr_joined(arena, EXPR_MULTIPLY, fraction.below, fraction.below_count));
}
