#include "base/random.h"
#include "spelled.h"

static void check_spelling(const char *formula, SpellMode mode, Style style, const char *want)
{
    Arena arena = {0};
    Text text = {0};
    spell_expr(&text, parse(&arena, formula), mode, &style);
    ck_assert_str_eq(text_string(&text), want);
    text_release(&text);
    arena_release(&arena);
}

typedef struct Case {
    const char *formula, *unicode, *ascii;
} Case;

static void check_cases(const Case *cases, size_t count, SpellMode mode)
{
    Style unicode = STYLE_DEFAULT, ascii = STYLE_DEFAULT;
    ascii.ascii = true;
    for (size_t i = 0; i < count; i++) {
        check_spelling(cases[i].formula, mode, unicode, cases[i].unicode);
        check_spelling(cases[i].formula, mode, ascii, cases[i].ascii);
    }
}

#define CHECK_CASES(cases, mode) check_cases(cases, sizeof(cases) / sizeof(cases)[0], mode)

START_TEST(formulas_as_the_notes_write_them)
{
    static const Case cases[] = {
        {"w11^1*x1 + w21^1*x2 + b11", "w₁₁¹x₁ + w₂₁¹x₂ + b₁₁", "w11^1*x1 + w21^1*x2 + b11"},
        {"-2*(y - yhat)*w11^2*x1", "-2(y - ŷ) w₁₁² x₁", "-2*(y - yhat)*w11^2*x1"},
        {"-2*(y - yhat)", "-2(y - ŷ)", "-2*(y - yhat)"},
        {"o11*(1 - o11)", "o₁₁(1 - o₁₁)", "o11*(1 - o11)"},
        {"sq(y - yhat)", "(y - ŷ)²", "(y - yhat)^2"},
        {"(y - yhat)^2", "(y - ŷ)²", "(y - yhat)^2"},
        {"1/(1 + exp(-z11))", "1/(1 + e^(-z₁₁))", "1/(1 + exp(-z11))"},
        {"z11 > 0 ? z11 : 0", "z₁₁ if z₁₁ > 0 else 0", "z11 > 0 ? z11 : 0"},
        {"dL/dw11^2", "∂L/∂w₁₁²", "dL/dw11^2"},
        {"dL/dyhat*dyhat/do11", "∂L/∂ŷ × ∂ŷ/∂o₁₁", "dL/dyhat*dyhat/do11"},
        {"norm(W^1)", "‖W¹‖", "norm(W^1)"},
        {"2norm(dL/db^12)^2*x", "2 ‖∂L/∂b¹²‖² x", "2*norm(dL/db^12)^2*x"},
        {"-norm(gamma^1)/norm(mean^2)", "-‖γ¹‖/‖mean²‖", "-norm(gamma^1)/norm(mean^2)"},
        {"w10,3^2 + b2,11", "w₁₀,₃² + b₂,₁₁", "w10,3^2 + b2,11"},
        {"yhat2 - y2", "ŷ₂ - y₂", "yhat2 - y2"},
        {"sigmoid(z11)", "σ(z₁₁)", "sigmoid(z11)"},
        {"x1 + (-2)*x2/(1 + y)", "x₁ - 2x₂/(1 + y)", "x1 + (-2)*x2/(1 + y)"},
        {"1 - pow(beta1, t)", "1 - β₁^t", "1 - (beta1)^t"},
        {"pow(x, 3)*y", "x³ y", "x^3*y"},
        {"mu*v + g", "μv + g", "mu*v + g"},
        {"eta/correction1*(m + lambda*w)", "(η/c₁)(m + λw)", "lr/c1*(m + lambda*w)"},
        {"eta0*cos(pi*t) + eta_min", "η₀ cos(πt) + η_min", "lr0*cos(pi*t) + lr_min"},
        {"w11^1 - lr*dL/dw11^1", "w₁₁¹ - η × ∂L/∂w₁₁¹", "w11^1 - lr*dL/dw11^1"},
    };
    CHECK_CASES(cases, SPELL_FORMULA);
}
END_TEST

START_TEST(what_could_be_misread_gets_parentheses)
{
    static const Case cases[] = {
        {"x - (y - z)", "x - (y - z)", "x - (y - z)"},
        {"x/(y*z)", "x/(y z)", "x/(y*z)"},
        {"x*(y/z)", "x(y/z)", "x*(y/z)"},
        {"x/y*z", "(x/y) z", "x/y*z"},
        {"-(x*y)", "-x y", "-(x*y)"},
        {"-(x + y)", "-(x + y)", "-(x + y)"},
        {"-x^2", "-x²", "-x^2"},
        {"(-x)^2", "(-x)²", "(-x)^2"},
        {"(w11^2)^2", "(w₁₁²)²", "(w11^2)^2"},
        {"1 - (o11)^2", "1 - o₁₁²", "1 - (o11)^2"},
        {"x^(a + 1)", "x^(a + 1)", "x^(a + 1)"},
        {"x^-1", "x⁻¹", "x^(-1)"},
        {"2^3*4", "2³·4", "2^3*4"},
        {"x*2*3", "x·2·3", "x*2*3"},
        {"3 - (-2)", "3 - (-2)", "3 - (-2)"},
        {"(x > y) == 1 && !z", "(x > y) == 1 and not z", "(x > y) == 1 && !z"},
        {"1e-05*x", "1e-05 x", "1e-05*x"},
        {"2*sin(x)*exp(2*x)", "2 sin(x) e^(2x)", "2*sin(x)*exp(2*x)"},
        {"2*x*lr", "2x η", "2*x*lr"},
        {"abs(x)*sqrt(y)", "|x| √(y)", "abs(x)*sqrt(y)"},
        {"(x < 0 ? 1 : 2) + 3", "(1 if x < 0 else 2) + 3", "(x < 0 ? 1 : 2) + 3"},
        {"x + -y", "x - y", "x + (-y)"},
    };
    CHECK_CASES(cases, SPELL_FORMULA);
}
END_TEST

START_TEST(numbers_take_the_place_of_names)
{
    static const Case cases[] = {
        {"w11^1*x1 + w21^1*x2 + b11", "1·80 + 1·8 + 0", "1*80 + 1*8 + 0"},
        {"w12^1*x1 + x2*w12^1", "-5·80 + 8·(-5)", "-5*80 + 8*(-5)"},
        {"b11 + w12^1*x1", "0 + (-5)·80", "0 + (-5)*80"},
        {"-2*(y - yhat)", "-2(3 - 176)", "-2*(3 - 176)"},
        {"1/(1 + exp(-z11))", "1/(1 + e^(-(-0.5)))", "1/(1 + exp(-(-0.5)))"},
        {"(y - yhat)^2 - w12^1", "(3 - 176)² - (-5)", "(3 - 176)^2 - (-5)"},
        {"sq(w12^1)", "(-5)²", "(-5)^2"},
        {"o11*(1 - o11)*x1", "88(1 - 88)·80", "88*(1 - 88)*80"},
        {"2*dL/dyhat*free", "2·346 free", "2*346*free"},
    };
    CHECK_CASES(cases, SPELL_NUMBERS);
}
END_TEST

START_TEST(long_sums_and_products_are_cut)
{
    static const char sum[] = "b1 + c1 + d1 + e1 + f1 + g1 + h1";
    static const char product[] = "a*b*c*d*e*f*g";
    Style style = STYLE_DEFAULT;
    check_spelling(sum, SPELL_FORMULA, style, sum);
    style.terms = 6;
    check_spelling(sum, SPELL_FORMULA, style, "b1 + c1 + d1 + … + g1 + h1");
    check_spelling(product, SPELL_FORMULA, style, "abc … fg");
    check_spelling("1*2*3*4*5*6*7", SPELL_FORMULA, style, "1·2·3 … 6·7");
    style.terms = 3;
    style.ascii = true;
    check_spelling(sum, SPELL_FORMULA, style, "b1 + c1 + ... + h1");
    check_spelling(product, SPELL_FORMULA, style, "a*b*...*g");
    style.terms = 0;
    check_spelling(sum, SPELL_FORMULA, style, sum);
}
END_TEST

/* Random trees as the parser builds them: sums and products are flat to the left, a
   negative number is one leaf. */
static const Expr *random_tree(Arena *arena, Random *random, int depth);

static const Expr *random_leaf(Arena *arena, Random *random)
{
    static const char *const names[] = {
        "x",           "lr",    "x1",       "yhat",      "y2",           "L",  "o11",
        "w11^2",       "b10,2", "w10,12^3", "dL/dyhat",  "rate",         "x3", "z2,10",
        "do11/dw11^1", "y",     "e",        "norm(W^1)", "norm(dL/db^2)"};
    enum { NAMES = sizeof names / sizeof names[0], NUMBERS = 5 };
    int choice = (int)random_below(random, NAMES + NUMBERS + 2);
    if (choice < NAMES) return parse(arena, names[choice]);
    choice -= NAMES;
    return expr_number(arena, choice < NUMBERS ? choice - 2 : random_normal(random, 0, 1e-4));
}

static const Expr *random_call(Arena *arena, Random *random, int depth)
{
    static const char *const names[] = {"exp", "log", "sqrt", "tanh", "sigmoid", "abs", "min"};
    const char *name = names[random_below(random, 7)];
    const Function *function = function_find(name, strlen(name));
    const Expr *items[] = {random_tree(arena, random, depth), random_tree(arena, random, depth)};
    return expr_call(arena, function, items);
}

static const Expr *random_tree(Arena *arena, Random *random, int depth)
{
    if (!depth) return random_leaf(arena, random);
    ExprKind kind = EXPR_NEGATE + (ExprKind)random_below(random, EXPR_CHOOSE - EXPR_NEGATE + 1);
    if (kind == EXPR_CALL) return random_call(arena, random, depth - 1);
    bool several = kind == EXPR_ADD || kind == EXPR_MULTIPLY;
    bool single = kind == EXPR_NEGATE || kind == EXPR_NOT;
    int count = single                ? 1
                : kind == EXPR_CHOOSE ? 3
                : several             ? 2 + (int)random_below(random, 3)
                                      : 2;
    const Expr *items[4];
    for (int i = 0; i < count; i++)
        items[i] = random_tree(arena, random, (int)random_below(random, (uint64_t)depth));
    if (several && items[0]->kind == kind) return items[0];
    if (kind == EXPR_NEGATE && items[0]->kind == EXPR_NUMBER) return items[0];
    return expr_node(arena, kind, items, count);
}

START_TEST(plain_spelling_parses_back_to_an_equal_tree)
{
    enum { TREES = 5000 };
    const Style style = {.ascii = true, .width = 80};
    Random random;
    random_seed(&random, 20240607);
    Arena arena = {0};
    Text text = {0};
    for (int i = 0; i < TREES; i++) {
        ArenaMark mark = arena_mark(&arena);
        const Expr *tree = random_tree(&arena, &random, 1 + i % 5);
        text_clear(&text);
        spell_expr(&text, tree, SPELL_FORMULA, &style);
        const Expr *again = parse(&arena, text_string(&text));
        ck_assert_msg(expr_equal(tree, again), "%s", text_string(&text));
        arena_reset(&arena, mark);
    }
    text_release(&text);
    arena_release(&arena);
}
END_TEST

/* What the network's scope calls it, too. */
static const char *typed_name(const Expr *leaf, char room[NAME_ROOM])
{
    if (leaf->kind == EXPR_NAME) return strcmp(leaf->name, "η") != 0 ? leaf->name : "lr";
    plain_name(leaf, room);
    return room;
}

/* TREE with random numbers for its leaves, the same for the same name; SEED says which. */
static const Expr *with_values(Arena *arena, const Expr *tree, uint64_t seed)
{
    if (tree->kind == EXPR_NUMBER) return tree;
    if (!expr_is_leaf(tree)) {
        const Expr **items = arena_new(arena, sizeof *items * (size_t)tree->count);
        for (int i = 0; i < tree->count; i++) items[i] = with_values(arena, tree->items[i], seed);
        return expr_with_items(arena, tree, items);
    }
    char name[NAME_ROOM];
    for (const char *c = typed_name(tree, name); *c; c++) seed = seed * 31 + (unsigned char)*c;
    Random random;
    random_seed(&random, seed);
    return expr_number(arena, random_uniform(&random, -1, 2));
}

/* A product within another is spelled without parentheses, and so rounded otherwise. */
static bool same_value(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= 1e-9 * fabs(a);
}

/* Letters without indices stand as in 2xy and x(y + 1), which are typed 2x y and x (y + 1). */
static bool has_letters_together(const char *text)
{
    static const char *const pairs[] = {"xx", "xe", "ex", "ee", "ηx", "ηe", "x(", "e("};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strstr(text, pairs[i])) return true;
    return false;
}

/* TREE as on paper, parsed; NULL when it is none of what can be typed. */
static const Expr *typed_again(Arena *arena, const Expr *tree, Text *text)
{
    const Style style = {.width = 80};
    text_clear(text);
    spell_expr(text, tree, SPELL_FORMULA, &style);
    return has_letters_together(text_string(text)) ? NULL : parse(arena, text_string(text));
}

static void check_paper(const Expr *tree, Arena *arena, Text *text)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        const Expr *numbers = with_values(arena, tree, seed);
        const Expr *again = typed_again(arena, tree, text);
        double want = expr_value(numbers);
        double got = again ? expr_value(with_values(arena, again, seed)) : want;
        ck_assert_msg(same_value(want, got), "%s: %.17g, not %.17g", text_string(text), got, want);
        got = expr_value(typed_again(arena, numbers, text));
        ck_assert_msg(same_value(want, got), "%s: %.17g, not %.17g", text_string(text), got, want);
    }
}

START_TEST(what_is_written_as_on_paper_can_be_typed)
{
    enum { TREES = 20000 };
    Random random;
    random_seed(&random, 20240608);
    Arena arena = {0};
    Text text = {0};
    for (int i = 0; i < TREES; i++) {
        ArenaMark mark = arena_mark(&arena);
        check_paper(random_tree(&arena, &random, 1 + i % 5), &arena, &text);
        arena_reset(&arena, mark);
    }
    text_release(&text);
    arena_release(&arena);
}
END_TEST

START_TEST(prose_in_ascii)
{
    static const struct {
        const char *prose, *plain;
    } cases[] = {
        {"η = 0.1 × ∂L/∂w₁₁² → ŷ, Σ…", "lr = 0.1 * dL/dw11^2 -> yhat, sum..."},
        {"y\u0302 and ŷ", "yhat and yhat"},
        {"x¹⁰ and W¹ᵀ x⁻¹", "x^10 and W^1^T x^-1"},
        {"w₁₀,₃² · σ(z) ≤ ½", "w10,3^2 * sigmoid(z) <= 1/2"},
        {"─ ⎡ 漢", "- [ \\u6f22"},
        {"plain", "plain"},
        {"", ""},
    };
    const Style ascii = {.ascii = true, .width = 80}, unicode = {.width = 80};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Text text = {0};
        spell_prose(&text, cases[i].prose, &ascii);
        ck_assert_str_eq(text_string(&text), cases[i].plain);
        text_clear(&text);
        spell_prose(&text, cases[i].prose, &unicode);
        ck_assert_str_eq(text_string(&text), cases[i].prose);
        text_release(&text);
    }
}
END_TEST

/* In a general formula: any weight. */
START_TEST(a_symbol_without_indices)
{
    const Symbol loss = {.kind = SYMBOL_LOSS}, weight = {.kind = SYMBOL_WEIGHT};
    Arena arena = {0};
    Text text = {0};
    const Expr *slope = expr_derivative(&arena, loss, weight, NAN);
    Style style = STYLE_DEFAULT;
    spell_expr(&text, slope, SPELL_FORMULA, &style);
    style.ascii = true;
    spell_expr(&text, slope, SPELL_FORMULA, &style);
    ck_assert_str_eq(text_string(&text), "∂L/∂wdL/dw");
    text_release(&text);
    arena_release(&arena);
}
END_TEST

START_TEST(foreign_words_are_escaped)
{
    const Style ascii = {.ascii = true, .width = 80}, unicode = {.width = 80};
    Text text = {0};
    spell_foreign(&text, "é\x1b[31m\xff", &unicode);
    ck_assert_str_eq(text_string(&text), "é\\x1b[31m\\xff");
    text_clear(&text);
    spell_foreign(&text, "é ŷ\x1b[31m\xff", &ascii);
    ck_assert_str_eq(text_string(&text), "\\u00e9 \\u0177\\x1b[31m\\xff");
    text_release(&text);
}
END_TEST

/* The mean of z11 in two rows, in a formula and alone. */
START_TEST(a_mean_is_worked_out_where_it_stands_alone)
{
    Arena arena = {0};
    Style unicode = STYLE_DEFAULT, ascii = STYLE_DEFAULT;
    ascii.ascii = true;
    const Expr *const items[] = {parse(&arena, "sq(z11)"), expr_number(&arena, 0.5)};
    const Expr *mean = expr_mean(&arena, items, 2, 0.25);
    const Expr *product = expr_binary(&arena, EXPR_MULTIPLY, parse(&arena, "o11"), mean);
    const struct {
        const Expr *expr;
        SpellMode mode;
        const Style *style;
        const char *want;
    } cases[] = {{mean, SPELL_FORMULA, &unicode, "mean(z₁₁²)"},
                 {mean, SPELL_FORMULA, &ascii, "mean((z11)^2)"},
                 {mean, SPELL_NUMBERS, &unicode, "((-0.5)² + 0.5)/2"},
                 {product, SPELL_FORMULA, &unicode, "o₁₁ mean(z₁₁²)"},
                 {product, SPELL_FORMULA, &ascii, "o11*mean((z11)^2)"},
                 {product, SPELL_NUMBERS, &unicode, "88·0.25"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Text text = {0};
        spell_expr(&text, cases[i].expr, cases[i].mode, cases[i].style);
        ck_assert_str_eq(text_string(&text), cases[i].want);
        text_release(&text);
    }
    arena_release(&arena);
}
END_TEST

UNIT("spell", formulas_as_the_notes_write_them, what_could_be_misread_gets_parentheses,
     numbers_take_the_place_of_names, long_sums_and_products_are_cut,
     plain_spelling_parses_back_to_an_equal_tree, what_is_written_as_on_paper_can_be_typed,
     prose_in_ascii, a_symbol_without_indices, foreign_words_are_escaped,
     a_mean_is_worked_out_where_it_stands_alone)
