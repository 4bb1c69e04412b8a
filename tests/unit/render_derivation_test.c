#include "spelled.h"

static void emit(Sink *sink, Arena *arena, const char *of, Chain chain, const char *closed,
                 double value)
{
    const Derivation derivation = {.of = parse(arena, of),
                                   .chain = chain,
                                   .closed_form = closed ? parse(arena, closed) : NULL,
                                   .value = value};
    sink->block(sink, &(Block){.kind = BLOCK_DERIVATION, .derivation = derivation});
}

static Factor factor(Arena *arena, const char *symbol, const char *formula, double value,
                     Source source)
{
    return (Factor){.symbol = parse(arena, symbol),
                    .formula = formula ? parse(arena, formula) : NULL,
                    .value = value,
                    .source = source};
}

static Factor remembered(Factor known_factor, const char *by)
{
    known_factor.source = SOURCE_MEMO;
    known_factor.by = by;
    return known_factor;
}

/* ∂L/∂w11^1 of the 2-2-1 network on the row 80 8 -> 3. */
static void chain_of_three(Sink *sink, Arena *arena)
{
    const Factor factors[] = {
        factor(arena, "dL/dyhat", "-2*(y - yhat)", 346, SOURCE_COMPUTED),
        remembered(factor(arena, "dyhat/do11", "w11^2", 1, SOURCE_MEMO), "grad w21^1"),
        factor(arena, "do11/dw11^1", "x1", 80, SOURCE_INPUT),
    };
    emit(sink, arena, "dL/dw11^1", (Chain){factors, 3, 27680, {0}}, "-2*(y - yhat)*w11^2*x1",
         27680);
}

START_TEST(factors_stand_in_columns)
{
    check_text(style_of(false, false, 80), chain_of_three,
               "  ∂L/∂w₁₁¹ = ∂L/∂ŷ × ∂ŷ/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂ŷ      = -2(y - ŷ) = -2(3 - 176) = 346   computed\n"
               "    ∂ŷ/∂o₁₁    = w₁₁²                    = 1     memo, from `grad w21^1`\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁                      = 80    input\n"
               "  ∂L/∂w₁₁¹ = -2(y - ŷ) w₁₁² x₁ = 346 × 1 × 80 = 27680\n");
    check_text(style_of(true, false, 80), chain_of_three,
               "  dL/dw11^1 = dL/dyhat * dyhat/do11 * do11/dw11^1\n"
               "    dL/dyhat    = -2*(y - yhat) = -2*(3 - 176) = 346   computed\n"
               "    dyhat/do11  = w11^2                        = 1     memo, from `grad w21^1`\n"
               "    do11/dw11^1 = x1                           = 80    input\n"
               "  dL/dw11^1 = -2*(y - yhat)*w11^2*x1 = 346 * 1 * 80 = 27680\n");
}
END_TEST

START_TEST(colour_marks_the_result_and_the_sources)
{
    check_text(style_of(false, true, 80), chain_of_three,
               "  ∂L/∂w₁₁¹ = ∂L/∂ŷ × ∂ŷ/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂ŷ      = -2(y - ŷ) = -2(3 - 176) = 346   \x1b[2mcomputed\x1b[0m\n"
               "    ∂ŷ/∂o₁₁    = w₁₁²                    = 1     \x1b[32mmemo\x1b[0m\x1b[2m, from "
               "\x1b[0m`\x1b[36mgrad w21^1\x1b[0m`\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁                      = 80    \x1b[2minput\x1b[0m\n"
               "  \x1b[1m∂L/∂w₁₁¹ = -2(y - ŷ) w₁₁² x₁ = 346 × 1 × 80 = 27680\x1b[0m\n");
}
END_TEST

static void first_remembered(Sink *sink, Arena *arena)
{
    const Factor factors[] = {
        remembered(factor(arena, "dL/dyhat", "-2*(y - yhat)", 346, SOURCE_MEMO), "grad w11^2"),
        factor(arena, "dyhat/do11", "w11^2", 1, SOURCE_COMPUTED),
        factor(arena, "do11/dw11^1", "x1", 80, SOURCE_INPUT),
    };
    emit(sink, arena, "dL/dw11^1", (Chain){factors, 3, 27680, {0}}, "-2*(y - yhat)*w11^2*x1",
         27680);
}

START_TEST(a_remembered_factor_needs_no_numbers)
{
    check_text(style_of(false, false, 80), first_remembered,
               "  ∂L/∂w₁₁¹ = ∂L/∂ŷ × ∂ŷ/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂ŷ      = -2(y - ŷ) = 346   memo, from `grad w11^2`\n"
               "    ∂ŷ/∂o₁₁    = w₁₁²      = 1     computed\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁        = 80    input\n"
               "  ∂L/∂w₁₁¹ = -2(y - ŷ) w₁₁² x₁ = 346 × 1 × 80 = 27680\n");
}
END_TEST

START_TEST(a_narrow_page_folds_factors)
{
    check_text(style_of(false, false, 45), chain_of_three,
               "  ∂L/∂w₁₁¹ = ∂L/∂ŷ × ∂ŷ/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂ŷ      = -2(y - ŷ)\n"
               "               = -2(3 - 176) = 346   computed\n"
               "    ∂ŷ/∂o₁₁    = w₁₁² = 1\n"
               "                 memo, from `grad w21^1`\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁ = 80   input\n"
               "  ∂L/∂w₁₁¹ = -2(y - ŷ) w₁₁² x₁\n"
               "           = 346 × 1 × 80 = 27680\n");
}
END_TEST

static void alone(Sink *sink, Arena *arena)
{
    const Factor factors[] = {factor(arena, "dL/dyhat", "-2*(y - yhat)", 346, SOURCE_COMPUTED)};
    emit(sink, arena, "dL/dyhat", (Chain){factors, 1, 346, {0}}, "-2*(y - yhat)", 346);
    const Factor one[] = {factor(arena, "dL/dyhat", "-2*(y - yhat)", 346, SOURCE_COMPUTED),
                          factor(arena, "dyhat/db21", "1", 1, SOURCE_COMPUTED)};
    emit(sink, arena, "dL/db21", (Chain){one, 2, 346, {0}}, "-2*(y - yhat)", 346);
}

START_TEST(one_factor_is_its_own_result)
{
    check_text(style_of(false, false, 80), alone,
               "  ∂L/∂ŷ = -2(y - ŷ) = -2(3 - 176) = 346   computed\n"
               "\n"
               "  ∂L/∂b₂₁ = ∂L/∂ŷ × ∂ŷ/∂b₂₁\n"
               "    ∂L/∂ŷ   = -2(y - ŷ) = -2(3 - 176) = 346   computed\n"
               "    ∂ŷ/∂b₂₁                           = 1     computed\n"
               "  ∂L/∂b₂₁ = -2(y - ŷ) = 346 × 1 = 346\n");
}
END_TEST

static void paths(Sink *sink, Arena *arena)
{
    const Factor first[] = {
        remembered(factor(arena, "dL/dz21", "yhat1 - y1", 0.5, SOURCE_MEMO), "grad all"),
        factor(arena, "dz21/do11", "w11^2", 1, SOURCE_COMPUTED)};
    const Factor second[] = {factor(arena, "dL/dz22", NULL, -0.25, SOURCE_COMPUTED),
                             factor(arena, "dz22/do11", "w12^2", 2, SOURCE_COMPUTED)};
    const Chain terms[] = {{first, 2, 0.5, {0}}, {second, 2, -0.5, {0}}};
    Factor sum = factor(arena, "dL/do11", NULL, 0, SOURCE_COMPUTED);
    sum.terms = terms;
    sum.term_count = 2;
    const Factor factors[] = {sum, factor(arena, "do11/dw11^1", "x1", 80, SOURCE_INPUT)};
    emit(sink, arena, "dL/dw11^1", (Chain){factors, 2, 0, {0}},
         "((yhat1 - y1)*w11^2 + (yhat2 - y2)*w12^2)*x1", 0);
}

START_TEST(a_sum_over_paths_is_spelled_out)
{
    check_text(style_of(false, false, 80), paths,
               "  ∂L/∂w₁₁¹ = ∂L/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂o₁₁ = ∂L/∂z₂₁ × ∂z₂₁/∂o₁₁ + ∂L/∂z₂₂ × ∂z₂₂/∂o₁₁\n"
               "      path via z₂₁: 0.5 × 1 = 0.5\n"
               "        ∂L/∂z₂₁   = ŷ₁ - y₁ = 0.5   memo, from `grad all`\n"
               "        ∂z₂₁/∂o₁₁ = w₁₁²    = 1     computed\n"
               "      path via z₂₂: -0.25 × 2 = -0.5\n"
               "        ∂L/∂z₂₂          = -0.25   computed\n"
               "        ∂z₂₂/∂o₁₁ = w₁₂² = 2       computed\n"
               "    ∂L/∂o₁₁    = 0.5 + (-0.5) = 0    computed\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁           = 80   input\n"
               "  ∂L/∂w₁₁¹ = ((ŷ₁ - y₁) w₁₁² + (ŷ₂ - y₂) w₁₂²) x₁ = 0 × 80 = 0\n");
    check_text(style_of(false, false, 48), paths,
               "  ∂L/∂w₁₁¹ = ∂L/∂o₁₁ × ∂o₁₁/∂w₁₁¹\n"
               "    ∂L/∂o₁₁ = ∂L/∂z₂₁ × ∂z₂₁/∂o₁₁\n"
               "              + ∂L/∂z₂₂ × ∂z₂₂/∂o₁₁\n"
               "      path via z₂₁: 0.5 × 1 = 0.5\n"
               "        ∂L/∂z₂₁   = ŷ₁ - y₁ = 0.5\n"
               "                    memo, from `grad all`\n"
               "        ∂z₂₁/∂o₁₁ = w₁₁² = 1   computed\n"
               "      path via z₂₂: -0.25 × 2 = -0.5\n"
               "        ∂L/∂z₂₂          = -0.25   computed\n"
               "        ∂z₂₂/∂o₁₁ = w₁₂² = 2       computed\n"
               "    ∂L/∂o₁₁    = 0.5 + (-0.5) = 0    computed\n"
               "    ∂o₁₁/∂w₁₁¹ = x₁           = 80   input\n"
               "  ∂L/∂w₁₁¹ = ((ŷ₁ - y₁) w₁₁² + (ŷ₂ - y₂) w₁₂²)\n"
               "             x₁\n"
               "           = 0 × 80 = 0\n");
}
END_TEST

static void fused(Sink *sink, Arena *arena)
{
    const Factor two[] = {factor(arena, "dL/dyhat", "-y/yhat", -3, SOURCE_COMPUTED),
                          factor(arena, "dyhat/dz21", "yhat*(1 - yhat)", 4, SOURCE_COMPUTED)};
    const Chain term = {two, 2, -12, {0}};
    Factor slope = factor(arena, "dL/dz21", "yhat - y", 173, SOURCE_COMPUTED);
    slope.terms = &term;
    slope.term_count = 1;
    const Factor factors[] = {slope, factor(arena, "dz21/dw11^2", "o11", 88, SOURCE_FORWARD)};
    emit(sink, arena, "dL/dw11^2", (Chain){factors, 2, 15224, {0}}, "(yhat - y)*o11", 15224);
}

START_TEST(two_factors_that_simplify)
{
    check_text(style_of(false, false, 80), fused,
               "  ∂L/∂w₁₁² = ∂L/∂z₂₁ × ∂z₂₁/∂w₁₁²\n"
               "    ∂L/∂z₂₁ = ∂L/∂ŷ × ∂ŷ/∂z₂₁, which simplifies to ŷ - y\n"
               "      ∂L/∂ŷ   = -y/ŷ     = -3/176       = -3   computed\n"
               "      ∂ŷ/∂z₂₁ = ŷ(1 - ŷ) = 176(1 - 176) = 4    computed\n"
               "    ∂L/∂z₂₁    = ŷ - y = 176 - 3 = 173   computed\n"
               "    ∂z₂₁/∂w₁₁² = o₁₁             = 88    from forward\n"
               "  ∂L/∂w₁₁² = (ŷ - y) o₁₁ = 173 × 88 = 15224\n");
}
END_TEST

/* Ten paths through a layer of ten. */
static void many_paths(Sink *sink, Arena *arena)
{
    enum { PATHS = 10 };
    Factor links[PATHS][1];
    Chain terms[PATHS];
    for (int i = 0; i < PATHS; i++) {
        links[i][0] = factor(arena, arena_print(arena, "dz2,%d/do11", i + 1),
                             arena_print(arena, "w3,%d^2", i + 1), i, SOURCE_COMPUTED);
        terms[i] = (Chain){links[i], 1, i, {0}};
    }
    Factor sum = factor(arena, "dL/do11", NULL, 45, SOURCE_COMPUTED);
    sum.terms = terms;
    sum.term_count = PATHS;
    emit(sink, arena, "dL/do11", (Chain){&sum, 1, 45, {0}}, NULL, 45);
}

START_TEST(many_paths_are_cut)
{
    Style style = style_of(false, false, 80);
    style.terms = 3;
    check_text(style, many_paths,
               "  ∂L/∂o₁₁ = ∂z₂₁/∂o₁₁ + ∂z₂₂/∂o₁₁ + … + ∂z₂,₁₀/∂o₁₁\n"
               "    path via z₂₁: 0\n"
               "      ∂z₂₁/∂o₁₁ = w₃₁² = 0   computed\n"
               "    path via z₂₂: 1\n"
               "      ∂z₂₂/∂o₁₁ = w₃₂² = 1   computed\n"
               "    … 7 more terms (`set terms all` shows them)\n"
               "    path via z₂,₁₀: 9\n"
               "      ∂z₂,₁₀/∂o₁₁ = w₃,₁₀² = 9   computed\n"
               "  ∂L/∂o₁₁ = 0 + 1 + … + 9 = 45   computed\n");
}
END_TEST

/* ∂L/∂w11^2 over COUNT rows, numbered from 7 on: 2·1, 2·(-2), 2·3, ... */
static Factor mean_over_rows(Arena *arena, int count)
{
    Chain *terms = arena_new(arena, sizeof *terms * (size_t)count);
    long *rows = arena_new(arena, sizeof *rows * (size_t)count);
    for (int i = 0; i < count; i++) {
        double output = (i % 2 ? -1 : 1) * (i + 1);
        Factor *factors = arena_new(arena, sizeof *factors * 2);
        factors[0] = factor(arena, "dL/dyhat", "-2*(y - yhat)", 2, SOURCE_COMPUTED);
        factors[1] = factor(arena, "dyhat/dw11^2", "o11", output, SOURCE_FORWARD);
        terms[i] = (Chain){factors, 2, 2 * output, {0}};
        rows[i] = 7 + i;
    }
    Factor mean = factor(arena, "dL/dw11^2", NULL, -1, SOURCE_COMPUTED);
    mean.term_count = count, mean.rows = give_rows(arena, terms, rows);
    return mean;
}

static void two_rows(Sink *sink, Arena *arena)
{
    const Factor mean = mean_over_rows(arena, 2);
    emit(sink, arena, "dL/dw11^2", (Chain){&mean, 1, -1, {0}}, NULL, -1);
}

START_TEST(a_mean_has_a_line_for_each_row)
{
    check_text(style_of(false, false, 80), two_rows,
               "  ∂L/∂w₁₁² = mean over the 2 rows of ∂L/∂ŷ × ∂ŷ/∂w₁₁²\n"
               "    ∂L/∂ŷ    = -2(y - ŷ)   computed\n"
               "    ∂ŷ/∂w₁₁² = o₁₁         from forward\n"
               "    row 7: 2 × 1    = 2\n"
               "    row 8: 2 × (-2) = -4\n"
               "  ∂L/∂w₁₁² = (2 + (-4))/2 = -1\n");
    check_text(style_of(true, false, 80), two_rows,
               "  dL/dw11^2 = mean over the 2 rows of dL/dyhat * dyhat/dw11^2\n"
               "    dL/dyhat     = -2*(y - yhat)   computed\n"
               "    dyhat/dw11^2 = o11             from forward\n"
               "    row 7: 2 * 1    = 2\n"
               "    row 8: 2 * (-2) = -4\n"
               "  dL/dw11^2 = (2 + (-4))/2 = -1\n");
    check_text(style_of(false, false, 22), two_rows,
               "  ∂L/∂w₁₁²\n"
               "    = mean over the 2\n"
               "      rows of ∂L/∂ŷ\n"
               "      × ∂ŷ/∂w₁₁²\n"
               "    ∂L/∂ŷ\n"
               "      = -2(y - ŷ)\n"
               "        computed\n"
               "    ∂ŷ/∂w₁₁² = o₁₁\n"
               "        from forward\n"
               "    row 7: 2 × 1 = 2\n"
               "    row 8: 2 × (-2)\n"
               "      = -4\n"
               "  ∂L/∂w₁₁²\n"
               "    = (2 + (-4))/2\n"
               "    = -1\n");
}
END_TEST

static void six_rows(Sink *sink, Arena *arena)
{
    const Factor mean = mean_over_rows(arena, 6);
    emit(sink, arena, "dL/dw11^2", (Chain){&mean, 1, -1, {0}}, NULL, -1);
}

START_TEST(many_rows_are_cut)
{
    Style style = style_of(false, false, 80);
    style.terms = 3;
    check_text(style, six_rows,
               "  ∂L/∂w₁₁² = mean over the 6 rows of ∂L/∂ŷ × ∂ŷ/∂w₁₁²\n"
               "    ∂L/∂ŷ    = -2(y - ŷ)   computed\n"
               "    ∂ŷ/∂w₁₁² = o₁₁         from forward\n"
               "    row 7: 2 × 1    = 2\n"
               "    row 8: 2 × (-2) = -4\n"
               "    … 3 more rows (`set terms all` shows them)\n"
               "    row 12: 2 × (-6) = -12\n"
               "  ∂L/∂w₁₁² = (2 + (-4) + … + (-12))/6 = -1\n");
}
END_TEST

/* ∂L/∂z11 in row 3 of a batch of two, through a batch norm. */
static void normalised(Sink *sink, Arena *arena)
{
    const Expr *const items[] = {
        expr_derivative(arena, parse(arena, "L")->symbol, parse(arena, "n11")->symbol, 1.5),
        expr_number(arena, -0.5)};
    const NamedMean mean = {expr_mean(arena, items, 2, 0.5), {true, 2, 0.51, 1}};
    Factor slope = factor(arena, "dL/dz11", NULL, 1, SOURCE_COMPUTED);
    slope.formula = expr_binary(arena, EXPR_SUBTRACT, items[0], expr_mean(arena, items, 1, 0.5));
    const Derivation derivation = {.of = parse(arena, "dL/dz11"),
                                   .chain = {&slope, 1, 1, {0}},
                                   .closed_form = slope.formula,
                                   .value = 1,
                                   .row = 3,
                                   .means = &mean,
                                   .mean_count = 1};
    sink->block(sink, &(Block){.kind = BLOCK_DERIVATION, .derivation = derivation});
}

START_TEST(a_batch_s_node_says_its_row_and_the_means_behind_it)
{
    check_text(style_of(false, false, 80), normalised,
               "  in row 3:\n"
               "  ∂L/∂z₁₁ = ∂L/∂n₁₁ - mean(∂L/∂n₁₁) = 1.5 - 0.5 = 1   computed\n"
               "    mean(∂L/∂n₁₁) = (1.5 + (-0.5))/2 = 0.5   by hand 0.51, 1 unit off\n");
    check_text(style_of(true, false, 80), normalised,
               "  in row 3:\n"
               "  dL/dz11 = dL/dn11 - mean(dL/dn11) = 1.5 - 0.5 = 1   computed\n"
               "    mean(dL/dn11) = (1.5 + (-0.5))/2 = 0.5   by hand 0.51, 1 unit off\n");
}
END_TEST

static void residual(Sink *sink, Arena *arena)
{
    const Factor through[] = {factor(arena, "dL/do11", NULL, 2, SOURCE_COMPUTED),
                              factor(arena, "do11/dz11", "1", 1, SOURCE_COMPUTED),
                              factor(arena, "dz11/dx1", "w11^1", 1, SOURCE_COMPUTED)};
    Factor around[] = {through[0], factor(arena, "do11/dx1", "1", 1, SOURCE_COMPUTED)};
    around[1].skip = true;
    const Chain terms[] = {{through, 3, 2, {0}}, {around, 2, 2, {0}}};
    Factor sum = factor(arena, "dL/dx1", NULL, 4, SOURCE_COMPUTED);
    sum.terms = terms, sum.term_count = 2;
    emit(sink, arena, "dL/dx1", (Chain){&sum, 1, 4, {0}}, NULL, 4);
    sink->block(sink, &(Block){.kind = BLOCK_PATH, .derivation.chain = terms[0]});
    sink->block(sink, &(Block){.kind = BLOCK_PATH, .derivation.chain = terms[1]});
}

START_TEST(the_path_around_a_layer_is_named)
{
    check_text(style_of(false, false, 80), residual,
               "  ∂L/∂x₁ = ∂L/∂o₁₁ × ∂o₁₁/∂z₁₁ × ∂z₁₁/∂x₁ + ∂L/∂o₁₁ × ∂o₁₁/∂x₁\n"
               "    path via z₁₁: 2 × 1 × 1 = 2\n"
               "      ∂L/∂o₁₁          = 2   computed\n"
               "      ∂o₁₁/∂z₁₁        = 1   computed\n"
               "      ∂z₁₁/∂x₁  = w₁₁¹ = 1   computed\n"
               "    path around the layer, to o₁₁: 2 × 1 = 2\n"
               "      ∂L/∂o₁₁  = 2   computed\n"
               "      ∂o₁₁/∂x₁ = 1   computed\n"
               "  ∂L/∂x₁ = 2 + 2 = 4   computed\n"
               "  ∂L/∂o₁₁ × ∂o₁₁/∂z₁₁ × ∂z₁₁/∂x₁ = 2 × 1 × 1 = 2\n"
               "  ∂L/∂o₁₁ × ∂o₁₁/∂x₁ = 2 × 1 = 2   around a layer\n");
}
END_TEST

static void full_path(Sink *sink, Arena *arena)
{
    const Factor factors[] = {factor(arena, "dL/dyhat", NULL, 346, SOURCE_COMPUTED),
                              factor(arena, "dyhat/do11", NULL, -2, SOURCE_COMPUTED)};
    sink->block(sink, &(Block){.kind = BLOCK_PATH, .derivation.chain = {factors, 2, -692, {0}}});
}

START_TEST(a_path_is_one_line)
{
    check_text(style_of(false, false, 80), full_path, "  ∂L/∂ŷ × ∂ŷ/∂o₁₁ = 346 × (-2) = -692\n");
}
END_TEST

UNIT("render_derivation", factors_stand_in_columns, colour_marks_the_result_and_the_sources,
     a_remembered_factor_needs_no_numbers, a_narrow_page_folds_factors,
     one_factor_is_its_own_result, a_sum_over_paths_is_spelled_out, two_factors_that_simplify,
     many_paths_are_cut, a_path_is_one_line, a_mean_has_a_line_for_each_row, many_rows_are_cut,
     a_batch_s_node_says_its_row_and_the_means_behind_it, the_path_around_a_layer_is_named)
