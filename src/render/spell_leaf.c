#include <string.h>

#include "render/spelling.h"

/* Names, symbols, derivatives and numbers. */

/* Names in the rules of optimizers and schedules that are letters on paper. */
static const struct {
    const char *name, *letter;
} on_paper[] = {{"lr", "η"},           {"eta", "η"},          {"eta0", "η₀"},  {"eta_min", "η_min"},
                {"alpha", "α"},        {"mu", "μ"},           {"beta1", "β₁"}, {"beta2", "β₂"},
                {"correction1", "c₁"}, {"correction2", "c₂"}, {"lambda", "λ"}, {"pi", "π"}};

enum { LETTERS = sizeof on_paper / sizeof on_paper[0] };

static const char *letter_of(const char *name)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (!strcmp(name, on_paper[i].name)) return on_paper[i].letter;
    return name;
}

bool spelling_is_letter(const char *name)
{
    const char *letter = letter_of(name);
    for (size_t i = 0; i < LETTERS; i++)
        if (!strcmp(letter, on_paper[i].letter)) return true;
    return false;
}

static void spell_name(const Spelling *s, const char *name)
{
    Symbol symbol;
    size_t length = symbol_scan(name, &symbol);
    if (length && !name[length])
        spell_symbol(s->text, symbol, s->speller->style);
    else if (s->ascii && !strcmp(name, "σ"))
        text_add(s->text, "sigma"); /* sigmoid is the function */
    else
        spell_prose(s->text, letter_of(name), s->speller->style);
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
    spelling_add(s, expr->items[0], spelling_anywhere);
    text_add_char(s->text, ')');
}

void spelling_leaf(const Spelling *s, const Expr *expr)
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
