/* Spelling as the renderers do it: by a style, with a memory of numbers.

   spell.h is the same for those who spell now and then. */
#ifndef RENDER_SPELLER_H
#define RENDER_SPELLER_H

#include "render/cut.h"
#include "render/number_cache.h"
#include "render/spell.h"

typedef struct Speller {
    const Style *style;
    NumberCache *numbers; /* NULL: none */
} Speller;

void speller_expr(const Speller *speller, Text *text, const Expr *expr, SpellMode mode);
void speller_number(const Speller *speller, Text *text, double value);
void spell_superscript(Text *text, int value); /* ², ⁻¹ */

#endif
