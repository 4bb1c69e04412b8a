#include <string.h>

#include "explain/calculus_tidy.h"

/* The operands of a product, or of all the sums and differences that make one sum. */
typedef struct Part {
    const Expr *expr;
    bool negative;
} Part;

static int count_parts(const Expr *expr)
{
    if (!is_sum(expr)) return 1;
    int count = 0;
    for (int i = 0; i < expr->count; i++) count += count_parts(expr->items[i]);
    return count;
}

static Part *add_parts(Part *parts, const Expr *expr, bool negative)
{
    if (!is_sum(expr)) {
        *parts = (Part){expr, negative};
        return parts + 1;
    }
    for (int i = 0; i < expr->count; i++) {
        bool subtracted = expr->kind == EXPR_SUBTRACT && i == 1;
        parts = add_parts(parts, expr->items[i], negative != subtracted);
    }
    return parts;
}

static bool match(Arena *arena, const Expr *a, const Expr *b);

/* Every part has its own match: being alike is transitive, so the first will do. */
static bool match_parts(Arena *arena, Part *left, Part *right, int count)
{
    for (int i = 0; i < count; i++) {
        int j = i;
        while (j < count && (left[i].negative != right[j].negative ||
                             !match(arena, left[i].expr, right[j].expr)))
            j++;
        if (j == count) return false;
        Part matched = right[j];
        right[j] = right[i];
        right[i] = matched;
    }
    return true;
}

static bool match_sums(Arena *arena, const Expr *a, const Expr *b)
{
    int count = count_parts(a);
    if (count != count_parts(b)) return false;
    Part *left = arena_new(arena, (size_t)count * sizeof *left);
    Part *right = arena_new(arena, (size_t)count * sizeof *right);
    add_parts(left, a, false);
    add_parts(right, b, false);
    return match_parts(arena, left, right, count);
}

static bool match_products(Arena *arena, const Expr *a, const Expr *b)
{
    if (a->count != b->count) return false;
    size_t count = (size_t)a->count;
    Part *left = arena_new(arena, count * sizeof *left);
    Part *right = arena_new(arena, count * sizeof *right);
    for (size_t i = 0; i < count; i++) {
        left[i].expr = a->items[i];
        right[i].expr = b->items[i];
    }
    return match_parts(arena, left, right, a->count);
}

static bool match(Arena *arena, const Expr *a, const Expr *b)
{
    if (a == b) return true;
    if (is_sum(a) && is_sum(b)) return match_sums(arena, a, b);
    if (a->kind != b->kind) return false;
    if (a->kind == EXPR_MULTIPLY) return match_products(arena, a, b);
    if (a->count == 0 || a->count != b->count || a->function != b->function)
        return expr_equal(a, b);
    for (int i = 0; i < a->count; i++)
        if (!match(arena, a->items[i], b->items[i])) return false;
    return true;
}

bool alike(Arena *arena, const Expr *a, const Expr *b)
{
    ArenaMark mark = arena_mark(arena);
    bool matched = match(arena, a, b);
    arena_reset(arena, mark);
    return matched;
}
