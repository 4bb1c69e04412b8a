/* Powers, with what is raised above the line where there are signs for it. */
#include <math.h>
#include <string.h>

#include "render/spelling.h"

bool spelling_is_power(const Expr *expr)
{
    return expr->kind == EXPR_POWER || spelling_is_call(expr, "sq") ||
           spelling_is_call(expr, "pow");
}

bool spelling_is_raised(const Spelling *s, const Expr *exponent)
{
    double value = exponent->value;
    return !s->ascii && exponent->kind == EXPR_NUMBER && fabs(value) < 100 && value == floor(value);
}

/* e^x is exp(x), whatever a variable e is. */
static bool name_needs_help(const Spelling *s, const char *name)
{
    if (!strcmp(name, "e")) return true;
    bool letter = !s->ascii && spelling_letter(name) != name;
    return !letter && strpbrk(name, "0123456789^") != NULL;
}

/* w11^2 is a name, not a square: in ASCII a symbol's power needs (w11^2)^2, and so
   does on paper whatever carries an exponent of its own. */
bool spelling_base_needs_help(const Spelling *s, const Expr *base)
{
    if (!expr_is_leaf(base)) return false;
    if (spelling_is_number(s, base)) return spelling_has_exponent(s, base->value);
    if (base->kind == EXPR_SYMBOL) return s->ascii || base->symbol.kind == SYMBOL_WEIGHT;
    return base->kind == EXPR_NAME && name_needs_help(s, base->name);
}

static void spell_base(const Spelling *s, const Expr *base)
{
    bool help = spelling_base_needs_help(s, base);
    if (help) text_add_char(s->text, '(');
    spelling_add(s, base, (Place){help ? STRENGTH_CHOOSE : STRENGTH_ATOM, help});
    if (help) text_add_char(s->text, ')');
}

static void spell_exponent(const Spelling *s, const Expr *exponent)
{
    if (spelling_is_raised(s, exponent)) {
        spell_superscript(s->text, (int)exponent->value);
        return;
    }
    text_add_char(s->text, '^');
    spelling_add(s, exponent, (Place){STRENGTH_ATOM, false});
}

void spelling_add_power(const Spelling *s, const Expr *expr)
{
    if (spelling_is_call(expr, "exp")) {
        text_add_char(s->text, 'e');
        spell_exponent(s, expr->items[0]);
        return;
    }
    const Expr two = {.kind = EXPR_NUMBER, .value = 2};
    spell_base(s, expr->items[0]);
    spell_exponent(s, expr->count == 2 ? expr->items[1] : &two);
}
