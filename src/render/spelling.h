/* How an expression is spelled: shared by the files that each spell a kind of it. */
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

/* Where an operand stands: how loose it may be, and whether it may start with a minus
   sign (it may not after an operator: 3 - (-2)). */
typedef struct Place {
    Strength least;
    bool minus;
} Place;

/* Whether EXPR is spelled as its value. */
static inline bool spelling_is_number(const Spelling *s, const Expr *expr)
{
    if (expr->kind == EXPR_NUMBER) return true;
    return expr_is_leaf(expr) && s->mode == SPELL_NUMBERS && !isnan(expr->value);
}

void spelling_add(const Spelling *s, const Expr *expr, Place place); /* in () if need be */
void spelling_add_leaf(const Spelling *s, const Expr *expr);
void spelling_add_power(const Spelling *s, const Expr *expr); /* also e^x */

bool spelling_is_call(const Expr *expr, const char *name);
bool spelling_is_power(const Expr *expr);                    /* but for e^x */
bool spelling_has_exponent(const Spelling *s, double value); /* 1e-05 */
const char *spelling_letter(const char *name); /* β₁ for beta1; NAME when it is no letter */
bool spelling_needs_parentheses(const Spelling *s, const Expr *expr, Place place);

bool spelling_base_needs_help(const Spelling *s, const Expr *base); /* (w₁₁²)²: a leaf's () */
bool spelling_is_raised(const Spelling *s, const Expr *exponent);   /* x², but x^a */

/* Products. */
Place spelling_factor_place(const Spelling *s, const Expr *factor, int index, bool minus);
const char *spelling_product_sign(const Spelling *s, const Expr *product,
                                  int index); /* before INDEX */

#endif
