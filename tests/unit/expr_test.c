#include <math.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "explain/expr.h"
#include "unit.h"

/* A scope in which every symbol and every derivative is 2, epoch is 7, and no other
   name is known. */
static bool bind(void *self, Expr *leaf, int column, Error *err)
{
    (void)self;
    leaf->value = 2;
    if (leaf->kind != EXPR_NAME) return true;
    if (strcmp(leaf->name, "epoch") != 0) return fail(err, column, "unknown %s", leaf->name);
    leaf->value = 7;
    return true;
}

static const Scope scope = {bind, NULL};

static const Expr *parse(Arena *arena, const char *text, const Scope *names)
{
    const Expr *expr = NULL;
    Error err;
    ck_assert_msg(expr_parse(text, strlen(text), 1, arena, names, &expr, &err), "%s: %d: %s", text,
                  err.column, err.message);
    return expr;
}

/* The value of TEXT where the free variables are as in the C code of these tests. */
static double evaluate(Arena *arena, const char *text, double x, double y)
{
    static const char *const names[] = {"x", "y"};
    const Expr *const by[] = {expr_number(arena, x), expr_number(arena, y)};
    return expr_value(expr_substitute(arena, parse(arena, text, NULL), names, by, 2));
}

static double sigmoid(double a)
{
    return 1 / (1 + exp(-a));
}

static double max(double a, double b)
{
    return a > b ? a : b;
}

#define abs fabs

static double sq(double a)
{
    return a * a;
}

/* One text, parsed and compiled. */
#define SAME(TEXT)                                                                                 \
    do {                                                                                           \
        double compiled = TEXT, parsed = evaluate(&arena, #TEXT, x, y);                            \
        ck_assert_msg(!memcmp(&compiled, &parsed, sizeof parsed), "%s: %.17g, not %.17g", #TEXT,   \
                      parsed, compiled);                                                           \
    } while (0)

static void compare_with_c(double x, double y)
{
    Arena arena = {0};
    SAME(x + y * 3 - x / y);
    SAME(x - y - 1.5);
    SAME(x / y / 3);
    SAME(x - (y - 1));
    SAME(-x * y + -3);
    SAME(2 - -x);
    SAME(1 / (1 + exp(-x)));
    SAME(x * (1 - x));
    SAME(max(0, x));
    SAME(sq(y - x));
    SAME(x > 0 ? x : 0.01 * x);
    SAME(x * y < 1 ? -y : 0);
    SAME(x < y ? 1 : x == y ? 2 : 3);
    SAME(x <= y && y != 0);
    SAME(x >= 1 || !(y < 1));
    SAME(log(1 + exp(-abs(x))) + 1e-3 * x);
    SAME(sigmoid(x) + tanh(y) - sin(x) * cos(y));
    SAME(expm1(x) - log1p(sq(y)) + sqrt(sq(x)));
    SAME((x < 1) == (y < 1));
    arena_release(&arena);
}

START_TEST(the_text_means_what_c_means)
{
    Random random;
    random_seed(&random, 1);
    compare_with_c(0, 0.5);
    compare_with_c(1, 1);
    for (int i = 0; i < 200; i++)
        compare_with_c(random_uniform(&random, -3, 3), random_uniform(&random, -3, 3));
}
END_TEST

START_TEST(powers_and_unwritten_products)
{
    Arena arena = {0};
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"-x^2", -9},
        {"2^3^2", 512},
        {"2^-1", 0.5},
        {"(-x)^2", 9},
        {"2x", 6},
        {"2x^2", 18},
        {"3(x + 1)", 12},
        {"(x + 1)(x - 1)", 8},
        {"(x + 1) y", 20},
        {"x^2 y", 45},
        {"1/2x", 1.5},
        {"2·x×y", 30},
        {"2 exp(0) x", 6},
        {"exp(0)(x)", 3},
        {"--x", 3},
        {"+x", 3},
        {"-2^2", -4},
        {"2e3x", 6000},
        {" x\t+ y ", 8},
        {"x ? 1 : 0", 1},
        {"1 ? 0 ? 5 : 6 : 7", 6},
        {"min(x, y)", 3},
        {"max(x, max(y, 9))", 9},
        {"sign(-x)", -1},
        {"abs(x - y)", 2},
        {"relu(-x)", 0},
        {"!x + 1", 1},
        {"x^0.5^2", 1.3160740129524924},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_msg(evaluate(&arena, rows[i].text, 3, 5) == rows[i].value, "%s is %.17g",
                      rows[i].text, evaluate(&arena, rows[i].text, 3, 5));
    arena_release(&arena);
}
END_TEST

/* As on paper, and as it is plainly typed. */
static void check_alike(const char *const pairs[][2], size_t count, const Scope *names)
{
    Arena arena = {0};
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(
            expr_equal(parse(&arena, pairs[i][0], names), parse(&arena, pairs[i][1], names)),
            "%s is not %s", pairs[i][0], pairs[i][1]);
    arena_release(&arena);
}

#define CHECK_ALIKE(PAIRS, NAMES) check_alike(PAIRS, sizeof(PAIRS) / sizeof(PAIRS)[0], NAMES)

START_TEST(what_is_on_paper_is_what_is_typed)
{
    static const char *const pairs[][2] = {
        {"12x²", "12*x^2"},
        {"x² y³", "x^2*y^3"},
        {"x²y", "x^2*y"},
        {"(x + 1)⁻¹²", "(x + 1)^(-12)"},
        {"2²", "2^2"},
        {"-x²", "-x^2"},
        {"infy\u0302", "inf*yhat"},
        {"2^x²", "2^(x^2)"},
        {"x₁²", "(x1)^2"},
        {"x₁^2", "(x1)^2"},
        {"ŷ²", "yhat^2"},
        {"sin(x)²", "sin(x)^2"},
        {"w x", "w*x"},
        {"2 w x", "2*w*x"},
        {"x sin(y) z", "x*sin(y)*z"},
        {"x (y + 1) z", "x*(y + 1)*z"},
        {"y(1 - y)", "y*(1 - y)"},
        {"1/2 x", "(1/2)*x"},
        {"1/x y", "(1/x)*y"},
        {"x - y z^2", "x - (y*(z^2))"},
        {"x₁x₂", "x1*x2"},
        {"½(x − y)", "0.5*(x - y)"},
        {"−x·2", "-x*2"},
        {"√(2) σ(x)", "sqrt(2)*sigmoid(x)"},
        {"e^(-x)", "exp(-x)"},
        {"e²y", "exp(2)*y"},
        {"2e^x", "2*exp(x)"},
        {"|x - y|", "abs(x - y)"},
        {"|x||y|", "abs(x)*abs(y)"},
        {"2|x| |y|²", "2*abs(x)*abs(y)^2"},
        {"|(|x|) - max(|y|, 1)|", "abs(abs(x) - max(abs(y), 1))"},
        {"|x |y| z|", "abs(x)*y*abs(z)"},
        {"|x| || |y|", "abs(x) || abs(y)"},
        {"|(x || y)|", "abs(x || y)"},
        {"x ≤ y or y ≥ 1 and not x ≠ 2", "x <= y || y >= 1 && !x != 2"},
        {"x if x > 0 else 2 if y else 3", "x > 0 ? x : y ? 2 : 3"},
    };
    CHECK_ALIKE(pairs, NULL);
}
END_TEST

START_TEST(what_is_on_paper_of_a_network)
{
    static const char *const pairs[][2] = {
        {"-2(y - ŷ) w₁₁² x₁", "-2*(y - yhat)*w11^2*x1"},
        {"o₁₁(1 - o₁₁)", "o11*(1 - o11)"},
        {"o11 (1 - o11)", "o11*(1 - o11)"},
        {"w₁₁¹x₁ + w₂₁¹x₂ + b₁₁", "w11^1*x1 + w21^1*x2 + b11"},
        {"w₁₁²²", "w11^22"},
        {"(w₁₁²)²", "(w11^2)^2"},
        {"1 - o₁₁²", "1 - (o11)^2"},
        {"yŷ", "y*yhat"},
        {"y\u0302y", "yhat*y"},
        {"γ₁₁n₁₁", "gamma11*n11"},
        {"∂L/∂ŷ o₁₁", "dL/dyhat*o11"},
        {"(∂L/∂x₁)²", "(dL/dx1)^2"},
        {"2 ‖∂L/∂b¹‖² ‖W²‖", "2*norm(dL/db^1)^2*norm(W^2)"},
    };
    CHECK_ALIKE(pairs, &scope);
}
END_TEST

START_TEST(a_square_is_a_product)
{
    Arena arena = {0};
    for (double x = 0.1; x < 3; x += 0.01)
        ck_assert(evaluate(&arena, "(x - y)^2", x, 0.7) == (x - 0.7) * (x - 0.7));
    arena_release(&arena);
}
END_TEST

START_TEST(a_sum_is_one_node)
{
    Arena arena = {0};
    const Expr *sum = parse(&arena, "a + b + c - d", NULL);
    ck_assert_int_eq(sum->kind, EXPR_SUBTRACT);
    ck_assert_int_eq(sum->items[0]->kind, EXPR_ADD);
    ck_assert_int_eq(sum->items[0]->count, 3);
    const Expr *product = parse(&arena, "2a*b*c", NULL);
    ck_assert_int_eq(product->kind, EXPR_MULTIPLY);
    ck_assert_int_eq(product->count, 4);
    arena_release(&arena);
}
END_TEST

START_TEST(names_without_a_scope_are_free)
{
    Arena arena = {0};
    static const struct {
        const char *text, *name;
    } rows[] = {{"alpha", "alpha"}, {"w_{11}^2", "w11^2"},
                {"w11^2", "w11^2"}, {"ŷ", "yhat"},
                {"x₁", "x1"},       {"η", "η"},
                {"σ", "σ"},         {"e", "e"},
                {"o", "o"},         {"L", "L"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const Expr *name = parse(&arena, rows[i].text, NULL);
        ck_assert_int_eq(name->kind, EXPR_NAME);
        ck_assert_str_eq(name->name, rows[i].name);
        ck_assert(isnan(name->value));
    }
    ck_assert_int_eq(parse(&arena, "dL/dx1", NULL)->kind, EXPR_DIVIDE);
    arena_release(&arena);
}
END_TEST

START_TEST(names_in_a_scope_are_bound)
{
    Arena arena = {0};
    const Expr *symbol = parse(&arena, "w₁₁²", &scope);
    ck_assert_int_eq(symbol->kind, EXPR_SYMBOL);
    ck_assert(symbol_equal(symbol->symbol, (Symbol){SYMBOL_WEIGHT, 2, 1, 1}));
    ck_assert(symbol->value == 2);
    ck_assert(expr_value(parse(&arena, "(w11^2)^2 + epoch*x1", &scope)) == 18);
    ck_assert(expr_value(parse(&arena, "y^2", &scope)) == 4);
    arena_release(&arena);
}
END_TEST

START_TEST(derivatives_are_leaves)
{
    Arena arena = {0};
    static const struct {
        const char *text;
        Symbol upper, lower;
    } rows[] = {
        {"dL/dw11^2", {SYMBOL_LOSS, 0, 0, 0}, {SYMBOL_WEIGHT, 2, 1, 1}},
        {"do11/dw11^1", {SYMBOL_OUTPUT, 1, 0, 1}, {SYMBOL_WEIGHT, 1, 1, 1}},
        {"dyhat/do11", {SYMBOL_PREDICTION, 0, 0, 0}, {SYMBOL_OUTPUT, 1, 0, 1}},
        {"∂L/∂w₁₁²", {SYMBOL_LOSS, 0, 0, 0}, {SYMBOL_WEIGHT, 2, 1, 1}},
        {"∂L/dŷ", {SYMBOL_LOSS, 0, 0, 0}, {SYMBOL_PREDICTION, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const Expr *leaf = parse(&arena, rows[i].text, &scope);
        ck_assert_msg(leaf->kind == EXPR_DERIVATIVE, "%s", rows[i].text);
        ck_assert(symbol_equal(leaf->symbol, rows[i].upper));
        ck_assert(symbol_equal(leaf->over, rows[i].lower));
    }
    ck_assert(expr_value(parse(&arena, "2dL/db21 * dyhat/do11", &scope)) == 8);
    arena_release(&arena);
}
END_TEST

START_TEST(norms_are_leaves)
{
    Arena arena = {0};
    static const struct {
        const char *text;
        Symbol symbol, over;
    } rows[] = {
        {"norm(W^1)", {SYMBOL_WEIGHT, 1, 0, 0}, {0}},
        {"norm( b² )", {SYMBOL_BIAS, 2, 0, 0}, {0}},
        {"norm(dL/dW^12)", {SYMBOL_LOSS, 0, 0, 0}, {SYMBOL_WEIGHT, 12, 0, 0}},
        {"norm(∂L/∂γ¹)", {SYMBOL_LOSS, 0, 0, 0}, {SYMBOL_SCALE, 1, 0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const Expr *leaf = parse(&arena, rows[i].text, &scope);
        ck_assert_msg(leaf->kind == EXPR_NORM, "%s", rows[i].text);
        ck_assert(symbol_equal(leaf->symbol, rows[i].symbol));
        ck_assert(symbol_equal(leaf->over, rows[i].over));
    }
    ck_assert(expr_value(parse(&arena, "3norm(W^1)^2 - norm(dL/db^1)/2", &scope)) == 11);
    ck_assert(!expr_equal(parse(&arena, "norm(W^1)", &scope), parse(&arena, "norm(W^2)", &scope)));
    arena_release(&arena);
}
END_TEST

typedef struct Mistake {
    const char *text;
    int column;
    const char *message;
} Mistake;

static void check_mistakes(const Mistake *mistakes, size_t count, const Scope *names)
{
    for (size_t i = 0; i < count; i++) {
        Arena arena = {0};
        const Expr *expr = NULL;
        Error err = {0};
        const char *text = mistakes[i].text;
        ck_assert_msg(!expr_parse(text, strlen(text), 7, &arena, names, &expr, &err), "%s", text);
        ck_assert_ptr_null(expr);
        ck_assert_str_eq(err.message, mistakes[i].message);
        ck_assert_msg(err.column == 6 + mistakes[i].column, "%s: %d", text, err.column - 6);
        arena_release(&arena);
    }
}

START_TEST(mistakes_are_named_and_placed)
{
    static const Mistake mistakes[] = {
        {"", 1, "expected a number, a name or ("},
        {"1 +", 4, "expected a number, a name or ( after `+`"},
        {"2 *  ", 6, "expected a number, a name or ( after `*`"},
        {"x + * 2", 5, "unexpected `*` after `+`"},
        {"x + )", 5, "unexpected `)` after `+`"},
        {"x)", 2, "unexpected `)`"},
        {"(x", 3, "missing )"},
        {"exp(x", 6, "missing )"},
        {"(x ? 1)", 7, "unexpected `)`"},
        {"x ? 1", 6, "missing :"},
        {"x 2", 3, "expected an operator, such as * or ==, before `2`"},
        {"2 3", 3, "expected an operator, such as * or ==, before `3`"},
        {"x ½", 3, "expected an operator, such as * or ==, before `½`"},
        {"sine (x)", 1, "there is no function `sine`: did you mean sin?"},
        {"x²^3", 4, "a power of a power needs parentheses, as in (x²)^3"},
        {"² + x", 1, "unexpected `²`"},
        {"2₁x", 2, "unexpected `₁`"},
        {"|x", 3, "missing |"},
        {"||x||", 1, "unexpected `||`"},
        {"√2", 1, "√ is a function: write √(...)"},
        {"x if y", 7, "missing else"},
        {"x else y", 3, "unexpected `else`"},
        {"x and", 6, "expected a number, a name or ( after `and`"},
        {"− y )", 7, "unexpected `)`"},
        {"‖W¹‖", 1,
         "norm is of a network's matrices, and here every name is a variable: write the root out, "
         "as in sqrt(a^2 + b^2)"},
        {"1.5.3", 4, "expected an operator, such as * or ==, before `.3`"},
        {"x(2)", 1, "there is no function `x`: a product is written x*("},
        {"ln(2)", 1, "there is no function `ln`: did you mean log?"},
        {"sine(x)", 1, "there is no function `sine`: did you mean sin?"},
        {"1 + relo(x)", 5, "there is no function `relo`: did you mean relu?"},
        {"exp", 1, "exp is a function: write exp(...)"},
        {"exp()", 5, "unexpected `)` after `(`"},
        {"max(1)", 6, "max takes 2 arguments"},
        {"sin(1, 2)", 8, "sin takes 1 argument"},
        {"x = 2", 3, "unexpected `=`: equality is written =="},
        {"x & 2", 3, "unexpected `&`"},
        {"ŷ + $", 6, "unexpected `$` after `+`"},
        {"x \x1b", 3, "unexpected `\\x1b`"},
        {"x \xff", 3, "unexpected `\\xff`"},
        {"x1^2", 3, "a power of a node is (x1)^2"},
        {"y2^3", 3, "a power of a node is (y2)^3"},
        {"a1^2", 3, "a power of a node is (a1)^2"},
        {"nrom(x)", 1, "there is no function `nrom`: did you mean norm?"},
        {"1 + norm(W^1)", 5,
         "norm is of a network's matrices, and here every name is a variable: write the root out, "
         "as in sqrt(a^2 + b^2)"},
    };
    check_mistakes(mistakes, sizeof mistakes / sizeof mistakes[0], NULL);
}
END_TEST

START_TEST(mistakes_in_a_scope)
{
    static const Mistake mistakes[] = {
        {"1 + epoc", 5, "unknown epoc"},
        {"o11^2", 4, "a power of a node is (o11)^2"},
        {"w11^2^2", 6, "a power of a node is (w11^2)^2"},
        {"w₁₁²^2", 10, "a power of a node is (w₁₁²)^2"},
        {"∂L/∂x₁²", 13, "a power of a derivative is (∂L/∂x₁)²"},
        {"W^1 b^1", 1, "W^1 is a matrix: norm(W^1) is a number"},
        {"‖w₁₁¹‖", 4,
         "w₁₁¹ is a number, and its size is abs(w₁₁¹): norm takes a matrix, as in norm(W^1)"},
        {"‖W¹ + 1‖", 8, "expected ‖ after W¹: norm takes one matrix"},
        {"dL/dw11^2^2", 10, "a power of a node is (dL/dw11^2)^2"},
        {"dL / dw11^2", 1, "unknown dL"},
        {"W^1", 1, "W^1 is a matrix: norm(W^1) is a number"},
        {"2b²", 2, "b² is a matrix: norm(b²) is a number"},
        {"1 - dL/dW^1", 5, "dL/dW^1 is a matrix: norm(dL/dW^1) is a number"},
        {"norm", 1, "norm is a function: write norm(W^1)"},
        {"norm(w11^1)", 6,
         "w11^1 is a number, and its size is abs(w11^1): norm takes a matrix, as in norm(W^1)"},
        {"norm(dL/db11)", 6,
         "dL/db11 is a number, and its size is abs(dL/db11): norm takes a matrix, as in norm(W^1)"},
        {"norm(3)", 6, "norm takes a matrix, as in norm(W^1) or norm(dL/dW^1)"},
        {"norm(", 6, "norm takes a matrix, as in norm(W^1) or norm(dL/dW^1)"},
        {"norm(W^1", 9, "expected ) after W^1: norm takes one matrix"},
        {"norm(W^1 + W^2)", 10, "expected ) after W^1: norm takes one matrix"},
    };
    check_mistakes(mistakes, sizeof mistakes / sizeof mistakes[0], &scope);
}
END_TEST

/* OPEN n times, x, CLOSE n times. */
static bool parse_deep(const char *open, int depth, const char *close, Error *err)
{
    Arena arena = {0};
    Text text = {0};
    const Expr *expr;
    for (int i = 0; i < depth; i++) text_add(&text, open);
    text_add(&text, "x");
    for (int i = 0; i < depth; i++) text_add(&text, close);
    bool parsed = expr_parse(text.bytes, text.length, 1, &arena, NULL, &expr, err);
    text_release(&text);
    arena_release(&arena);
    return parsed;
}

START_TEST(nesting_is_limited)
{
    static const char *const brackets[][2] = {{"(", ")"},    {"-", ""},        {"2^", ""},
                                              {"exp(", ")"}, {"x ? 1 : ", ""}, {"!", ""}};
    for (size_t i = 0; i < 6; i++) {
        Error err = {0};
        ck_assert(parse_deep(brackets[i][0], 200, brackets[i][1], &err));
        ck_assert(!parse_deep(brackets[i][0], 201, brackets[i][1], &err));
        ck_assert_str_eq(err.message, "the expression is nested more than 200 deep");
    }
}
END_TEST

START_TEST(length_is_limited)
{
    Error err = {0};
    ck_assert(parse_deep("x-", 1999, "", &err));
    ck_assert(!parse_deep("x-", 2000, "", &err));
    ck_assert_str_eq(err.message, "the expression is longer than 4000 characters");
}
END_TEST

START_TEST(a_nul_byte_ends_nothing)
{
    Arena arena = {0};
    const Expr *expr = NULL;
    Error err = {0};
    ck_assert(!expr_parse("x\0+1", 4, 1, &arena, NULL, &expr, &err));
    ck_assert_str_eq(err.message, "unexpected `\\x00`");
    ck_assert_int_eq(err.column, 2);
    ck_assert(expr_parse("x + 12", 5, 1, &arena, NULL, &expr, &err));
    ck_assert(expr_is_number(expr->items[1], 1));
    arena_release(&arena);
}
END_TEST

START_TEST(substitution_is_simultaneous_and_shares)
{
    Arena arena = {0};
    static const char *const names[] = {"a", "b"};
    const Expr *const by[] = {parse(&arena, "b + 1", NULL), parse(&arena, "a", NULL)};
    const Expr *expr = parse(&arena, "a*b + exp(c)", NULL);
    const Expr *swapped = expr_substitute(&arena, expr, names, by, 2);
    ck_assert(expr_equal(swapped, parse(&arena, "(b + 1)*a + exp(c)", NULL)));
    ck_assert_ptr_eq(swapped->items[1], expr->items[1]);
    ck_assert(expr_equal(expr, parse(&arena, "a*b + exp(c)", NULL)));
    arena_release(&arena);
}
END_TEST

START_TEST(equality_looks_at_every_leaf)
{
    Arena arena = {0};
    static const char *const texts[] = {"a",     "b",      "1",      "2",  "a + b",    "b + a",
                                        "a - b", "exp(a)", "sin(a)", "-a", "a + b + c"};
    size_t count = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            ck_assert(expr_equal(parse(&arena, texts[i], NULL), parse(&arena, texts[j], NULL)) ==
                      (i == j));
    ck_assert(!expr_equal(parse(&arena, "dL/dw11^2", &scope), parse(&arena, "dL/dw12^2", &scope)));
    ck_assert(!expr_equal(parse(&arena, "x1", &scope), parse(&arena, "x2", &scope)));
    ck_assert(expr_mentions(parse(&arena, "1 + exp(a*b)", NULL), "b"));
    ck_assert(!expr_mentions(parse(&arena, "1 + exp(a*b)", NULL), "c"));
    arena_release(&arena);
}
END_TEST

static double slope_value(Arena *arena, const Function *row, int at, const double *point)
{
    static const char *const names[] = {"a", "b"};
    const Expr *const by[] = {expr_number(arena, point[0]), expr_number(arena, point[1])};
    return expr_value(expr_substitute(arena, parse(arena, row->slopes[at], NULL), names, by, 2));
}

static double difference(const Function *row, int at, const double *point)
{
    const double h = 1e-6;
    double above[] = {point[0], point[1]}, below[] = {point[0], point[1]};
    above[at] += h;
    below[at] -= h;
    return (row->value(above) - row->value(below)) / (2 * h);
}

START_TEST(every_slope_is_the_slope_of_its_function)
{
    Arena arena = {0};
    Random random;
    random_seed(&random, 2);
    const Function *row;
    int rows = 0;
    for (; (row = function_row(rows)); rows++) {
        ck_assert_ptr_eq(function_find(row->name, strlen(row->name)), row);
        for (int i = 0; i < 100; i++) {
            double point[] = {random_uniform(&random, 0.1, 3), random_uniform(&random, 0.1, 3)};
            for (int at = 0; at < row->arity; at++)
                ck_assert_double_eq_tol(slope_value(&arena, row, at, point),
                                        difference(row, at, point), 1e-6);
        }
    }
    ck_assert_int_eq(rows, 17);
    ck_assert_ptr_null(function_row(-1));
    arena_release(&arena);
}
END_TEST

START_TEST(kinks_are_flat_and_nan_is_not_healed)
{
    Arena arena = {0};
    static const char *const kinks[] = {"relu", "abs", "sign", "floor"};
    for (size_t i = 0; i < 4; i++) {
        const Function *row = function_find(kinks[i], strlen(kinks[i]));
        double nothing[] = {NAN, 0}, zero[] = {0, 0};
        ck_assert(isnan(row->value(nothing)));
        ck_assert(slope_value(&arena, row, 0, zero) == 0);
    }
    double pair[] = {0, NAN};
    ck_assert(isnan(function_find("max", 3)->value(pair)));
    ck_assert(isnan(function_find("min", 3)->value(pair)));
    arena_release(&arena);
}
END_TEST

/* max and min must not heal a broken number, on whichever side it stands. */
START_TEST(nan_goes_through_max_and_min)
{
    static const char *const texts[] = {"max(0/0, 1)", "max(1, 0/0)", "min(0/0, 1)", "min(1, 0/0)"};
    Arena arena = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const Expr *expr;
        ck_assert(expr_parse(texts[i], strlen(texts[i]), 1, &arena, NULL, &expr, NULL));
        ck_assert_msg(isnan(expr_value(expr)), "%s", texts[i]);
    }
    arena_release(&arena);
}
END_TEST

UNIT("expr", nan_goes_through_max_and_min, the_text_means_what_c_means,
     powers_and_unwritten_products, what_is_on_paper_is_what_is_typed,
     what_is_on_paper_of_a_network, a_square_is_a_product, a_sum_is_one_node,
     names_without_a_scope_are_free, names_in_a_scope_are_bound, derivatives_are_leaves,
     norms_are_leaves, mistakes_are_named_and_placed, mistakes_in_a_scope, nesting_is_limited,
     length_is_limited, a_nul_byte_ends_nothing, substitution_is_simultaneous_and_shares,
     equality_looks_at_every_leaf, every_slope_is_the_slope_of_its_function,
     kinks_are_flat_and_nan_is_not_healed)
