#include <math.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "explain/calculus.h"
#include "unit.h"

static const Expr *parse(Arena *arena, const char *text)
{
    const Expr *expr = NULL;
    Error err;
    ck_assert_msg(expr_parse(text, strlen(text), 1, arena, NULL, &expr, &err), "%s: %s", text,
                  err.message);
    return expr;
}

static const Expr *differentiate(Arena *arena, const char *text, const char *name, RuleLog *log)
{
    const Expr *derivative = NULL;
    Error err;
    ck_assert_msg(expr_differentiate(arena, parse(arena, text), name, log, &derivative, &err),
                  "%s: %s", text, err.message);
    return derivative;
}

START_TEST(textbook_derivatives)
{
    static const struct {
        const char *text, *name, *derivative;
    } rows[] = {
        {"5", "x", "0"},
        {"y", "x", "0"},
        {"x", "x", "1"},
        {"x^2", "x", "2*x"},
        {"4*x^3", "x", "12*x^2"},
        {"4x^3 - 2x + 7", "x", "12*x^2 - 2"},
        {"x^2 + 2*x*y + y^2", "x", "2*x + 2*y"},
        {"x^2 + 2*x*y + y^2", "y", "2*x + 2*y"},
        {"(3*x)^2", "x", "18*x"},
        {"(y - yhat)^2", "yhat", "-2*(y - yhat)"},
        {"sq(y - yhat)", "yhat", "-2*(y - yhat)"},
        {"(y - w11^2*o11)^2", "w11^2", "-2*(y - w11^2*o11)*o11"},
        {"(a - y)^2", "a", "2*(a - y)"},
        {"exp(x)", "x", "exp(x)"},
        {"log(x)", "x", "1/x"},
        {"log(x*y)", "x", "1/x"},
        {"sqrt(x)", "x", "1/(2*sqrt(x))"},
        {"pow(x, 3) + pow(2, x)", "x", "3*x^2 + 2^x*log(2)"},
        {"pow(2, 3)*x", "x", "8"},
        {"pow(x, x)", "x", "x^x*(log(x) + 1)"},
        {"x*floor(x)", "x", "floor(x)"},
        {"sqrt(x^2 + y^2)", "x", "x/sqrt(x^2 + y^2)"},
        {"sin(x^2)", "x", "2*x*cos(x^2)"},
        {"5*sin(x^2)/3", "x", "10*x*cos(x^2)/3"},
        {"sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2"},
        {"sigmoid(x)", "x", "sigmoid(x)*(1 - sigmoid(x))"},
        {"1/(1 + exp(-x))", "x", "exp(-x)/(1 + exp(-x))^2"},
        {"tanh(x)", "x", "1 - tanh(x)^2"},
        {"relu(x)", "x", "x > 0 ? 1 : 0"},
        {"relu(3x^2)", "x", "3*x^2 > 0 ? 6*x : 0"},
        {"x > 0 ? x : 0.01*x", "x", "x > 0 ? 1 : 0.01"},
        {"abs(x)", "x", "sign(x)"},
        {"max(x, y)", "x", "x >= y ? 1 : 0"},
        {"max(abs(x), x)", "x", "(abs(x) >= x ? sign(x) : 0) + (x > abs(x) ? 1 : 0)"},
        {"min(2*x, x + x)", "x", "2"},
        {"max(0, 1 - y*x)", "x", "1 - x*y > 0 ? -y : 0"},
        {"x/(1 + x^2)", "x", "(1 - x^2)/(1 + x^2)^2"},
        {"log(x)/x", "x", "(1 - log(x))/x^2"},
        {"x^2/(1 + x)", "x", "(2*x + x^2)/(1 + x)^2"},
        {"exp(-x^2)", "x", "-2*x*exp(-x^2)"},
        {"x*exp(x)", "x", "exp(x) + x*exp(x)"},
        {"x^x", "x", "x^x*(log(x) + 1)"},
        {"2^x", "x", "2^x*log(2)"},
        {"x^n", "x", "n*x^(n - 1)"},
        {"x^(1/3)", "x", "1/(3*x^(2/3))"},
        {"1/x", "x", "-1/x^2"},
        {"x/2", "x", "1/2"},
        {"-x^2/2", "x", "-x"},
        {"x*x", "x", "2*x"},
        {"(x + 1)*(x + 2)", "x", "2*x + 3"},
        {"(x^2 + 1)*(x^3 + x)", "x", "5*x^4 + 6*x^2 + 1"},
        {"((x^2 + 1)^2 + 1)^2", "x", "8*x*((x^2 + 1)^2 + 1)*(x^2 + 1)"},
        {"a - x + b - x", "x", "-2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena arena = {0};
        const Expr *found = differentiate(&arena, rows[i].text, rows[i].name, NULL);
        ck_assert_msg(expr_equal(found, parse(&arena, rows[i].derivative)), "%s by %s",
                      rows[i].text, rows[i].name);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(textbook_forms)
{
    static const struct {
        const char *text, *simple;
    } rows[] = {
        {"0 + x*1 - 0*y", "x"},
        {"x + x", "2*x"},
        {"x*x", "x^2"},
        {"x^1*x^0", "x"},
        {"2*x - 2*x", "0"},
        {"x - 3 + 5", "x + 2"},
        {"-(-x)", "x"},
        {"-1*(a - b)", "-(a - b)"},
        {"x - (a - b)", "x - a + b"},
        {"x + -2*y", "x - 2*y"},
        {"-x + y", "y - x"},
        {"x*y/x", "y"},
        {"x^2/x^5", "1/x^3"},
        {"6*x/(4*y)", "3*x/(2*y)"},
        {"1/3 + 1/6", "1/2"},
        {"0.5*x*2", "x"},
        {"x/2 + x/2", "x"},
        {"(2x + 2)/2", "x + 1"},
        {"x*3*y*2", "6*x*y"},
        {"y*x", "x*y"},
        {"b*a*3 - a*b", "2*a*b"},
        {"sin(x)*cos(x) - cos(x)*sin(x)", "0"},
        {"(x + y)*(y + x)", "(x + y)^2"},
        {"x^a*x^b", "x^(a + b)"},
        {"(x^2)^3", "x^6"},
        {"(2*x)^3", "8*x^3"},
        {"(-x)^3", "-x^3"},
        {"x^0.5*x^0.5", "x"},
        {"(x^2)^0.5", "(x^2)^0.5"},
        {"2^10", "1024"},
        {"2^-1*x", "x/2"},
        {"10^20*x", "10^20*x"},
        {"2^0.5", "2^0.5"},
        {"4^0.5", "2"},
        {"sqrt(9) + sqrt(2)", "3 + sqrt(2)"},
        {"exp(0)*x", "x"},
        {"1 < 2 ? x : y", "x"},
        {"x > y ? a : a", "a"},
        {"max(x*y, y*x)", "x*y"},
        {"2*(x > y ? a : 0)", "x > y ? 2*a : 0"},
        {"exp(a)*exp(b)", "exp(a)*exp(b)"},
        {"3*(x + 1) - 3*x", "3"},
        {"2*(x + 1)", "2*(x + 1)"},
        {"-2*(y - a) - 2*(z - a)", "-2*(y - a) - 2*(z - a)"},
        {"(yhat - y)/(yhat*(1 - yhat))*(yhat*(1 - yhat))", "yhat - y"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena arena = {0};
        const Expr *found = expr_simplify(&arena, parse(&arena, rows[i].text));
        ck_assert_msg(expr_equal(found, parse(&arena, rows[i].simple)), "%s", rows[i].text);
        arena_release(&arena);
    }
}
END_TEST

typedef struct Use {
    const char *rule, *of, *gives, *inner;
} Use;

static void check_log(const char *text, const char *name, const Use *uses, int count)
{
    Arena arena = {0};
    RuleLog log = {0};
    differentiate(&arena, text, name, &log);
    ck_assert_int_eq(log.count, count);
    for (int i = 0; i < count; i++) {
        const RuleUse *use = &log.uses[i];
        ck_assert_str_eq(use->rule, uses[i].rule);
        ck_assert(expr_equal(use->of, parse(&arena, uses[i].of)));
        ck_assert(expr_equal(use->gives, parse(&arena, uses[i].gives)));
        ck_assert(!use->inner == !uses[i].inner);
        if (use->inner) ck_assert(expr_equal(use->inner, parse(&arena, uses[i].inner)));
    }
    arena_release(&arena);
}

START_TEST(rules_are_logged_outermost_first)
{
    static const Use chain[] = {
        {"chain", "(3*x)^2", "18*x", "3*x"},
        {"power", "u^2", "2*u", NULL},
        {"constant multiple", "3*x", "3", NULL},
        {"variable", "x", "1", NULL},
    };
    static const Use sum[] = {
        {"sum", "x^2 - 3 + x*sin(x)", "2*x + sin(x) + x*cos(x)", NULL},
        {"power", "x^2", "2*x", NULL},
        {"constant", "3", "0", NULL},
        {"product", "x*sin(x)", "sin(x) + x*cos(x)", NULL},
        {"variable", "x", "1", NULL},
        {"sine", "sin(x)", "cos(x)", NULL},
    };
    static const Use quotient[] = {
        {"quotient", "1/(1 + exp(-x))", "exp(-x)/(1 + exp(-x))^2", NULL},
        {"constant", "1", "0", NULL},
        {"sum", "1 + exp(-x)", "-exp(-x)", NULL},
        {"constant", "1", "0", NULL},
        {"chain", "exp(-x)", "-exp(-x)", "-x"},
        {"exponential", "exp(u)", "exp(u)", NULL},
        {"constant multiple", "-x", "-1", NULL},
        {"variable", "x", "1", NULL},
    };
    static const Use two[] = {
        {"maximum", "max(x, x^2)", "(x >= x^2 ? 1 : 0) + (x^2 > x ? 2*x : 0)", NULL},
        {"variable", "x", "1", NULL},
        {"power", "x^2", "2*x", NULL},
    };
    check_log("(3*x)^2", "x", chain, 4);
    check_log("x^2 - 3 + x*sin(x)", "x", sum, 6);
    check_log("1/(1 + exp(-x))", "x", quotient, 8);
    check_log("max(x, x^2)", "x", two, 3);
}
END_TEST

START_TEST(the_inner_letter_is_free)
{
    Arena arena = {0};
    RuleLog log = {0};
    differentiate(&arena, "(u*x)^2", "x", &log);
    ck_assert_str_eq(log.uses[0].letter, "v");
    ck_assert(expr_equal(log.uses[1].of, parse(&arena, "v^2")));
    const Expr *crowded = differentiate(&arena, "(x + 1)^(r + s + t + u + v)", "x", NULL);
    ck_assert(expr_equal(crowded, parse(&arena, "(r + s + t + u + v)*"
                                                "(x + 1)^(r + s + t + u + v - 1)")));
    arena_release(&arena);
}
END_TEST

/* A seeded expression over x and y. */
static const Expr *random_expr(Arena *arena, Random *random, int depth)
{
    static const ExprKind pairs[] = {EXPR_ADD, EXPR_SUBTRACT, EXPR_MULTIPLY, EXPR_DIVIDE};
    static const double numbers[] = {0, 1, 2, 3, -1, -2, 0.5, 1.25};
    uint64_t pick = random_below(random, 12);
    if (depth == 0 || pick == 0) {
        uint64_t leaf = random_below(random, 12);
        return leaf < 8 ? expr_number(arena, numbers[leaf])
                        : expr_name(arena, leaf % 2 ? "x" : "y", NAN);
    }
    const Expr *a = random_expr(arena, random, depth - 1);
    const Expr *b = random_expr(arena, random, depth - 1);
    if (pick < 7) return expr_binary(arena, pairs[pick % 4], a, b);
    if (pick == 7) return expr_unary(arena, EXPR_NEGATE, a);
    if (pick == 8)
        return expr_binary(arena, EXPR_POWER, a,
                           expr_number(arena, numbers[random_below(random, 8)]));
    if (pick == 9) {
        const Expr *condition = expr_binary(arena, EXPR_GREATER, expr_name(arena, "x", NAN),
                                            expr_name(arena, "y", NAN));
        return expr_node(arena, EXPR_CHOOSE, (const Expr *[]){condition, a, b}, 3);
    }
    const Expr *arguments[] = {a, b};
    return expr_call(arena, function_row((int)random_below(random, 15)), arguments);
}

static double value_at(Arena *arena, const Expr *expr, double x, double y)
{
    static const char *const names[] = {"x", "y"};
    const Expr *const by[] = {expr_number(arena, x), expr_number(arena, y)};
    return expr_value(expr_substitute(arena, expr, names, by, 2));
}

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

/* Whether EXPR has a value at X, Y, in all its parts, that does not hang on the last bits. */
static bool steady(Arena *arena, const Expr *expr, double x, double y)
{
    for (int i = 0; i < expr->count; i++)
        if (!steady(arena, expr->items[i], x, y)) return false;
    double value = value_at(arena, expr, x, y), moved = value_at(arena, expr, x + 1e-9, y - 1e-9);
    return fabs(value) < 1e6 && near(value, moved, 1e-6);
}

START_TEST(simplifying_keeps_the_value)
{
    Random random;
    int compared = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        Arena arena = {0};
        random_seed(&random, seed);
        const Expr *expr = random_expr(&arena, &random, 5), *simple = expr_simplify(&arena, expr);
        for (int i = 0; i < 3; i++) {
            double x = random_uniform(&random, -2, 3), y = random_uniform(&random, -2, 3);
            if (!steady(&arena, expr, x, y)) continue;
            compared++;
            ck_assert_msg(near(value_at(&arena, expr, x, y), value_at(&arena, simple, x, y), 1e-9),
                          "seed %d: %.17g, not %.17g", (int)seed, value_at(&arena, simple, x, y),
                          value_at(&arena, expr, x, y));
        }
        arena_release(&arena);
    }
    ck_assert_int_gt(compared, 2000);
}
END_TEST

START_TEST(simplifying_twice_changes_nothing)
{
    Random random;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        Arena arena = {0};
        random_seed(&random, seed);
        const Expr *simple = expr_simplify(&arena, random_expr(&arena, &random, 6));
        ck_assert_msg(expr_equal(simple, expr_simplify(&arena, simple)), "seed %d", (int)seed);
        arena_release(&arena);
    }
}
END_TEST

static double difference(Arena *arena, const Expr *expr, double x, double y, double h)
{
    return (value_at(arena, expr, x + h, y) - value_at(arena, expr, x - h, y)) / (2 * h);
}

START_TEST(derivatives_agree_with_differences)
{
    Random random;
    int compared = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        Arena arena = {0};
        random_seed(&random, seed);
        const Expr *expr = random_expr(&arena, &random, 4), *derivative;
        ck_assert(expr_differentiate(&arena, expr, "x", NULL, &derivative, NULL));
        double x = random_uniform(&random, -2, 3), y = random_uniform(&random, -2, 3);
        double rough = difference(&arena, expr, x, y, 1e-4);
        double fine = difference(&arena, expr, x, y, 1e-5);
        if (steady(&arena, expr, x, y) && near(rough, fine, 1e-5) && fine != 0) {
            compared++;
            ck_assert_msg(near(value_at(&arena, derivative, x, y), fine, 1e-4),
                          "seed %d: %.17g, not %.17g", (int)seed,
                          value_at(&arena, derivative, x, y), fine);
        }
        arena_release(&arena);
    }
    ck_assert_int_gt(compared, 400);
}
END_TEST

/* BEFORE n times, MIDDLE, AFTER n times. */
static const Expr *parse_long(Arena *arena, const char *before, const char *middle,
                              const char *after, int times)
{
    Text text = {0};
    for (int i = 0; i < times; i++) text_add(&text, before);
    text_add(&text, middle);
    for (int i = 0; i < times; i++) text_add(&text, after);
    const Expr *expr = parse(arena, text_string(&text));
    text_release(&text);
    return expr;
}

START_TEST(growth_ends_in_an_error)
{
    static const char *const nests[][3] = {{"x*sin(", "x", ")"}, {"max(x, ", "y", ")"}};
    for (int i = 0; i < 2; i++) {
        Arena arena = {0};
        Error err = {0};
        RuleLog log = {0};
        const Expr *derivative = NULL;
        const Expr *deep = parse_long(&arena, nests[i][0], nests[i][1], nests[i][2], 190);
        ck_assert(!expr_differentiate(&arena, deep, "x", &log, &derivative, &err));
        ck_assert_str_eq(err.message,
                         "the derivative grows beyond 20000 numbers, names and operations");
        ck_assert_ptr_null(derivative);
        const Expr *less = parse_long(&arena, nests[i][0], nests[i][1], nests[i][2], 20);
        ck_assert(expr_differentiate(&arena, less, "x", &log, &derivative, &err));
        arena_release(&arena);
    }
}
END_TEST

START_TEST(long_chains_are_no_burden)
{
    static const char *const chains[][2] = {{"x+", "x"}, {"x-", "x"}, {"x*", "x"}, {"x/", "x"}};
    static const char *const derivatives[] = {"1001", "-999", "1001*x^1000", "-999/x^1000"};
    for (int i = 0; i < 4; i++) {
        Arena arena = {0};
        const Expr *derivative = NULL;
        const Expr *expr = parse_long(&arena, chains[i][0], chains[i][1], "", 1000);
        ck_assert(expr_differentiate(&arena, expr, "x", NULL, &derivative, NULL));
        ck_assert(expr_equal(derivative, parse(&arena, derivatives[i])));
        arena_release(&arena);
    }
}
END_TEST

START_TEST(what_has_no_derivative)
{
    Arena arena = {0};
    Error err = {0};
    const Expr *derivative = NULL;
    ck_assert(
        !expr_differentiate(&arena, parse(&arena, "x + (x > y)"), "x", NULL, &derivative, &err));
    ck_assert_str_eq(err.message,
                     "a comparison has no derivative: it can only choose, as in x > 0 ? x : 0");
    ck_assert_ptr_null(derivative);
    ck_assert(
        !expr_differentiate(&arena, parse(&arena, "y*(x > 1)"), "x", NULL, &derivative, &err));
    ck_assert(
        expr_differentiate(&arena, parse(&arena, "x + (y > 1)"), "x", NULL, &derivative, &err));
    ck_assert(expr_is_number(derivative, 1));
    arena_release(&arena);
}
END_TEST

UNIT("calculus", textbook_derivatives, textbook_forms, rules_are_logged_outermost_first,
     the_inner_letter_is_free, simplifying_keeps_the_value, simplifying_twice_changes_nothing,
     derivatives_agree_with_differences, growth_ends_in_an_error, long_chains_are_no_burden,
     what_has_no_derivative)
