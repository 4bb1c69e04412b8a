#include "explain/symbols.h"

const Expr *symbols_of_chain(Arena *arena, const Chain *chain)
{
    const Expr **items = arena_new(arena, sizeof *items * (size_t)chain->count);
    for (int i = 0; i < chain->count; i++) items[i] = chain->factors[i].symbol;
    return expr_joined(arena, EXPR_MULTIPLY, items, chain->count);
}

const Expr *symbols_of_paths(Arena *arena, const Factor *factor)
{
    const Expr **items = arena_new(arena, sizeof *items * (size_t)factor->term_count);
    for (int i = 0; i < factor->term_count; i++)
        items[i] = symbols_of_chain(arena, &factor->terms[i]);
    return expr_joined(arena, EXPR_ADD, items, factor->term_count);
}
