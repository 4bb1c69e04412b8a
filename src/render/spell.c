#include <math.h>

#include "base/decimal.h"
#include "base/number.h"
#include "render/spelling.h"

/* Operators over any number of operands. */

/* Operators between operands, on paper and in ASCII. */
static const char *const signs[][2] = {
    [EXPR_ADD] = {" + ", " + "},     [EXPR_SUBTRACT] = {" - ", " - "},
    [EXPR_MULTIPLY] = {" ", "*"},    [EXPR_DIVIDE] = {"/", "/"},
    [EXPR_LESS] = {" < ", " < "},    [EXPR_LESS_EQUAL] = {" ≤ ", " <= "},
    [EXPR_GREATER] = {" > ", " > "}, [EXPR_GREATER_EQUAL] = {" ≥ ", " >= "},
    [EXPR_EQUAL] = {" == ", " == "}, [EXPR_NOT_EQUAL] = {" ≠ ", " != "},
    [EXPR_AND] = {" and ", " && "},  [EXPR_OR] = {" or ", " || "},
};

static void spell_sign(const Spelling *s, const Expr *expr, int index, Place place)
{
    if (expr->kind == EXPR_MULTIPLY)
        text_add(s->text, spelling_product_sign(s, expr, index, place));
    else
        text_add(s->text, signs[expr->kind][s->ascii]);
}

static void spell_gap(const Spelling *s, const Expr *expr)
{
    const char *sign = signs[expr->kind][s->ascii];
    text_add(s->text, sign);
    text_add(s->text, cut_sign(s->speller->style));
    text_add(s->text, sign);
}

/* a + (-b) is a - b to a reader, but not to a parser; so is a + (-2)b/c. */
static bool spell_subtrahend(const Spelling *s, const Expr *expr, const Expr *item)
{
    bool negated = item->kind == EXPR_NEGATE;
    if (s->ascii || expr->kind != EXPR_ADD || !(negated || spelling_is_negative(item)))
        return false;
    text_add(s->text, " - ");
    if (negated)
        spelling_add(s, item->items[0], (Place){.least = STRENGTH_PRODUCT});
    else
        spelling_add(s, item, (Place){.least = STRENGTH_PRODUCT, .lead = LEAD_POSITIVE});
    return true;
}

static void spell_operation(const Spelling *s, const Expr *expr, Place place)
{
    bool long_kind = expr->kind == EXPR_ADD || expr->kind == EXPR_MULTIPLY;
    Cut cut = cut_of(s->speller->style, long_kind ? expr->count : 1);
    Expr room;
    for (int i = 0; i < expr->count; i++) {
        if (!cut.whole && i == cut.head) {
            spell_gap(s, expr);
            i = expr->count - cut.tail;
        } else if (i && spell_subtrahend(s, expr, expr->items[i])) {
            continue;
        } else if (i) {
            spell_sign(s, expr, i, place);
        }
        if (i == expr->count) break;
        spelling_add(s, spelling_operand(expr, i, place, &room),
                     spelling_operand_place(s, expr, i, place));
    }
}

static void spell_negation(const Spelling *s, const Expr *expr, Place place)
{
    text_add_char(s->text, '-');
    spelling_add(s, expr->items[0], spelling_operand_place(s, expr, 0, place));
}

static void spell_not(const Spelling *s, const Expr *expr)
{
    text_add(s->text, s->ascii ? "!" : "not ");
    spelling_add(s, expr->items[0], (Place){.least = STRENGTH_ATOM});
}

static void spell_choice(const Spelling *s, const Expr *expr, Place place)
{
    const Place first = {.least = STRENGTH_OR, .minus = place.minus},
                later = {.least = STRENGTH_OR, .minus = true};
    const Expr *const *items = expr->items;
    spelling_add(s, items[s->ascii ? 0 : 1], first);
    text_add(s->text, s->ascii ? " ? " : " if ");
    spelling_add(s, items[s->ascii ? 1 : 0], later);
    text_add(s->text, s->ascii ? " : " : " else ");
    spelling_add(s, items[2], later);
}

/* Powers. */

static void spell_base(const Spelling *s, const Expr *base)
{
    bool help = spelling_base_needs_help(s, base);
    if (help) text_add_char(s->text, '(');
    spelling_add(s, base, help ? spelling_anywhere : (Place){.least = STRENGTH_ATOM});
    if (help) text_add_char(s->text, ')');
}

static void spell_exponent(const Spelling *s, const Expr *exponent)
{
    if (spelling_is_raised(s, exponent)) {
        spell_superscript(s->text, (int)exponent->value);
        return;
    }
    text_add_char(s->text, '^');
    spelling_add(s, exponent, (Place){.least = STRENGTH_ATOM});
}

static void spell_power(const Spelling *s, const Expr *expr)
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
        spelling_add(s, expr->items[i], spelling_anywhere);
    }
    text_add(s->text, form->name ? form->after : ")");
}

static void spell_bare(const Spelling *s, const Expr *expr, Place place)
{
    if (expr_is_leaf(expr))
        spelling_leaf(s, expr);
    else if (spelling_is_power(s, expr))
        spell_power(s, expr);
    else if (expr->kind == EXPR_CALL)
        spell_call(s, expr);
    else if (expr->kind == EXPR_NEGATE)
        spell_negation(s, expr, place);
    else if (expr->kind == EXPR_NOT)
        spell_not(s, expr);
    else if (expr->kind == EXPR_CHOOSE)
        spell_choice(s, expr, place);
    else
        spell_operation(s, expr, place);
}

void spelling_add(const Spelling *s, const Expr *expr, Place place)
{
    expr = spelling_signed(s, expr, &place);
    bool inside = spelling_needs_parentheses(s, expr, place);
    if (inside) place = (Place){.least = STRENGTH_CHOOSE, .minus = true, .lead = place.lead};
    if (inside) text_add_char(s->text, '(');
    spell_bare(s, expr, place);
    if (inside) text_add_char(s->text, ')');
}

/* (1 + 2 + 6)/3 */
static void spell_mean_worked_out(const Spelling *s, const Expr *mean)
{
    const Expr sum = {.kind = EXPR_ADD, .count = mean->count, .items = mean->items};
    const Expr count = {.kind = EXPR_NUMBER, .value = mean->count};
    const Expr *const items[] = {&sum, &count};
    const Expr quotient = {.kind = EXPR_DIVIDE, .count = 2, .items = items};
    spelling_add(s, &quotient, spelling_anywhere);
}

void speller_expr(const Speller *speller, Text *text, const Expr *expr, SpellMode mode)
{
    const Spelling s = {speller, text, mode, speller->style->ascii};
    if (expr->kind == EXPR_MEAN && mode == SPELL_NUMBERS)
        spell_mean_worked_out(&s, expr);
    else
        spelling_add(&s, expr, spelling_anywhere);
}

void speller_number(const Speller *speller, Text *text, double value)
{
    number_cache_add(speller->numbers, text, value + 0.0, speller->style->digits); /* -0 is 0 */
}

void spell_expr(Text *text, const Expr *expr, SpellMode mode, const Style *style)
{
    speller_expr(&(Speller){style, NULL}, text, expr, mode);
}

enum { COUNTED_UNITS = 1000000 };

void spell_distance(Text *text, double units_off)
{
    double units = fabs(units_off);
    if (units == 0)
        text_add(text, "equal");
    else if (units < COUNTED_UNITS)
        text_print(text, "%.0f unit%s off", units, units == 1 ? "" : "s");
    else
        text_add(text, "far off");
}

void spell_verdict(Text *text, const Hand *hand)
{
    char value[DECIMAL_SIZE];
    decimal_spell(value, hand->value, hand->decimals);
    text_print(text, "%s, ", value);
    spell_distance(text, hand->units_off);
}

void spell_hand(Text *text, const Hand *hand)
{
    text_add(text, "by hand ");
    spell_verdict(text, hand);
}
