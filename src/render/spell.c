#include <string.h>

#include "render/spelling.h"

enum { FACTORS = 8 }; /* of a product whose minus sign moves into the sum it stands in */

typedef struct Operator {
    Strength strength;
    const char *sign, *ascii;
} Operator;

static const Operator operators[] = {
    [EXPR_ADD] = {STRENGTH_SUM, " + ", " + "},
    [EXPR_SUBTRACT] = {STRENGTH_SUM, " - ", " - "},
    [EXPR_MULTIPLY] = {STRENGTH_PRODUCT, " ", "*"},
    [EXPR_DIVIDE] = {STRENGTH_PRODUCT, "/", "/"},
    [EXPR_LESS] = {STRENGTH_COMPARE, " < ", " < "},
    [EXPR_LESS_EQUAL] = {STRENGTH_COMPARE, " ≤ ", " <= "},
    [EXPR_GREATER] = {STRENGTH_COMPARE, " > ", " > "},
    [EXPR_GREATER_EQUAL] = {STRENGTH_COMPARE, " ≥ ", " >= "},
    [EXPR_EQUAL] = {STRENGTH_COMPARE, " == ", " == "},
    [EXPR_NOT_EQUAL] = {STRENGTH_COMPARE, " ≠ ", " != "},
    [EXPR_AND] = {STRENGTH_AND, " and ", " && "},
    [EXPR_OR] = {STRENGTH_OR, " or ", " || "},
};

bool spelling_is_call(const Expr *expr, const char *name)
{
    return expr->kind == EXPR_CALL && !strcmp(expr->function->name, name);
}

/* Textbook forms of calls: x², e^x. ASCII has no e: there it is exp(x), as it is typed. */
static bool looks_like_power(const Spelling *s, const Expr *expr)
{
    return spelling_is_power(expr) || (!s->ascii && spelling_is_call(expr, "exp"));
}

static Strength leaf_strength(const Spelling *s, const Expr *expr)
{
    if (spelling_is_number(s, expr)) return expr->value < 0 ? STRENGTH_SIGN : STRENGTH_ATOM;
    return expr->kind == EXPR_DERIVATIVE ? STRENGTH_SIGN : STRENGTH_ATOM;
}

static Strength strength_of(const Spelling *s, const Expr *expr)
{
    if (expr_is_leaf(expr)) return leaf_strength(s, expr);
    if (looks_like_power(s, expr)) return STRENGTH_POWER;
    switch (expr->kind) {
    case EXPR_NEGATE: return STRENGTH_SIGN;
    case EXPR_NOT: return s->ascii ? STRENGTH_SIGN : STRENGTH_COMPARE;
    case EXPR_CALL: return STRENGTH_ATOM;
    case EXPR_CHOOSE: return STRENGTH_CHOOSE;
    default: return operators[expr->kind].strength;
    }
}

static bool starts_with_minus(const Spelling *s, const Expr *expr)
{
    return expr->kind == EXPR_NEGATE || (spelling_is_number(s, expr) && expr->value < 0);
}

bool spelling_needs_parentheses(const Spelling *s, const Expr *expr, Place place)
{
    return strength_of(s, expr) < place.least || (!place.minus && starts_with_minus(s, expr));
}

/* Operators over any number of operands. */

/* The first operand of what is read from left to right may be as loose as the whole. */
static Place operand_place(const Spelling *s, const Expr *expr, int index, bool minus)
{
    Strength own = operators[expr->kind].strength;
    if (expr->kind == EXPR_MULTIPLY)
        return spelling_factor_place(s, expr->items[index], index, minus);
    if (expr->kind == EXPR_DIVIDE && index) return (Place){STRENGTH_POWER, false};
    bool loose = index == 0 && own != STRENGTH_COMPARE;
    return (Place){loose ? own : own + 1, minus && !index};
}

static void spell_sign(const Spelling *s, const Expr *expr, int index)
{
    if (expr->kind == EXPR_MULTIPLY)
        text_add(s->text, spelling_product_sign(s, expr, index));
    else
        text_add(s->text, s->ascii ? operators[expr->kind].ascii : operators[expr->kind].sign);
}

static void spell_gap(const Spelling *s, const Expr *expr)
{
    bool product = expr->kind == EXPR_MULTIPLY;
    const char *sign = !product ? operators[expr->kind].sign : s->ascii ? "*" : " ";
    text_add(s->text, sign);
    text_add(s->text, cut_sign(s->speller->style));
    text_add(s->text, sign);
}

/* Spells a product that begins with a negative number without its minus sign. */
static void spell_positive(const Spelling *s, const Expr *product)
{
    const Expr first = {.kind = EXPR_NUMBER, .value = -product->items[0]->value};
    const Expr *items[FACTORS];
    memcpy(items, product->items, sizeof *items * (size_t)product->count);
    items[0] = &first;
    Expr positive = *product;
    positive.items = items;
    spelling_add(s, &positive, (Place){STRENGTH_PRODUCT, false});
}

static bool is_negative_product(const Expr *item)
{
    return item->kind == EXPR_MULTIPLY && item->count <= FACTORS &&
           item->items[0]->kind == EXPR_NUMBER && item->items[0]->value < 0;
}

/* a + (-b) is a - b to a reader, but not to a parser; so is a + (-b)/c. */
static bool spell_subtrahend(const Spelling *s, const Expr *expr, const Expr *item)
{
    bool negated = item->kind == EXPR_NEGATE, divided = item->kind == EXPR_DIVIDE;
    const Expr *product = divided ? item->items[0] : item;
    if (s->ascii || expr->kind != EXPR_ADD || !(negated || is_negative_product(product)))
        return false;
    text_add(s->text, " - ");
    if (negated)
        spelling_add(s, item->items[0], (Place){STRENGTH_PRODUCT, false});
    else
        spell_positive(s, product);
    if (divided) text_add_char(s->text, '/');
    if (divided) spelling_add(s, item->items[1], operand_place(s, item, 1, false));
    return true;
}

static void spell_operation(const Spelling *s, const Expr *expr, bool minus)
{
    bool long_kind = expr->kind == EXPR_ADD || expr->kind == EXPR_MULTIPLY;
    Cut cut = cut_of(s->speller->style, long_kind ? expr->count : 1);
    for (int i = 0; i < expr->count; i++) {
        if (!cut.whole && i == cut.head) {
            spell_gap(s, expr);
            i = expr->count - cut.tail;
        } else if (i && spell_subtrahend(s, expr, expr->items[i])) {
            continue;
        } else if (i) {
            spell_sign(s, expr, i);
        }
        if (i < expr->count) spelling_add(s, expr->items[i], operand_place(s, expr, i, minus));
    }
}

static void spell_negation(const Spelling *s, const Expr *expr)
{
    text_add_char(s->text, '-');
    spelling_add(s, expr->items[0], (Place){s->ascii ? STRENGTH_POWER : STRENGTH_PRODUCT, false});
}

static void spell_not(const Spelling *s, const Expr *expr)
{
    text_add(s->text, s->ascii ? "!" : "not ");
    spelling_add(s, expr->items[0], (Place){STRENGTH_ATOM, false});
}

static void spell_choice(const Spelling *s, const Expr *expr, bool minus)
{
    const Place first = {STRENGTH_OR, minus}, later = {STRENGTH_OR, true};
    const Expr *const *items = expr->items;
    spelling_add(s, items[s->ascii ? 0 : 1], first);
    text_add(s->text, s->ascii ? " ? " : " if ");
    spelling_add(s, items[s->ascii ? 1 : 0], later);
    text_add(s->text, s->ascii ? " : " : " else ");
    spelling_add(s, items[2], later);
}

/* Calls. */

typedef struct CallForm {
    const char *name, *before, *after;
} CallForm;

static const CallForm call_forms[] = {
    {"abs", "|", "|"}, {"sqrt", "√(", ")"}, {"sigmoid", "σ(", ")"}, {NULL, NULL, NULL}};

static bool contains_abs(const Expr *expr)
{
    if (spelling_is_call(expr, "abs")) return true;
    for (int i = 0; i < expr->count; i++)
        if (contains_abs(expr->items[i])) return true;
    return false;
}

/* Of two bars in a row nobody could tell whose they are. */
static const CallForm *form_of(const Spelling *s, const Expr *expr)
{
    const CallForm *form = call_forms;
    bool within = spelling_is_call(expr, "abs") && contains_abs(expr->items[0]);
    while (form->name && (s->ascii || within || !spelling_is_call(expr, form->name))) form++;
    return form;
}

static void spell_call(const Spelling *s, const Expr *expr)
{
    const CallForm *form = form_of(s, expr);
    text_add(s->text, form->name ? form->before : expr->function->name);
    if (!form->name) text_add_char(s->text, '(');
    for (int i = 0; i < expr->count; i++) {
        if (i) text_add(s->text, ", ");
        spelling_add(s, expr->items[i], (Place){STRENGTH_CHOOSE, true});
    }
    text_add(s->text, form->name ? form->after : ")");
}

static void spell_bare(const Spelling *s, const Expr *expr, bool minus)
{
    if (expr_is_leaf(expr))
        spelling_add_leaf(s, expr);
    else if (looks_like_power(s, expr))
        spelling_add_power(s, expr);
    else if (expr->kind == EXPR_CALL)
        spell_call(s, expr);
    else if (expr->kind == EXPR_NEGATE)
        spell_negation(s, expr);
    else if (expr->kind == EXPR_NOT)
        spell_not(s, expr);
    else if (expr->kind == EXPR_CHOOSE)
        spell_choice(s, expr, minus);
    else
        spell_operation(s, expr, minus);
}

void spelling_add(const Spelling *s, const Expr *expr, Place place)
{
    bool inside = spelling_needs_parentheses(s, expr, place);
    if (inside) text_add_char(s->text, '(');
    spell_bare(s, expr, inside || place.minus);
    if (inside) text_add_char(s->text, ')');
}

/* (1 + 2 + 6)/3 */
static void spell_mean_worked_out(const Spelling *s, const Expr *mean)
{
    const Expr sum = {.kind = EXPR_ADD, .count = mean->count, .items = mean->items};
    const Expr count = {.kind = EXPR_NUMBER, .value = mean->count};
    const Expr *const items[] = {&sum, &count};
    const Expr quotient = {.kind = EXPR_DIVIDE, .count = 2, .items = items};
    spelling_add(s, &quotient, (Place){STRENGTH_CHOOSE, true});
}

void speller_expr(const Speller *speller, Text *text, const Expr *expr, SpellMode mode)
{
    const Spelling s = {speller, text, mode, speller->style->ascii};
    if (expr->kind == EXPR_MEAN && mode == SPELL_NUMBERS)
        spell_mean_worked_out(&s, expr);
    else
        spelling_add(&s, expr, (Place){STRENGTH_CHOOSE, true});
}

void spell_expr(Text *text, const Expr *expr, SpellMode mode, const Style *style)
{
    speller_expr(&(Speller){style, NULL}, text, expr, mode);
}
