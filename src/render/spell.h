/* Expressions as one line of characters. */
#ifndef RENDER_SPELL_H
#define RENDER_SPELL_H

#include "base/text.h"
#include "explain/expr.h"
#include "explain/hand.h"
#include "render/style.h"

typedef enum SpellMode {
    SPELL_FORMULA, /* names: -2(y - ŷ) */
    SPELL_NUMBERS  /* every bound leaf as its value: -2(3 - 176) */
} SpellMode;

/* Adds EXPR to TEXT. In Unicode as the notes write: w₁₁², ŷ, ∂L/∂w₁₁², o₁₁(1 - o₁₁),
   1·80 + 1·8, (y - ŷ)²; in ASCII so that `print` reads it back: o11*(1 - o11).
   Either way expr_parse reads it back, and what it reads is spelled the same; but for a mean, and
   for a sum or a product that is cut. A letter without a mark stands apart, 2x y and x (y + 1).
   Sums of more than style->terms terms are cut in the middle with an ellipsis. A norm is ‖W¹‖. A
   mean is mean(z₁₁); in numbers it is worked out where it stands alone, (1 + 2 + 6)/3, and else its
   value. */
void spell_expr(Text *text, const Expr *expr, SpellMode mode, const Style *style);
void spell_symbol(Text *text, Symbol symbol, const Style *style);

/* Adds `by hand 0.6457, equal` or `by hand -0.1903, 1 unit off`: from the exact value, rounded to
   as many decimals, in units of the last place. */
void spell_hand(Text *text, const Hand *hand);
void spell_verdict(Text *text, const Hand *hand); /* the same without `by hand` */

/* Adds `equal`, `1 unit off`, or `far off` from a million units on: these nobody counts. */
void spell_distance(Text *text, double units_off);

/* Adds our own UTF-8 prose, transliterated when the style is ASCII (η -> lr, ŷ -> yhat,
   × -> *, → -> ->, w₁₁² -> w11^2). */
void spell_prose(Text *text, const char *prose, const Style *style);

/* Adds the words of a file or a user, with what could steer a terminal escaped, and in
   ASCII all that is not. */
void spell_foreign(Text *text, const char *words, const Style *style);

/* Adds words that are a user's as well as ours, a lesson's or an error's: what could steer a
   terminal escaped, and in ASCII transliterated as far as our own prose is. */
void spell_words(Text *text, const char *words, size_t length, const Style *style);

#endif
