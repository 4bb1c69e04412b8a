#include <math.h>
#include <string.h>

#include "explain/calculus_tidy.h"

/* Where a factor stands: 2·x·(y - ŷ)·cos(x). Within a rank single letters are in
   alphabetical order, as in polynomials; all else keeps the order it came in, which
   in a chain is from the loss outwards. */
enum { RANK_NUMBER, RANK_LETTER, RANK_OTHER, RANK_CALL };

static bool has_call(const Expr *expr)
{
    if (expr->kind == EXPR_CALL || expr->kind == EXPR_CHOOSE) return true;
    for (int i = 0; i < expr->count; i++)
        if (has_call(expr->items[i])) return true;
    return false;
}

static int rank(const Expr *base)
{
    if (base->kind == EXPR_NUMBER) return RANK_NUMBER;
    if (base->kind == EXPR_NAME && symbol_letter(base->name) == strlen(base->name))
        return RANK_LETTER;
    return has_call(base) ? RANK_CALL : RANK_OTHER;
}

static bool stands_before(const Power *a, const Power *b)
{
    if (a->rank != RANK_LETTER || b->rank != RANK_LETTER) return a->rank < b->rank;
    return strcmp(a->base->name, b->base->name) < 0;
}

static void sort(Power *powers, int count)
{
    for (int i = 0; i < count; i++) {
        Power moved = powers[i];
        moved.rank = rank(moved.base);
        int at = i;
        for (; at > 0 && stands_before(&moved, &powers[at - 1]); at--) powers[at] = powers[at - 1];
        powers[at] = moved;
    }
}

/* 4·(2x + 2) is 8·(x + 1): the whole number that divides all of a sum joins the coefficient. */
static double content(const Sum *sum)
{
    double divisor = 0;
    for (int i = 0; i < sum->count; i++) {
        Ratio coefficient = sum->terms[i].coefficient;
        if (coefficient.under != 1 || !whole(coefficient.over)) return 1;
        divisor = common_divisor(divisor, coefficient.over);
    }
    return divisor;
}

static void extract_content(Product *product, Power *power)
{
    Ratio extracted;
    if (!is_sum(power->base) || power->exponent->kind != EXPR_NUMBER) return;
    Sum sum = sum_new(product->arena);
    sum_take(&sum, power->base, ratio(1, 1));
    double divisor = content(&sum);
    if (divisor <= 1 || !whole(power->exponent->value)) return;
    if (!ratio_power(divisor, power->exponent->value, &extracted)) return;
    for (int i = 0; i < sum.count; i++) sum.terms[i].coefficient.over /= divisor;
    power->base = sum_give(&sum);
    product->coefficient = ratio_multiply(product->coefficient, extracted);
}

static void extract_contents(Product *product)
{
    if (ratio_is(product->coefficient, 1) || ratio_is(product->coefficient, -1)) return;
    for (int i = 0; i < product->count; i++) extract_content(product, &product->powers[i]);
}

/* A piece that is 0 makes the product piecewise: 2x·(x > 0 ? 1 : 0) is x > 0 ? 2x : 0. */
static bool has_zero_piece(const Power *power)
{
    const Expr *base = power->base;
    return base->kind == EXPR_CHOOSE && expr_is_number(power->exponent, 1) &&
           (expr_is_number(base->items[1], 0) || expr_is_number(base->items[2], 0));
}

static const Expr *give_piece(const Product *rest, const Expr *piece)
{
    Product product = product_without(rest, -1);
    product_take(&product, piece, 1);
    return product_give(&product);
}

static const Expr *give_pieces(const Product *product, int index)
{
    const Expr *choice = product->powers[index].base;
    Product rest = product_without(product, index);
    const Expr *items[] = {choice->items[0], give_piece(&rest, choice->items[1]),
                           give_piece(&rest, choice->items[2])};
    return tidy(product->arena, expr_node(product->arena, EXPR_CHOOSE, items, 3));
}

/* Whether EXPONENT is a negative constant, so that its power stands below the line. */
static bool is_negative(const Expr *exponent)
{
    if (exponent->kind == EXPR_DIVIDE && exponent->items[1]->kind == EXPR_NUMBER)
        exponent = exponent->items[0];
    return exponent->kind == EXPR_NUMBER && exponent->value < 0;
}

static const Expr *give_power(Arena *arena, const Power *power, bool below)
{
    const Expr *exponent = power->exponent;
    if (below) exponent = tidy(arena, expr_unary(arena, EXPR_NEGATE, exponent));
    return expr_is_number(exponent, 1) ? power->base
                                       : expr_binary(arena, EXPR_POWER, power->base, exponent);
}

/* NUMBER times the powers that stand above, or below, the line. */
static const Expr *give_side(const Product *product, double number, bool below)
{
    Arena *arena = product->arena;
    const Expr **items = arena_new(arena, (size_t)(product->count + 1) * sizeof *items);
    int count = 1;
    for (int i = 0; i < product->count; i++) {
        const Power *power = &product->powers[i];
        if (is_negative(power->exponent) == below) items[count++] = give_power(arena, power, below);
    }
    bool bare = count > 1 && fabs(number) == 1;
    items[0] = expr_number(arena, number);
    if (bare) items++, count--;
    const Expr *side = expr_joined(arena, EXPR_MULTIPLY, items, count);
    return bare && number < 0 ? expr_unary(arena, EXPR_NEGATE, side) : side;
}

const Expr *product_give(const Product *product)
{
    if (ratio_is(product->coefficient, 0)) return expr_number(product->arena, 0);
    Product ordered = product_without(product, -1);
    extract_contents(&ordered);
    bool alone = ordered.count == 1 && ratio_is(ordered.coefficient, 1);
    for (int i = 0; i < ordered.count && !alone; i++)
        if (has_zero_piece(&ordered.powers[i])) return give_pieces(&ordered, i);
    sort(ordered.powers, ordered.count);
    const Expr *above = give_side(&ordered, ordered.coefficient.over, false);
    const Expr *below = give_side(&ordered, ordered.coefficient.under, true);
    return expr_is_number(below, 1) ? above
                                    : expr_binary(product->arena, EXPR_DIVIDE, above, below);
}
