#include <string.h>

#include "base/utf8.h"
#include "render/spelling.h"

/* Products. In Unicode their factors are written side by side as on paper, a product
   within a product without parentheses; what stands between two depends on how the left
   one ends and how the right one begins. All can be typed as it stands: letters without a mark
   have a blank after them, since xy is one name and x( the call of a function. */

typedef enum Edge {
    EDGE_NUMBER,
    EDGE_LETTER, /* x, η: 2x y, x (y + 1) */
    EDGE_MARKED, /* a letter with a hat or indices: o₁₁(1 - o₁₁), w₁₁¹x₁ */
    EDGE_NAME,   /* a call where parentheses follow, with a blank or without: rate·(x + 1) */
    EDGE_PARENTHESIS,
    EDGE_WORD,
    EDGE_PARTIAL
} Edge;
typedef enum Side { SIDE_LEFT, SIDE_RIGHT } Side;

static Edge symbol_edge(Symbol symbol)
{
    return symbol.node || symbol.kind == SYMBOL_PREDICTION ? EDGE_MARKED : EDGE_LETTER;
}

/* How a name looks on paper: as a letter, a letter with indices, or a word. */
static Edge name_edge(const char *name)
{
    Symbol symbol;
    uint32_t code;
    size_t length = strlen(name);
    if (symbol_scan(name, &symbol) == length) return symbol_edge(symbol);
    if (function_on_paper(name, length)) return EDGE_NAME;
    bool single = utf8_decode(name, length, &code) == length && code != '_';
    return single || spelling_is_letter(name) ? EDGE_LETTER : EDGE_NAME;
}

/* 1e-05x would be misread, but not (-1e-05)x. */
static Edge number_edge(const Spelling *s, const Expr *number, Side side, bool bracketed)
{
    bool misread = side == SIDE_RIGHT && !bracketed && spelling_has_letters(s, number->value);
    return misread ? EDGE_WORD : EDGE_NUMBER;
}

static Edge leaf_edge(const Spelling *s, const Expr *expr, Place place, Side side)
{
    if (spelling_is_number(s, expr))
        return number_edge(s, expr, side, spelling_needs_parentheses(s, expr, place));
    if (expr->kind == EXPR_DERIVATIVE) return EDGE_PARTIAL;
    if (expr->kind == EXPR_NORM || expr->kind == EXPR_MEAN) return EDGE_WORD;
    return expr->kind == EXPR_SYMBOL ? symbol_edge(expr->symbol) : name_edge(expr->name);
}

static bool is_letter(Edge edge)
{
    return edge == EDGE_LETTER || edge == EDGE_MARKED;
}

static Edge edge_of(const Spelling *s, const Expr *expr, Place place, Side side);

/* What an exponent that stands on the line ends in: in x^a y a blank follows whatever it is. */
static Edge exponent_edge(const Spelling *s, const Expr *exponent)
{
    Edge edge = edge_of(s, exponent, (Place){.least = STRENGTH_ATOM}, SIDE_RIGHT);
    return edge == EDGE_NAME ? EDGE_NAME : EDGE_WORD;
}

static Edge base_edge(const Spelling *s, const Expr *base)
{
    return spelling_base_needs_help(s, base)
               ? EDGE_PARENTHESIS
               : edge_of(s, base, (Place){.least = STRENGTH_ATOM}, SIDE_LEFT);
}

static Edge power_edge(const Spelling *s, const Expr *expr, Side side)
{
    bool of_e = spelling_is_call(expr, "exp"), square = spelling_is_call(expr, "sq");
    const Expr *exponent = expr->items[expr->count - 1];
    bool raised = square || spelling_is_raised(s, exponent);
    if (side == SIDE_RIGHT && !raised) return exponent_edge(s, exponent);
    Edge base = of_e ? EDGE_WORD : base_edge(s, expr->items[0]);
    return side == SIDE_LEFT || is_letter(base) ? base : EDGE_WORD;
}

/* A number with minus signs is one to the reader. */
static const Expr *negated_number(const Spelling *s, const Expr *expr)
{
    while (expr->kind == EXPR_NEGATE) expr = expr->items[0];
    return spelling_is_number(s, expr) ? expr : NULL;
}

static Edge negation_edge(const Spelling *s, const Expr *expr, Place place, Side side)
{
    const Expr *item = expr->items[0], *number = negated_number(s, item);
    Place within = spelling_operand_place(s, expr, 0, place);
    bool bracketed = spelling_needs_parentheses(s, expr, place);
    if (number)
        return number_edge(s, number, side,
                           bracketed || spelling_needs_parentheses(s, item, within));
    if (bracketed) return EDGE_PARENTHESIS;
    return side == SIDE_LEFT ? EDGE_WORD : edge_of(s, item, within, side);
}

static Edge edge_of(const Spelling *s, const Expr *expr, Place place, Side side)
{
    Expr room;
    expr = spelling_signed(s, expr, &place);
    if (expr_is_leaf(expr)) return leaf_edge(s, expr, place, side);
    if (expr->kind == EXPR_NEGATE) return negation_edge(s, expr, place, side);
    if (spelling_needs_parentheses(s, expr, place)) return EDGE_PARENTHESIS;
    if (spelling_is_power(s, expr)) return power_edge(s, expr, side);
    if (expr->kind != EXPR_MULTIPLY && expr->kind != EXPR_DIVIDE) return EDGE_WORD;
    int index = side == SIDE_LEFT ? 0 : expr->count - 1;
    return edge_of(s, spelling_operand(expr, index, place, &room),
                   spelling_operand_place(s, expr, index, place), side);
}

/* Before factor INDEX of a product, which begins with a parenthesis. */
static const char *before_parenthesis(Edge left)
{
    if (left == EDGE_NAME) return "·";
    return left == EDGE_LETTER || left == EDGE_WORD ? " " : "";
}

/* Whether FACTOR is no product without parentheses. */
static bool is_single(const Spelling *s, const Expr *factor, Place place)
{
    factor = spelling_signed(s, factor, &place);
    return factor->kind != EXPR_MULTIPLY || spelling_needs_parentheses(s, factor, place);
}

/* The sign between two factors, which are all of the product or not. A coefficient stands FIRST:
   2x, but y·0·x. */
static const char *between(Edge left, Edge right, bool first, bool all)
{
    if (right == EDGE_NUMBER) return "·";
    if (left == EDGE_NUMBER && !first && right != EDGE_WORD) return "·";
    if (left == EDGE_PARTIAL || right == EDGE_PARTIAL) return " × ";
    if (right == EDGE_PARENTHESIS) return before_parenthesis(left);
    bool close = left == EDGE_NUMBER || (left == EDGE_MARKED && all);
    return close && is_letter(right) ? "" : " ";
}

const char *spelling_product_sign(const Spelling *s, const Expr *expr, int index, Place place)
{
    if (s->ascii) return "*";
    Expr room;
    const Expr *left = spelling_operand(expr, index - 1, place, &room);
    const Expr *right = expr->items[index];
    Place before = spelling_operand_place(s, expr, index - 1, place);
    Place after = spelling_operand_place(s, expr, index, place);
    bool first = !before.follows && is_single(s, left, before);
    bool all = expr->count == 2 && !place.within && first && is_single(s, right, after);
    return between(edge_of(s, left, before, SIDE_RIGHT), edge_of(s, right, after, SIDE_LEFT), first,
                   all);
}
