#include <string.h>

#include "base/utf8.h"
#include "render/spelling.h"

/* Products. In Unicode their factors are written side by side as on paper, a product
   within a product without parentheses; what stands between two depends on how the left
   one ends and how the right one begins. All can be typed as it stands, but for letters without
   indices: 2xy, x(y + 1). */

typedef enum Edge {
    EDGE_NUMBER,
    EDGE_VARIABLE, /* a letter without indices: 2xy is written together */
    EDGE_LETTER,   /* of a name that is a word when it is typed: η */
    EDGE_BARE,     /* a symbol without indices: y, L */
    EDGE_HAT,      /* ŷ */
    EDGE_INDEXED,  /* w₁₁¹ */
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

static Edge symbol_edge(Symbol symbol)
{
    if (symbol.kind == SYMBOL_PREDICTION) return EDGE_HAT;
    return symbol.node ? EDGE_INDEXED : EDGE_BARE;
}

/* How a name looks on paper: as a letter, a letter with indices, or a word. */
static Edge name_edge(const char *name)
{
    Symbol symbol;
    uint32_t code;
    size_t length = strlen(name);
    if (utf8_decode(name, length, &code) == length) return EDGE_VARIABLE;
    if (symbol_scan(name, &symbol) == length) return symbol_edge(symbol);
    return spelling_letter(name) != name ? EDGE_LETTER : EDGE_WORD;
}

static Edge leaf_edge(const Spelling *s, const Expr *expr, Side side)
{
    if (spelling_is_number(s, expr)) /* 1e-05x would be misread */
        return side == SIDE_RIGHT && spelling_has_exponent(s, expr->value) ? EDGE_WORD
                                                                           : EDGE_NUMBER;
    if (expr->kind == EXPR_DERIVATIVE) return EDGE_PARTIAL;
    if (expr->kind == EXPR_NORM || expr->kind == EXPR_MEAN) return EDGE_WORD;
    return expr->kind == EXPR_SYMBOL ? symbol_edge(expr->symbol) : name_edge(expr->name);
}

static bool is_plain(Edge edge)
{
    return edge == EDGE_VARIABLE || edge == EDGE_LETTER;
}

static bool is_letter(Edge edge)
{
    return edge >= EDGE_VARIABLE && edge <= EDGE_INDEXED;
}

/* In x^a y the exponent comes last. */
static Edge power_edge(const Spelling *s, const Expr *expr, Edge base, Side side)
{
    if (side == SIDE_LEFT) return base;
    bool raised = expr->count == 1 || spelling_is_raised(s, expr->items[1]);
    return raised && is_letter(base) ? base : EDGE_WORD;
}

static Edge edge_of(const Spelling *s, const Expr *expr, Place place, Side side)
{
    if (expr_is_leaf(expr)) return leaf_edge(s, expr, side);
    if (spelling_needs_parentheses(s, expr, place)) return EDGE_PARENTHESIS;
    if (expr->kind == EXPR_MULTIPLY) {
        int index = side == SIDE_LEFT ? 0 : expr->count - 1;
        const Expr *factor = expr->items[index];
        return edge_of(s, factor, spelling_factor_place(s, factor, index, place.minus), side);
    }
    if (!spelling_is_power(expr)) return EDGE_WORD;
    const Expr *base = expr->items[0];
    Edge edge = spelling_base_needs_help(s, base)
                    ? EDGE_PARENTHESIS
                    : edge_of(s, base, (Place){STRENGTH_ATOM, false}, SIDE_LEFT);
    return power_edge(s, expr, edge, side);
}

/* Two letters without a blank. As typed they are one name, unless a hat or an index stands
   between them; so only letters that no network has do without. */
static bool are_together(Edge left, Edge right, int count)
{
    bool apart = left == EDGE_HAT || left == EDGE_INDEXED || right == EDGE_HAT;
    if (left == EDGE_VARIABLE && right == EDGE_VARIABLE) return true;
    return count == 2 && is_letter(left) && is_letter(right) &&
           (apart || (is_plain(left) && right == EDGE_VARIABLE));
}

/* The sign before factor INDEX of COUNT. A coefficient stands first: 2x, but y·0·x. */
static const char *between(Edge left, Edge right, int index, int count)
{
    if (right == EDGE_NUMBER) return "·";
    if (left == EDGE_NUMBER && index > 1 && right != EDGE_WORD) return "·";
    if (left == EDGE_PARTIAL || right == EDGE_PARTIAL) return " × ";
    if (right == EDGE_PARENTHESIS && left != EDGE_WORD) return "";
    if (left == EDGE_NUMBER && is_letter(right)) return "";
    return are_together(left, right, count) ? "" : " ";
}

const char *spelling_product_sign(const Spelling *s, const Expr *expr, int index)
{
    if (s->ascii) return "*";
    const Expr *left = expr->items[index - 1], *right = expr->items[index];
    return between(edge_of(s, left, spelling_factor_place(s, left, index - 1, true), SIDE_RIGHT),
                   edge_of(s, right, spelling_factor_place(s, right, index, false), SIDE_LEFT),
                   index, expr->count);
}
