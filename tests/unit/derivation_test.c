#include <string.h>

#include "explain/derivation.h"
#include "random_nets.h"

/* --- what an explainer says of a network's numbers */

/* The explainer of a test: it owns its arena. */
typedef struct Study {
    Arena arena;
    Explainer explainer;
} Study;

static void study_begin(Study *study, Pass *pass)
{
    *study = (Study){.explainer = {.pass = pass}};
    study->explainer.arena = &study->arena;
}

static void study_end(Study *study)
{
    explainer_release(&study->explainer);
    arena_release(&study->arena);
}

static void assert_nearly(const char *what, double found, double expected, double digits)
{
    assert_within(what, found, expected, digits * fmax(1, fabs(expected)));
}

/* A formula's value; a mean's from its rows. */
static double value_of(const Expr *formula)
{
    if (formula->kind != EXPR_MEAN) return expr_value(formula);
    double sum = 0;
    for (int i = 0; i < formula->count; i++) sum += expr_value(formula->items[i]);
    return sum / formula->count;
}

/* Every sum, output and the loss: its formula has its value. */
static void check_formulas(Pass *pass)
{
    const Net *net = pass->net;
    Study study;
    study_begin(&study, pass);
    for (size_t e = net->vectors[1].at; e < net->elements; e++) {
        if (net_vector(net, e)->kind == SYMBOL_TARGET) continue;
        const Expr *formula = explain_formula(&study.explainer, e);
        assert_nearly(place_of(pass, e), value_of(formula), pass_value(pass, e), 1e-12);
    }
    study_end(&study);
}

START_TEST(formulas_have_the_values_of_the_pass)
{
    for_random_nets(31, 2, check_formulas);
}
END_TEST

/* --- every derivation of many networks */

static const char *current_place;

/* Σ of a factor's terms is the factor, or their mean if they are rows. Large terms may cancel. */
static void check_terms(const Factor *factor)
{
    double sum = 0, size = 0;
    for (int i = 0; i < factor->term_count; i++) {
        double product = factor_term(factor, i)->product;
        sum += product;
        size += fabs(product);
    }
    if (factor->rows) sum /= factor->term_count;
    assert_within(current_place, sum, factor->value, 1e-12 * size);
}

static void check_chain(const Chain *chain)
{
    double product = chain->factors[0].value;
    for (int k = 0; k < chain->count; k++) {
        const Factor *factor = &chain->factors[k];
        if (k) product *= factor->value;
        assert_same(current_place, factor->symbol->value, factor->value);
        if (factor->formula)
            assert_nearly(current_place, expr_value(factor->formula), factor->value, 1e-12);
        if (factor->term_count) check_terms(factor);
        for (int i = 0; i < factor->term_count; i++) check_chain(factor_term(factor, i));
        ck_assert_msg((factor->by != NULL) == (factor->source == SOURCE_MEMO), "%s", current_place);
    }
    assert_same(current_place, chain->product, product);
}

/* A chain's symbols lead from L to the element without a gap: ∂L/∂a, ∂a/∂b, ... */
static void check_links(const Chain *chain, Symbol from, Symbol to)
{
    for (int k = 0; k < chain->count; k++) {
        const Expr *symbol = chain->factors[k].symbol;
        ck_assert_int_eq(symbol->kind, EXPR_DERIVATIVE);
        ck_assert_msg(symbol_equal(symbol->symbol, from), "%s: factor %d", current_place, k);
        from = symbol->over;
        for (int i = 0; i < chain->factors[k].term_count; i++)
            check_links(factor_term(&chain->factors[k], i), (Symbol){.kind = SYMBOL_LOSS}, from);
    }
    ck_assert_msg(symbol_equal(from, to), "%s: ends elsewhere", current_place);
}

static void check_derivation(void *self, const Derivation *derivation)
{
    Symbol *last = self;
    check_chain(&derivation->chain);
    check_links(&derivation->chain, (Symbol){.kind = SYMBOL_LOSS}, derivation->of->over);
    assert_same(current_place, derivation->of->value, derivation->value);
    assert_close(current_place, derivation->chain.product, derivation->value, 1e-12);
    assert_nearly(current_place, expr_value(derivation->closed_form), derivation->value, 1e-9);
    *last = derivation->of->over;
}

/* A weight's own factor is read off its input; all others the memo knows by now. */
static void check_second_time(void *self, const Derivation *derivation)
{
    (void)self;
    for (int k = 0; k < derivation->chain.count; k++) {
        const Factor *factor = &derivation->chain.factors[k];
        Symbol over = factor->symbol->over;
        if (over.kind == SYMBOL_WEIGHT) {
            ck_assert_int_eq(factor->source, over.layer == 1 ? SOURCE_INPUT : SOURCE_FORWARD);
        } else {
            ck_assert_msg(factor->source == SOURCE_MEMO, "%s: factor %d", current_place, k);
            ck_assert_pstr_eq(factor->by, "first");
            ck_assert_ptr_null(factor->terms);
        }
    }
}

static void check_path(void *self, const Chain *chain)
{
    ++*(double *)self;
    check_chain(chain);
}

static void check_paths(Explainer *x, size_t element)
{
    double paths = 0, expected = derive_path_count(x, element);
    if (expected > 300) return;
    double total = derive_paths(x, element, check_path, &paths).value;
    ck_assert_msg(paths == expected, "%s: %g paths, not %g", current_place, paths, expected);
    assert_nearly(current_place, total, x->pass->adjoint[element], 1e-12);
}

static void check_element(Study *study, size_t element)
{
    Pass *pass = study->explainer.pass;
    Symbol last = {0};
    current_place = place_of(pass, element);
    pass_forget(pass);
    pass_forward(pass);
    ck_assert(derive_gradient(&study->explainer, element, "first",
                              &(DerivationSink){check_derivation, &last}));
    ck_assert(symbol_equal(last, net_symbol(pass->net, element)));
    check_paths(&study->explainer, element);
    ck_assert(derive_gradient(&study->explainer, element, "second",
                              &(DerivationSink){check_second_time, NULL}));
}

static void check_net(Pass *pass)
{
    Pass *swept = pass_copy(pass);
    pass_backward(swept);
    Study study;
    study_begin(&study, pass);
    for (size_t e = 0; e < pass->net->vectors[pass->net->target].at; e++) {
        check_element(&study, e);
        const Vector *vector = net_vector(pass->net, e);
        if (!vector || vector->kind != SYMBOL_INPUT)
            assert_same(place_of(pass, e), pass->adjoint[e], swept->adjoint[e]);
    }
    study_end(&study);
    pass_free(swept);
}

START_TEST(derivations_add_up)
{
    ck_assert_int_ge(for_random_nets(32, 2, check_net), 100);
}
END_TEST

/* --- batches */

static const char *spelled_symbol(Symbol symbol)
{
    static char name[SYMBOL_SIZE];
    symbol_spell(name, symbol);
    return name;
}

/* As large as its items' mean: a product of a batch's numbers may cancel in it. */
static void check_mean(const Expr *mean, int rows)
{
    double sum = 0, size = 0;
    ck_assert_int_eq(mean->kind, EXPR_MEAN);
    ck_assert_int_eq(mean->count, rows);
    for (int i = 0; i < rows; i++) {
        sum += expr_value(mean->items[i]);
        size += fabs(expr_value(mean->items[i]));
    }
    assert_within(current_place, sum / rows, mean->value, 1e-12 * size);
}

/* What is asked for, and what has been told so far. */
typedef struct Told {
    Pass *swept; /* all adjoints, in one sweep */
    Symbol last;
    int count;
} Told;

static void check_in_batch(void *self, const Derivation *derivation)
{
    Told *told = self;
    Pass *swept = told->swept;
    size_t element = element_of(swept->net, spelled_symbol(derivation->of->over));
    bool owned = net_owner(swept->net, element) != NULL;
    current_place = place_of(swept, element);
    check_chain(&derivation->chain);
    check_links(&derivation->chain, (Symbol){.kind = SYMBOL_LOSS}, derivation->of->over);
    assert_same(current_place, derivation->value, derivation->of->value);
    assert_close(current_place, derivation->chain.product, derivation->value, 1e-12);
    ck_assert_int_eq(derivation->row, owned ? 0 : swept->shown + 1);
    const RowChains *rows = derivation->chain.factors[0].rows;
    ck_assert((rows != NULL) == owned);
    for (int i = 0; owned && i < swept->rows; i++)
        ck_assert_int_eq(rows->number(rows->self, i), i + 1);
    const Vector *vector = net_vector(swept->net, element);
    if (!vector || vector->kind != SYMBOL_INPUT)
        assert_same(current_place, derivation->value, pass_adjoint(swept, element));
    if (derivation->closed_form)
        assert_nearly(current_place, expr_value(derivation->closed_form), derivation->value, 1e-9);
    for (int i = 0; i < derivation->mean_count; i++)
        check_mean(derivation->means[i].mean, swept->rows);
    told->last = derivation->of->over;
    told->count++;
}

static void check_batch(Pass *pass)
{
    if (pass->rows == 1) return;
    Pass *swept = pass_copy(pass);
    pass_backward(swept);
    Study study;
    study_begin(&study, pass);
    for (size_t e = 0; e < pass->net->vectors[pass->net->target].at; e++) {
        if (!pass_dependents(pass, e)) continue;
        Told told = {.swept = swept};
        pass_forget(pass);
        pass_forward(pass);
        ck_assert(
            derive_gradient(&study.explainer, e, "test", &(DerivationSink){check_in_batch, &told}));
        ck_assert(symbol_equal(told.last, net_symbol(pass->net, e)));
    }
    study_end(&study);
    pass_free(swept);
}

START_TEST(derivations_of_batches_add_up)
{
    ck_assert_int_ge(for_random_batches(33, 2, check_batch), 100);
}
END_TEST

START_TEST(formulas_have_the_values_of_a_batch)
{
    for_random_batches(34, 2, check_formulas);
}
END_TEST

/* A batch norm's γ by plain loops over the rows: w₁·n with n = (x - mean)/√(var + 1e-5). */
static void find_plain_gamma(const double *x, const double *y, int rows, double gamma,
                             double *shares, double *derivative)
{
    double mean = 0, variance = 0;
    *derivative = 0;
    for (int r = 0; r < rows; r++) mean += x[r] / rows;
    for (int r = 0; r < rows; r++) variance += (x[r] - mean) * (x[r] - mean) / rows;
    for (int r = 0; r < rows; r++) {
        double n = (x[r] - mean) / sqrt(variance + 1e-5);
        double o = tanh(gamma * n + 0.25);
        shares[r] = -2 * (y[r] - 3 * o) * 3 * (1 - o * o) * n;
        *derivative += shares[r] / rows;
    }
}

static void keep_derivation(void *self, const Derivation *derivation)
{
    const double *shares = self;
    const Factor *mean = derivation->chain.factors;
    const Factor *place = factor_term(mean, 0)->factors;
    ck_assert_int_eq(mean->term_count, 4);
    for (int i = 0; i < 4; i++) {
        assert_close("share of a row", factor_term(mean, i)->product, shares[i], 1e-12);
        ck_assert_ptr_eq(mean->rows->chain(mean->rows->self, i)->factors, place); /* no memory */
    }
}

START_TEST(gamma_by_a_plain_loop)
{
    static const double x[] = {1, 2, -1, 0.5}, y[] = {1, -1, 2, 0.25};
    double shares[4], derivative;
    Pass *pass = pass_from("1-1:tanh+bn-1", "mse");
    ck_assert(pass_set_rows(pass, 4, 0, NULL));
    set_parameters(pass, (double[]){1, 0.75, 0.25, 3, 0}); /* w, gamma, beta, w, b */
    for (int row = 0; row < 4; row++) pass_load(pass, row, &x[row], &y[row]);
    pass_forward(pass);
    find_plain_gamma(x, y, 4, 0.75, shares, &derivative);
    Study study;
    study_begin(&study, pass);
    size_t gamma = element_of(pass->net, "gamma11");
    ck_assert(
        derive_gradient(&study.explainer, gamma, "A", &(DerivationSink){keep_derivation, shares}));
    assert_close("gamma", pass->adjoint[gamma], derivative, 1e-12);
    study_end(&study);
    pass_free(pass);
}
END_TEST

/* --- told in full */

/* Adds "dL/dz11 in row 1 with 2 means". */
static void write_symbols(void *self, const Derivation *derivation)
{
    Text *text = self;
    const Factor *first = derivation->chain.factors;
    text_print(text, "dL/d%s", spelled_symbol(derivation->of->over));
    if (first->rows) text_print(text, " over %d rows", first->term_count);
    if (derivation->row) text_print(text, " in row %ld", derivation->row);
    if (derivation->mean_count) text_print(text, " with %d means", derivation->mean_count);
    text_add_char(text, '\n');
}

static void keep_skips(void *self, const Derivation *derivation)
{
    bool *skips = self;
    const Factor *sum = derivation->chain.factors;
    ck_assert_int_eq(sum->term_count, 3);
    for (int i = 0; i < 3; i++) skips[i] = sum->terms[i].factors[sum->terms[i].count - 1].skip;
}

/* Two rows of 1-1+bn-1: what ∂L/∂z rests on is told before the weight below it. */
START_TEST(a_normalised_sum_is_told_before_the_mean_over_rows)
{
    Pass *pass = pass_from("1-1+bn-1", "mse");
    ck_assert(pass_set_rows(pass, 2, 0, NULL));
    fill_weights(pass, 1);
    for (int row = 0; row < 2; row++) pass_load(pass, row, (double[]){row + 1}, (double[]){0});
    pass_forward(pass);
    Study study;
    study_begin(&study, pass);
    Text text = {0};
    ck_assert(derive_gradient(&study.explainer, element_of(pass->net, "w11^1"), "A",
                              &(DerivationSink){write_symbols, &text}));
    ck_assert_str_eq(text_string(&text), "dL/dn11 in row 1\n"
                                         "dL/dz11 in row 1 with 2 means\n"
                                         "dL/dw11^1 over 2 rows\n");
    text_release(&text);
    study_end(&study);
    pass_free(pass);
}
END_TEST

/* In 2-2+skip-1 the input's third path goes around the layer. */
START_TEST(a_path_around_a_layer_is_marked)
{
    Pass *pass = pass_from("2-2+skip-1", "mse");
    fill_weights(pass, 1);
    run_row(pass, (double[]){1, 2}, (double[]){0});
    Study study;
    study_begin(&study, pass);
    bool skips[3];
    ck_assert(derive_gradient(&study.explainer, element_of(pass->net, "x1"), "A",
                              &(DerivationSink){keep_skips, skips}));
    ck_assert(!skips[0] && !skips[1] && skips[2]);
    study_end(&study);
    pass_free(pass);
}
END_TEST

/* Adds "dL/dyhat=346 computed · dyhat/do11=1 memo grad w11^1". */
static void spell_chain(Text *text, const Chain *chain)
{
    static const char *const sources[] = {"computed", "forward", "input", "memo"};
    for (int k = 0; k < chain->count; k++) {
        const Factor *factor = &chain->factors[k];
        char upper[SYMBOL_SIZE], lower[SYMBOL_SIZE];
        symbol_spell(upper, factor->symbol->symbol);
        symbol_spell(lower, factor->symbol->over);
        text_print(text, "%sd%s/d%s=%g %s", k ? " * " : "", upper, lower, factor->value,
                   sources[factor->source]);
        if (factor->by) text_print(text, " %s", factor->by);
        for (int i = 0; i < factor->term_count; i++) {
            text_add(text, i ? " + " : " (");
            spell_chain(text, factor_term(factor, i));
        }
        if (factor->term_count) text_add(text, ")");
    }
}

static void write_derivation(void *self, const Derivation *derivation)
{
    spell_chain(self, &derivation->chain);
    text_print(self, " = %g\n", derivation->value);
}

/* What deriving SYMBOL as NAME says. */
static void tells(Study *study, const char *symbol, const char *name, const char *expected)
{
    Text text = {0};
    size_t element = element_of(study->explainer.pass->net, symbol);
    ck_assert(derive_gradient(&study->explainer, element, name,
                              &(DerivationSink){write_derivation, &text}));
    ck_assert_pstr_eq(text_string(&text), expected);
    text_release(&text);
}

START_TEST(sources_as_the_notes_mark_them)
{
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    Study study;
    study_begin(&study, pass);
    tells(&study, "w11^2", "A", "dL/dyhat=346 computed * dyhat/dw11^2=88 forward = 30448\n");
    tells(&study, "b21", "B", "dL/dyhat=346 memo A * dyhat/db21=1 computed = 346\n");
    tells(&study, "w11^1", "C",
          "dL/dyhat=346 memo A * dyhat/do11=1 computed * do11/dw11^1=80 input = 27680\n");
    tells(&study, "w21^1", "D",
          "dL/dyhat=346 memo A * dyhat/do11=1 memo C * do11/dw21^1=8 input = 2768\n");
    tells(&study, "b12", "E",
          "dL/dyhat=346 memo A * dyhat/do12=1 computed * do12/db12=1 computed = 346\n");
    study_end(&study);
    pass_free(pass);
}
END_TEST

/* o11 = 2 x1 = 2, ŷ1 = o11, ŷ2 = 3 o11 and both targets 1: ∂L/∂o11 = 2·1·1 + 2·5·3. */
START_TEST(a_sum_over_paths_stands_before_the_product)
{
    Pass *pass = pass_from("1-1-2", "sse");
    set_parameters(pass, (double[]){2, 0, 1, 3, 0, 0});
    run_row(pass, (double[]){1}, (double[]){1, 1});
    Study study;
    study_begin(&study, pass);
    tells(&study, "w11^1", "A",
          "dL/do11=32 computed (dL/dyhat1=2 computed * dyhat1/do11=1 computed + "
          "dL/dyhat2=10 computed * dyhat2/do11=3 computed) * do11/dw11^1=1 input = 32\n");
    tells(&study, "x1", "B", "dL/do11=32 memo A * do11/dx1=2 computed = 64\n");
    study_end(&study);
    pass_free(pass);
}
END_TEST

/* With paths that part twice the upper sums are derived first, from the loss outwards. */
START_TEST(sums_further_up_are_told_first)
{
    Pass *pass = pass_from("1-1-1-2-2", "sse");
    set_parameters(pass, (double[]){1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0});
    run_row(pass, (double[]){1}, (double[]){0, 0});
    Study study;
    study_begin(&study, pass);
    tells(&study, "w11^1", "A",
          "dL/do31=2 computed (dL/dyhat1=2 computed * dyhat1/do31=1 computed + "
          "dL/dyhat2=2 computed * dyhat2/do31=0 computed) = 2\n"
          "dL/do32=2 computed (dL/dyhat1=2 memo A * dyhat1/do32=0 computed + "
          "dL/dyhat2=2 memo A * dyhat2/do32=1 computed) = 2\n"
          "dL/do21=4 computed (dL/do31=2 memo A * do31/do21=1 computed + "
          "dL/do32=2 memo A * do32/do21=1 computed) * do21/do11=1 computed * "
          "do11/dw11^1=1 input = 4\n");
    study_end(&study);
    pass_free(pass);
}
END_TEST

START_TEST(a_fused_slope_shows_what_it_simplifies)
{
    Pass *pass = pass_from("1-1:sigmoid", "bce");
    run_row(pass, (double[]){3}, (double[]){1});
    Study study;
    study_begin(&study, pass);
    tells(&study, "w11^1", "A",
          "dL/dz11=-0.5 computed (dL/dyhat=-2 computed * dyhat/dz11=0.25 computed) * "
          "dz11/dw11^1=3 input = -1.5\n");
    tells(&study, "b11", "B", "dL/dz11=-0.5 memo A * dz11/db11=1 computed = -0.5\n");
    study_end(&study);
    pass_free(pass);
}
END_TEST

START_TEST(without_the_memo_everything_is_computed)
{
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    pass->memo.off = true;
    Study study;
    study_begin(&study, pass);
    for (int i = 0; i < 2; i++)
        tells(&study, "w11^1", "A",
              "dL/dyhat=346 computed * dyhat/do11=1 computed * do11/dw11^1=80 input = 27680\n");
    study_end(&study);
    pass_free(pass);
}
END_TEST

START_TEST(paths_are_counted_without_walking_them)
{
    Pass *pass = pass_from("3-4-5:softmax-2", "mse");
    Study study;
    study_begin(&study, pass);
    static const struct {
        const char *symbol;
        double count;
    } cases[] = {{"w11^3", 1}, {"o21", 2},  {"z21", 10}, {"w11^2", 10},
                 {"o11", 50},  {"b11", 50}, {"x1", 200}, {"yhat1", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double count = derive_path_count(&study.explainer, element_of(pass->net, cases[i].symbol));
        ck_assert_msg(count == cases[i].count, "%s: %g", cases[i].symbol, count);
    }
    study_end(&study);
    pass_free(pass);
}
END_TEST

START_TEST(an_interrupted_derivation_says_nothing)
{
    Pass *pass = pass_from("2-2-2", "mse");
    run_row(pass, (double[]){1, 2}, (double[]){1, 2});
    volatile sig_atomic_t interrupted = 1;
    pass->memo.interrupted = &interrupted;
    Study study;
    study_begin(&study, pass);
    Text text = {0};
    ck_assert(!derive_gradient(&study.explainer, element_of(pass->net, "x1"), "A",
                               &(DerivationSink){write_derivation, &text}));
    ck_assert_uint_eq(text.length, 0);
    interrupted = 0;
    ck_assert(derive_gradient(&study.explainer, element_of(pass->net, "x1"), "A",
                              &(DerivationSink){write_derivation, &text}));
    text_release(&text);
    study_end(&study);
    pass_free(pass);
}
END_TEST

UNIT("derivation", formulas_have_the_values_of_the_pass, derivations_add_up,
     sources_as_the_notes_mark_them, a_sum_over_paths_stands_before_the_product,
     sums_further_up_are_told_first, a_fused_slope_shows_what_it_simplifies,
     without_the_memo_everything_is_computed, paths_are_counted_without_walking_them,
     an_interrupted_derivation_says_nothing, derivations_of_batches_add_up,
     formulas_have_the_values_of_a_batch, gamma_by_a_plain_loop,
     a_normalised_sum_is_told_before_the_mean_over_rows, a_path_around_a_layer_is_marked)
