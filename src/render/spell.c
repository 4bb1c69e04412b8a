#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number.h"
#include "render/spelling.h"

enum { FACTORS = 8 }; /* of a product whose minus sign moves into the sum it stands in */

static void spell(const Spelling *s, const Expr *expr, Place place);

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

bool spelling_is_number(const Spelling *s, const Expr *expr)
{
    if (expr->kind == EXPR_NUMBER) return true;
    return expr_is_leaf(expr) && s->mode == SPELL_NUMBERS && !isnan(expr->value);
}

bool spelling_is_call(const Expr *expr, const char *name)
{
    return expr->kind == EXPR_CALL && !strcmp(expr->function->name, name);
}

bool spelling_is_power(const Expr *expr)
{
    return expr->kind == EXPR_POWER || spelling_is_call(expr, "sq") ||
           spelling_is_call(expr, "pow");
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

bool spelling_has_exponent(const Spelling *s, double value)
{
    size_t start = s->text->length;
    speller_number(s->speller, s->text, value);
    bool found = strchr(s->text->bytes + start, 'e') != NULL;
    s->text->length = start;
    return found;
}

/* Leaves. */

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
    spell(s, expr->items[0], (Place){STRENGTH_CHOOSE, true});
    text_add_char(s->text, ')');
}

static void spell_leaf(const Spelling *s, const Expr *expr)
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
    spell(s, &positive, (Place){STRENGTH_PRODUCT, false});
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
        spell(s, item->items[0], (Place){STRENGTH_PRODUCT, false});
    else
        spell_positive(s, product);
    if (divided) text_add_char(s->text, '/');
    if (divided) spell(s, item->items[1], operand_place(s, item, 1, false));
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
        if (i < expr->count) spell(s, expr->items[i], operand_place(s, expr, i, minus));
    }
}

static void spell_negation(const Spelling *s, const Expr *expr)
{
    text_add_char(s->text, '-');
    spell(s, expr->items[0], (Place){s->ascii ? STRENGTH_POWER : STRENGTH_PRODUCT, false});
}

static void spell_not(const Spelling *s, const Expr *expr)
{
    text_add(s->text, s->ascii ? "!" : "not ");
    spell(s, expr->items[0], (Place){STRENGTH_ATOM, false});
}

static void spell_choice(const Spelling *s, const Expr *expr, bool minus)
{
    const Place first = {STRENGTH_OR, minus}, later = {STRENGTH_OR, true};
    const Expr *const *items = expr->items;
    spell(s, items[s->ascii ? 0 : 1], first);
    text_add(s->text, s->ascii ? " ? " : " if ");
    spell(s, items[s->ascii ? 1 : 0], later);
    text_add(s->text, s->ascii ? " : " : " else ");
    spell(s, items[2], later);
}

/* Powers. */

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
    spell(s, base, (Place){help ? STRENGTH_CHOOSE : STRENGTH_ATOM, help});
    if (help) text_add_char(s->text, ')');
}

static void spell_exponent(const Spelling *s, const Expr *exponent)
{
    if (spelling_is_raised(s, exponent)) {
        spell_superscript(s->text, (int)exponent->value);
        return;
    }
    text_add_char(s->text, '^');
    spell(s, exponent, (Place){STRENGTH_ATOM, false});
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
        spell(s, expr->items[i], (Place){STRENGTH_CHOOSE, true});
    }
    text_add(s->text, form->name ? form->after : ")");
}

static void spell_bare(const Spelling *s, const Expr *expr, bool minus)
{
    if (expr_is_leaf(expr))
        spell_leaf(s, expr);
    else if (looks_like_power(s, expr))
        spell_power(s, expr);
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

static void spell(const Spelling *s, const Expr *expr, Place place)
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
    spell(s, &quotient, (Place){STRENGTH_CHOOSE, true});
}

void speller_expr(const Speller *speller, Text *text, const Expr *expr, SpellMode mode)
{
    const Spelling s = {speller, text, mode, speller->style->ascii};
    if (expr->kind == EXPR_MEAN && mode == SPELL_NUMBERS)
        spell_mean_worked_out(&s, expr);
    else
        spell(&s, expr, (Place){STRENGTH_CHOOSE, true});
}

void speller_number(const Speller *speller, Text *text, double value)
{
    number_cache_add(speller->numbers, text, value + 0.0, speller->style->digits); /* -0 is 0 */
}

void spell_expr(Text *text, const Expr *expr, SpellMode mode, const Style *style)
{
    speller_expr(&(Speller){style, NULL}, text, expr, mode);
}

void spell_number(Text *text, double value, const Style *style)
{
    number_cache_add(NULL, text, value + 0.0, style->digits);
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
