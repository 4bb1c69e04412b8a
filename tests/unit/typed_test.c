/* What is printed can be typed: random formulas, spelled and parsed, mean the same and look the
   same. */
#include "typed.h"
#include "unit.h"

enum { TREES = 5000, POINTS = 3 };

static const Expr *parse(Arena *arena, const char *text, const Scope *scope)
{
    const Expr *expr = NULL;
    Error err = {0};
    bool read = expr_parse(text, strlen(text), 1, arena, scope, &expr, &err);
    ck_assert_msg(read, "%s: column %d: %s", text, err.column, err.message);
    return expr;
}

/* Random trees as the parser builds them: sums and products are flat to the left, a
   negative number is one leaf. */
typedef struct Grower {
    Arena *arena;
    Random random;
    const Scope *scope;
    const char *const *names;
    int name_count;
} Grower;

static const Expr *grow(Grower *grower, int depth);

static double random_number(Random *random)
{
    static const double numbers[] = {-2, -1, 0, 1, 2, 3, 0.5, 12, 1e-05, INFINITY};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    uint64_t choice = random_below(random, COUNT + 4);
    return choice < COUNT ? numbers[choice] : random_normal(random, 0, choice % 2 ? 1 : 1e-4);
}

static const Expr *grow_leaf(Grower *grower)
{
    uint64_t choice = random_below(&grower->random, (uint64_t)grower->name_count * 4 / 3);
    if (choice >= (uint64_t)grower->name_count)
        return expr_number(grower->arena, random_number(&grower->random));
    return parse(grower->arena, grower->names[choice], grower->scope);
}

static const Expr *grow_call(Grower *grower, int depth)
{
    int rows = 0;
    while (function_row(rows)) rows++;
    const Function *function = function_row((int)random_below(&grower->random, (uint64_t)rows));
    const Expr *items[FUNCTION_ARITY];
    for (int i = 0; i < function->arity; i++) items[i] = grow(grower, depth);
    return expr_call(grower->arena, function, items);
}

static int operands(Grower *grower, ExprKind kind)
{
    switch (kind) {
    case EXPR_NEGATE:
    case EXPR_NOT: return 1;
    case EXPR_CHOOSE: return 3;
    case EXPR_ADD:
    case EXPR_MULTIPLY: return 2 + (int)random_below(&grower->random, 3);
    default: return 2;
    }
}

/* Products are most of what there is to misread. */
static ExprKind random_kind(Random *random)
{
    uint64_t choice = random_below(random, 2 * (EXPR_CHOOSE - EXPR_NEGATE + 1));
    return choice <= EXPR_CHOOSE - EXPR_NEGATE ? EXPR_NEGATE + (ExprKind)choice : EXPR_MULTIPLY;
}

static const Expr *grow(Grower *grower, int depth)
{
    if (!depth) return grow_leaf(grower);
    ExprKind kind = random_kind(&grower->random);
    if (kind == EXPR_CALL) return grow_call(grower, depth - 1);
    int count = operands(grower, kind);
    const Expr *items[4];
    for (int i = 0; i < count; i++)
        items[i] = grow(grower, (int)random_below(&grower->random, (uint64_t)depth));
    bool flat = kind == EXPR_ADD || kind == EXPR_MULTIPLY;
    if (flat && items[0]->kind == kind) return items[0];
    if (kind == EXPR_NEGATE && items[0]->kind == EXPR_NUMBER) return items[0];
    return expr_node(grower->arena, kind, items, count);
}

static bool is_name(const Expr *expr)
{
    while (expr->kind == EXPR_NEGATE) expr = expr->items[0];
    return expr_is_leaf(expr) && expr->kind != EXPR_NUMBER;
}

/* Whether an exponent is a name. Its number stands where the name stood, e^3, and is e³ when it
   is typed. */
static bool has_name_for_exponent(const Expr *tree)
{
    bool power = tree->kind == EXPR_POWER, call = tree->kind == EXPR_CALL;
    bool of_e = call && !strcmp(tree->function->name, "exp");
    bool raised = power || of_e || (call && !strcmp(tree->function->name, "pow"));
    for (int i = 0; i < tree->count; i++)
        if (has_name_for_exponent(tree->items[i])) return true;
    return raised && is_name(tree->items[tree->count - 1]);
}

static void check_mode(const Grower *grower, const Expr *tree, const Style *style, SpellMode mode,
                       uint64_t seed)
{
    Text text = {0}, again = {0};
    const Expr *there = with_values(grower->arena, tree, seed);
    spell_expr(&text, there, mode, style);
    const Expr *typed = parse(grower->arena, text_string(&text), grower->scope);
    double want = expr_value(there), got = expr_value(with_values(grower->arena, typed, seed));
    ck_assert_msg(style->ascii ? want == got || (isnan(want) && isnan(got)) : same_value(want, got),
                  "%s: %.17g, not %.17g", text_string(&text), got, want);
    spell_expr(&again, typed, SPELL_FORMULA, style);
    if (mode == SPELL_FORMULA || !has_name_for_exponent(tree))
        ck_assert_str_eq(text_string(&text), text_string(&again));
    text_release(&text);
    text_release(&again);
}

static void check_tree(const Grower *grower, const Expr *tree)
{
    const Style styles[] = {{.width = 80}, {.width = 80, .ascii = true}};
    for (uint64_t seed = 0; seed < POINTS; seed++) {
        for (int i = 0; i < 2; i++) {
            check_mode(grower, tree, &styles[i], SPELL_FORMULA, seed);
            check_mode(grower, tree, &styles[i], SPELL_NUMBERS, seed);
        }
    }
}

static void check_trees(const Scope *scope, const char *const *names, int count)
{
    Arena arena = {0};
    Grower grower = {.arena = &arena, .scope = scope, .names = names, .name_count = count};
    random_seed(&grower.random, 20240608);
    for (int i = 0; i < TREES; i++) {
        ArenaMark mark = arena_mark(&arena);
        check_tree(&grower, grow(&grower, 1 + i % 5));
        arena_reset(&arena, mark);
    }
    arena_release(&arena);
}

#define CHECK_TREES(scope, names) check_trees(scope, names, sizeof(names) / sizeof *(names))

START_TEST(formulas_of_a_network)
{
    static const char *const names[] = {
        "x1",       "y",         "yhat",        "y2",        "yhat2",         "L",
        "o11",      "w11^2",     "b10,2",       "w10,12^3",  "b21",           "z2,10",
        "dL/dyhat", "dL/dw11^1", "do11/dw11^1", "norm(W^1)", "norm(dL/db^2)", "gamma11",
        "mu12",     "η",         "epoch",       "avgL"};
    CHECK_TREES(&session_scope, names);
}
END_TEST

START_TEST(formulas_over_free_names)
{
    static const char *const names[] = {"x",     "y",  "w", "e",  "z",  "lr",    "x1", "x₂",
                                        "w11^2", "ŷ",  "L", "ab", "ex", "rate",  "σ",  "β₁",
                                        "beta2", "c₁", "α", "π",  "n",  "sigma", "η",  "η_min"};
    CHECK_TREES(NULL, names);
}
END_TEST

UNIT("typed", formulas_of_a_network, formulas_over_free_names)
