/* For tests of what is printed and typed again: formulas with values of their own. Without Check,
   since the fuzzer takes part. */
#ifndef TESTS_TYPED_H
#define TESTS_TYPED_H

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "render/spell.h"

/* The value of LEAF from SEED, often a whole number: the same wherever its name is the same in
   ASCII, as η's and lr's. */
static inline double value_by_name(const Expr *leaf, uint64_t seed)
{
    const Style ascii = {.ascii = true};
    Text name = {0};
    Random random;
    spell_expr(&name, leaf, SPELL_FORMULA, &ascii);
    for (const char *c = text_string(&name); *c; c++) seed = seed * 31 + (unsigned char)*c;
    text_release(&name);
    random_seed(&random, seed);
    double value = random_uniform(&random, -1.5, 2.5);
    return random_below(&random, 3) ? value : floor(value);
}

/* TREE with a random value for each name. */
static inline const Expr *with_values(Arena *arena, const Expr *tree, uint64_t seed)
{
    if (tree->kind == EXPR_NUMBER) return tree;
    if (expr_is_leaf(tree)) {
        Expr *leaf = arena_new(arena, sizeof *leaf);
        *leaf = *tree;
        leaf->value = value_by_name(tree, seed);
        return leaf;
    }
    const Expr **items = arena_new(arena, sizeof *items * (size_t)tree->count);
    for (int i = 0; i < tree->count; i++) items[i] = with_values(arena, tree->items[i], seed);
    return expr_with_items(arena, tree, items);
}

/* A product within another is spelled without parentheses, and so rounded otherwise. */
static inline bool same_value(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= 1e-9 * fabs(a);
}

/* As in a session: symbols, derivatives and norms are leaves, and of other names there are few. */
static inline bool bind_in_session(void *self, Expr *leaf, int column, Error *err)
{
    static const char *const names[] = {"lr", "η", "row", "epoch", "avgL", "updates"};
    (void)self;
    if (leaf->kind != EXPR_NAME) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(leaf->name, names[i])) return true;
    return fail(err, column, "unknown name");
}

static const Scope session_scope = {bind_in_session, NULL};

#endif
