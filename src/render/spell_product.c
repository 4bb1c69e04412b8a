#include <string.h>

#include "base/utf8.h"
#include "render/spelling.h"

/* Products. In Unicode their factors are written side by side as on paper, a product
   within a product without parentheses; what stands between two depends on how the left
   one ends and how the right one begins. */

typedef enum Edge {
    EDGE_NUMBER,
    EDGE_VARIABLE, /* a letter without indices: 2xy is written together */
    EDGE_LETTER,
    EDGE_PARENTHESIS,
    EDGE_WORD,
    EDGE_PARTIAL
} Edge;
typedef enum Side { SIDE_LEFT, SIDE_RIGHT } Side;

Place spelling_factor_place(const Spelling *s, const Expr *factor, int index, bool minus)
{
    bool bare = s->ascii ? !index : factor->kind == EXPR_MULTIPLY;
    return (Place){bare ? STRENGTH_PRODUCT : STRENGTH_SIGN, minus && !index};
}

/* How a name looks on paper: as a letter, a letter with indices, or a word. */
static Edge name_edge(const char *name)
{
    Symbol symbol;
    uint32_t code;
    size_t length = strlen(name);
    if (utf8_decode(name, length, &code) == length) return EDGE_VARIABLE;
    bool letter = symbol_scan(name, &symbol) == length || spelling_letter(name) != name;
    return letter ? EDGE_LETTER : EDGE_WORD;
}

static Edge leaf_edge(const Spelling *s, const Expr *expr, Side side)
{
    if (spelling_is_number(s, expr)) /* 1e-05x would be misread */
        return side == SIDE_RIGHT && spelling_has_exponent(s, expr->value) ? EDGE_WORD
                                                                           : EDGE_NUMBER;
    if (expr->kind == EXPR_DERIVATIVE) return EDGE_PARTIAL;
    if (expr->kind == EXPR_NORM || expr->kind == EXPR_MEAN) return EDGE_WORD;
    return expr->kind == EXPR_SYMBOL ? EDGE_LETTER : name_edge(expr->name);
}

static bool is_letter(Edge edge)
{
    return edge == EDGE_VARIABLE || edge == EDGE_LETTER;
}

static Edge edge_of(const Spelling *s, const Expr *expr, Place place, Side side)
{
    if (spelling_is_leaf(expr)) return leaf_edge(s, expr, side);
    if (spelling_needs_parentheses(s, expr, place)) return EDGE_PARENTHESIS;
    if (expr->kind == EXPR_MULTIPLY) {
        int index = side == SIDE_LEFT ? 0 : expr->count - 1;
        const Expr *factor = expr->items[index];
        return edge_of(s, factor, spelling_factor_place(s, factor, index, place.minus), side);
    }
    if (expr->kind != EXPR_POWER && !spelling_is_call(expr, "sq") && !spelling_is_call(expr, "pow"))
        return EDGE_WORD;
    Edge base = edge_of(s, expr->items[0], (Place){STRENGTH_ATOM, false}, SIDE_LEFT);
    return side == SIDE_LEFT || is_letter(base) ? base : EDGE_WORD;
}

/* The sign before factor INDEX of COUNT. A coefficient stands first: 2x, but y·0·x. */
static const char *between(Edge left, Edge right, int index, int count)
{
    if (right == EDGE_NUMBER) return "·";
    if (left == EDGE_NUMBER && index > 1 && right != EDGE_WORD) return "·";
    if (left == EDGE_PARTIAL || right == EDGE_PARTIAL) return " × ";
    if (right == EDGE_PARENTHESIS && left != EDGE_WORD) return "";
    if (left == EDGE_NUMBER && is_letter(right)) return "";
    if (left == EDGE_VARIABLE && right == EDGE_VARIABLE) return "";
    if (is_letter(left) && is_letter(right) && count == 2) return "";
    return " ";
}

const char *spelling_product_sign(const Spelling *s, const Expr *expr, int index)
{
    if (s->ascii) return "*";
    const Expr *left = expr->items[index - 1], *right = expr->items[index];
    return between(edge_of(s, left, spelling_factor_place(s, left, index - 1, true), SIDE_RIGHT),
                   edge_of(s, right, spelling_factor_place(s, right, index, false), SIDE_LEFT),
                   index, expr->count);
}
