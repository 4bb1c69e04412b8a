#include <ctype.h>
#include <math.h>
#include <string.h>

#include "render/spelling.h"

/* What an expression is on paper, and whether it is too loose for the place where it stands. */

bool spelling_is_call(const Expr *expr, const char *name)
{
    return expr->kind == EXPR_CALL && !strcmp(expr->function->name, name);
}

/* Textbook forms of calls: x², e^x. ASCII has no e: there it is exp(x), as it is typed. */
bool spelling_is_power(const Spelling *s, const Expr *expr)
{
    return expr->kind == EXPR_POWER || spelling_is_call(expr, "sq") ||
           spelling_is_call(expr, "pow") || (!s->ascii && spelling_is_call(expr, "exp"));
}

static const Strength strengths[] = {
    [EXPR_NEGATE] = STRENGTH_SIGN,
    [EXPR_ADD] = STRENGTH_SUM,
    [EXPR_SUBTRACT] = STRENGTH_SUM,
    [EXPR_MULTIPLY] = STRENGTH_PRODUCT,
    [EXPR_DIVIDE] = STRENGTH_PRODUCT,
    [EXPR_POWER] = STRENGTH_POWER,
    [EXPR_CALL] = STRENGTH_ATOM,
    [EXPR_LESS] = STRENGTH_COMPARE,
    [EXPR_LESS_EQUAL] = STRENGTH_COMPARE,
    [EXPR_GREATER] = STRENGTH_COMPARE,
    [EXPR_GREATER_EQUAL] = STRENGTH_COMPARE,
    [EXPR_EQUAL] = STRENGTH_COMPARE,
    [EXPR_NOT_EQUAL] = STRENGTH_COMPARE,
    [EXPR_AND] = STRENGTH_AND,
    [EXPR_OR] = STRENGTH_OR,
    [EXPR_CHOOSE] = STRENGTH_CHOOSE,
};

static Strength leaf_strength(const Spelling *s, const Expr *expr)
{
    if (spelling_is_number(s, expr)) return expr->value < 0 ? STRENGTH_SIGN : STRENGTH_ATOM;
    return expr->kind == EXPR_DERIVATIVE ? STRENGTH_SIGN : STRENGTH_ATOM;
}

static Strength strength_of(const Spelling *s, const Expr *expr)
{
    if (expr_is_leaf(expr)) return leaf_strength(s, expr);
    if (spelling_is_power(s, expr)) return STRENGTH_POWER;
    if (expr->kind == EXPR_NOT) return s->ascii ? STRENGTH_SIGN : STRENGTH_COMPARE;
    return strengths[expr->kind];
}

static bool starts_with_minus(const Spelling *s, const Expr *expr)
{
    return expr->kind == EXPR_NEGATE || (spelling_is_number(s, expr) && expr->value < 0);
}

static const Expr *first_operand(const Expr *expr)
{
    while (expr->kind == EXPR_MULTIPLY || expr->kind == EXPR_DIVIDE) expr = expr->items[0];
    return expr;
}

const Expr *spelling_signed(const Spelling *s, const Expr *expr, Place *place)
{
    if (s->ascii || expr->kind != EXPR_NEGATE) return expr;
    const Expr *item = expr->items[0];
    if (item->kind != EXPR_MULTIPLY && item->kind != EXPR_DIVIDE) return expr;
    if (starts_with_minus(s, first_operand(item))) return expr;
    place->lead = place->lead == LEAD_POSITIVE ? LEAD_AS_IT_IS : LEAD_NEGATED;
    return item;
}

static bool is_negated_number(const Expr *expr)
{
    return expr->kind == EXPR_NEGATE && expr->items[0]->kind == EXPR_NUMBER;
}

const Expr *spelling_operand(const Expr *expr, int index, Place place, Expr *room)
{
    const Expr *operand = expr->items[index];
    if (index || place.lead == LEAD_AS_IT_IS) return operand;
    if (place.lead == LEAD_NEGATED)
        *room = (Expr){.kind = EXPR_NEGATE, .count = 1, .items = expr->items};
    else if (operand->kind == EXPR_NUMBER)
        *room = (Expr){.kind = EXPR_NUMBER, .value = -operand->value};
    else
        return is_negated_number(operand) ? operand->items[0] : operand;
    return room;
}

bool spelling_needs_parentheses(const Spelling *s, const Expr *expr, Place place)
{
    return strength_of(s, expr) < place.least || (!place.minus && starts_with_minus(s, expr));
}

/* Operands. */

/* A product within a product needs no parentheses on paper. */
static Strength factor_strength(const Spelling *s, const Expr *factor, int index)
{
    bool product = spelling_signed(s, factor, &(Place){0})->kind == EXPR_MULTIPLY;
    return (s->ascii ? !index : product) ? STRENGTH_PRODUCT : STRENGTH_SIGN;
}

/* The first operand of what is read from left to right may be as loose as the whole. */
static Strength operand_strength(const Spelling *s, const Expr *expr, int index)
{
    if (expr->kind == EXPR_MULTIPLY) return factor_strength(s, expr->items[index], index);
    if (expr->kind == EXPR_NEGATE) return s->ascii ? STRENGTH_POWER : STRENGTH_SIGN;
    if (expr->kind == EXPR_DIVIDE && index) return STRENGTH_POWER;
    Strength own = strengths[expr->kind];
    return index == 0 && own != STRENGTH_COMPARE ? own : own + 1;
}

Place spelling_operand_place(const Spelling *s, const Expr *expr, int index, Place place)
{
    bool factor = expr->kind == EXPR_MULTIPLY, first = index == 0;
    return (Place){.least = operand_strength(s, expr, index),
                   .minus = place.minus && first && expr->kind != EXPR_NEGATE,
                   .within = factor,
                   .follows = factor && (place.follows || !first),
                   .lead = first && place.lead == LEAD_POSITIVE ? LEAD_POSITIVE : LEAD_AS_IT_IS};
}

/* Sums. */

static bool has_name(const Expr *expr)
{
    for (int i = 0; i < expr->count; i++)
        if (has_name(expr->items[i])) return true;
    return expr_is_leaf(expr) && expr->kind != EXPR_NUMBER;
}

/* Whether EXPR begins with a negative number on paper. */
static bool begins_negative(const Expr *expr)
{
    const Expr *first = first_operand(expr);
    bool negated = first->kind == EXPR_NEGATE;
    if (negated) first = first_operand(first->items[0]);
    return first->kind == EXPR_NUMBER && (negated ? first->value > 0 : first->value < 0);
}

/* Where numbers have taken the place of names, 0 + (-5)·80, the sum stays what it was. */
bool spelling_is_negative(const Expr *item)
{
    bool product = item->kind == EXPR_MULTIPLY || item->kind == EXPR_DIVIDE;
    return product && begins_negative(item) && has_name(item);
}

/* Powers. */

bool spelling_has_letters(const Spelling *s, double value)
{
    size_t start = s->text->length;
    speller_number(s->speller, s->text, value);
    bool found = strpbrk(s->text->bytes + start, "ein") != NULL;
    s->text->length = start;
    return found;
}

bool spelling_is_raised(const Spelling *s, const Expr *exponent)
{
    double value = exponent->value;
    return !s->ascii && exponent->kind == EXPR_NUMBER && fabs(value) < 100 && value == floor(value);
}

/* e^x is exp(x), whatever a variable e is; and w11^2 is a name, not a square: in ASCII the power
   of what ends in a digit is (o11)^2, and on paper so is that of what carries an exponent, or
   would be another name with it. */
static bool name_needs_help(const Spelling *s, const Expr *base)
{
    size_t start = s->text->length, size;
    Symbol symbol;
    spelling_leaf(s, base);
    bool needed = !strcmp(s->text->bytes + start, "e");
    for (const char *c = s->text->bytes + start; *c && !needed; c++)
        needed = isdigit((unsigned char)*c) || symbol_raised_digit(c, &size) >= 0;
    spell_superscript(s->text, 2);
    needed |= symbol_scan(s->text->bytes + start, &symbol) == s->text->length - start;
    s->text->length = start;
    return needed;
}

bool spelling_base_needs_help(const Spelling *s, const Expr *base)
{
    if (!expr_is_leaf(base)) return false;
    if (spelling_is_number(s, base)) return spelling_has_letters(s, base->value);
    return (base->kind == EXPR_SYMBOL || base->kind == EXPR_NAME) && name_needs_help(s, base);
}
