/* How an expression is spelled: the inside of spell_expr, in spell.c, spell_leaf.c and
   spell_product.c; and in spelling.c what needs parentheses, and whose a minus sign is. */
#ifndef RENDER_SPELLING_H
#define RENDER_SPELLING_H

#include <math.h>

#include "render/speller.h"

/* How tightly a spelling holds together; what is looser than its place allows gets
   parentheses. */
typedef enum Strength {
    STRENGTH_CHOOSE,
    STRENGTH_OR,
    STRENGTH_AND,
    STRENGTH_COMPARE,
    STRENGTH_SUM,
    STRENGTH_PRODUCT,
    STRENGTH_SIGN,
    STRENGTH_POWER,
    STRENGTH_ATOM
} Strength;

typedef struct Spelling {
    const Speller *speller;
    Text *text;
    SpellMode mode;
    bool ascii;
} Spelling;

/* What happens to the first operand of a product or a quotient: a minus sign before the whole is
   its own on paper, and a sum takes that of a negative number for itself. */
typedef enum Lead { LEAD_AS_IT_IS, LEAD_NEGATED, LEAD_POSITIVE } Lead;

/* Where an operand stands. */
typedef struct Place {
    Strength least; /* how loose it may be */
    bool minus;     /* it may start with a minus sign, as it may not after an operator: 3 - (-2) */
    bool within;    /* it is a factor, and on paper its own factors stand among the others */
    bool follows;   /* ... and not the first */
    Lead lead;
} Place;

/* Of a whole formula, or within brackets. */
static const Place spelling_anywhere = {.least = STRENGTH_CHOOSE, .minus = true};

/* Whether EXPR is spelled as its value. */
static inline bool spelling_is_number(const Spelling *s, const Expr *expr)
{
    if (expr->kind == EXPR_NUMBER) return true;
    return expr_is_leaf(expr) && s->mode == SPELL_NUMBERS && !isnan(expr->value);
}

void spelling_add(const Spelling *s, const Expr *expr, Place place);
void spelling_leaf(const Spelling *s, const Expr *leaf);

bool spelling_is_call(const Expr *expr, const char *name);
bool spelling_is_power(const Spelling *s, const Expr *expr); /* x², also sq(x); on paper e^x */
bool spelling_is_negative(const Expr *term);                 /* to be taken away: -2x in y - 2x */
bool spelling_has_letters(const Spelling *s, double value);  /* 1e-05, inf */
bool spelling_is_letter(const char *name);                   /* beta1 and β₁ */

/* -(a b) is (-a) b on paper, and -(a/b) is (-a)/b: EXPR without its sign, which is the PLACE's
   then; and an operand with it, which may take ROOM. */
const Expr *spelling_signed(const Spelling *s, const Expr *expr, Place *place);
const Expr *spelling_operand(const Expr *expr, int index, Place place, Expr *room);
Place spelling_operand_place(const Spelling *s, const Expr *expr, int index, Place place);
bool spelling_needs_parentheses(const Spelling *s, const Expr *expr, Place place);

bool spelling_base_needs_help(const Spelling *s, const Expr *base); /* (w₁₁²)²: a leaf's () */
bool spelling_is_raised(const Spelling *s, const Expr *exponent);   /* x², but x^a */

/* Products. */
const char *spelling_product_sign(const Spelling *s, const Expr *product, int index,
                                  Place place); /* before INDEX */

#endif
