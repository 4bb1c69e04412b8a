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
        {"mu*v + g", "μ v + g", "mu*v + g"},
        {"eta/correction1*(m + lambda*w)", "(η/c₁)(m + λ w)", "lr/c1*(m + lambda*w)"},
        {"eta0*cos(pi*t) + eta_min", "η₀ cos(π t) + η_min", "lr0*cos(pi*t) + lr_min"},
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
        {"x*(y/z)", "x (y/z)", "x*(y/z)"},
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
        {"2*x*y", "2x y", "2*x*y"},
        {"x*(y + 1)", "x (y + 1)", "x*(y + 1)"},
        {"x^2*(y + 1)", "x² (y + 1)", "x^2*(y + 1)"},
        {"y*yhat", "y ŷ", "y*yhat"},
        {"yhat*(1 - yhat)", "ŷ(1 - ŷ)", "yhat*(1 - yhat)"},
        {"rate*(x + 1)", "rate·(x + 1)", "rate*(x + 1)"},
        {"x^rate*(x + 1)", "x^rate·(x + 1)", "x^rate*(x + 1)"},
        {"σ*(x + 1)", "σ·(x + 1)", "sigma*(x + 1)"},
        {"beta1*(beta1)^t", "β₁ β₁^t", "beta1*(beta1)^t"},
        {"(w₁₁)^2", "(w₁₁)²", "(w11)^2"},
        {"y^2*(o11)^t", "y² o₁₁^t", "y^2*(o11)^t"},
        {"inf*x", "inf x", "inf*x"},
        {"1e+20*x", "1e+20 x", "1e+20*x"},
        {"x - -(y*z)", "x - (-y) z", "x - (-(y*z))"},
        {"-(x/y)*z", "(-x/y) z", "-(x/y)*z"},
        {"x + (-2)*y/z", "x - 2y/z", "x + (-2)*y/z"},
        {"x + (-2)*3", "x + (-2)·3", "x + (-2)*3"},
        {"-(-2)", "-(-2)", "-(-2)"},
        {"-0", "-0", "-0"},
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
        {"(z11)^x2*(x1)^-x2", "(-0.5)^8·80^(-8)", "(-0.5)^8*80^(-8)"},
        {"2*dL/dyhat*free", "2·346·free", "2*346*free"},
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
    check_spelling(product, SPELL_FORMULA, style, "a b c … f g");
    check_spelling("1*2*3*4*5*6*7", SPELL_FORMULA, style, "1·2·3 … 6·7");
    style.terms = 3;
    style.ascii = true;
    check_spelling(sum, SPELL_FORMULA, style, "b1 + c1 + ... + h1");
    check_spelling(product, SPELL_FORMULA, style, "a*b*...*g");
    style.terms = 0;
    check_spelling(sum, SPELL_FORMULA, style, sum);
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
     numbers_take_the_place_of_names, long_sums_and_products_are_cut, prose_in_ascii,
     a_symbol_without_indices, foreign_words_are_escaped,
     a_mean_is_worked_out_where_it_stands_alone)
