/* What an expression ends in: names, symbols and numbers, also those that come out by hand. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number.h"
#include "render/spelling.h"

bool spelling_has_exponent(const Spelling *s, double value)
{
    size_t start = s->text->length;
    speller_number(s->speller, s->text, value);
    bool found = strchr(s->text->bytes + start, 'e') != NULL;
    s->text->length = start;
    return found;
}

/* Names in the rules of optimizers and schedules that are letters on paper. */
static const struct {
    const char *name, *letter;
} on_paper[] = {{"lr", "η"},           {"eta", "η"},          {"eta0", "η₀"},  {"eta_min", "η_min"},
                {"alpha", "α"},        {"mu", "μ"},           {"beta1", "β₁"}, {"beta2", "β₂"},
                {"correction1", "c₁"}, {"correction2", "c₂"}, {"lambda", "λ"}, {"pi", "π"}};

const char *spelling_letter(const char *name)
{
    for (size_t i = 0; i < sizeof on_paper / sizeof on_paper[0]; i++)
        if (!strcmp(name, on_paper[i].name)) return on_paper[i].letter;
    return name;
}

static void spell_name(const Spelling *s, const char *name)
{
    Symbol symbol;
    size_t length = symbol_scan(name, &symbol);
    if (length && !name[length])
        spell_symbol(s->text, symbol, s->speller->style);
    else
        spell_prose(s->text, spelling_letter(name), s->speller->style);
}

static void spell_derivative(const Spelling *s, const Expr *expr)
{
    const char *d = s->ascii ? "d" : "∂";
    text_add(s->text, d);
    spell_symbol(s->text, expr->symbol, s->speller->style);
    text_add_char(s->text, '/');
    text_add(s->text, d);
    spell_symbol(s->text, expr->over, s->speller->style);
}

static void spell_norm(const Spelling *s, const Expr *expr)
{
    text_add(s->text, s->ascii ? "norm(" : "‖");
    if (expr->over.kind)
        spell_derivative(s, expr);
    else
        spell_symbol(s->text, expr->symbol, s->speller->style);
    text_add(s->text, s->ascii ? ")" : "‖");
}

static void spell_mean(const Spelling *s, const Expr *expr)
{
    text_add(s->text, "mean(");
    spelling_add(s, expr->items[0], (Place){STRENGTH_CHOOSE, true});
    text_add_char(s->text, ')');
}

void spelling_add_leaf(const Spelling *s, const Expr *expr)
{
    if (spelling_is_number(s, expr))
        speller_number(s->speller, s->text, expr->value);
    else if (expr->kind == EXPR_NORM)
        spell_norm(s, expr);
    else if (expr->kind == EXPR_MEAN)
        spell_mean(s, expr);
    else if (expr->kind == EXPR_SYMBOL)
        spell_symbol(s->text, expr->symbol, s->speller->style);
    else if (expr->kind == EXPR_DERIVATIVE)
        spell_derivative(s, expr);
    else
        spell_name(s, expr->name);
}

void speller_number(const Speller *speller, Text *text, double value)
{
    number_cache_add(speller->numbers, text, value + 0.0, speller->style->digits); /* -0 is 0 */
}

void spell_verdict(Text *text, const Hand *hand)
{
    char value[DECIMAL_SIZE], units[NUMBER_SIZE];
    decimal_spell(value, hand->value, hand->decimals);
    number_spell(units, fabs(hand->units_off), 6);
    bool one = fabs(hand->units_off) == 1;
    if (hand->units_off == 0)
        text_print(text, "%s, equal", value);
    else
        text_print(text, "%s, %s unit%s off", value, units, one ? "" : "s");
}

void spell_hand(Text *text, const Hand *hand)
{
    text_add(text, "by hand ");
    spell_verdict(text, hand);
}
