#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "command/save.h"
#include "explain/derivation.h"
#include "paper.h"
#include "random_nets.h"
#include "unit.h"

/* By hand, with plain loops. */

/* 2-2-1 with sigmoids and L = (y - ŷ)², as it is computed on paper. */
typedef struct Paper {
    double w1[2][2], b1[2], w2[2], b2; /* w1[from][to] */
    double z[2], o[2], z2, yhat, loss;
    double g_w1[2][2], g_b1[2], g_w2[2], g_b2;
} Paper;

static double sigmoid(double z)
{
    return 1 / (1 + exp(-z));
}

static void write_forward(Paper *p, const double *x, double y)
{
    for (int j = 0; j < 2; j++) {
        p->z[j] = written(p->w1[0][j] * x[0] + p->w1[1][j] * x[1] + p->b1[j], FOUR);
        p->o[j] = written(sigmoid(p->z[j]), FOUR);
    }
    p->z2 = written(p->w2[0] * p->o[0] + p->w2[1] * p->o[1] + p->b2, FOUR);
    p->yhat = written(sigmoid(p->z2), FOUR);
    p->loss = written((y - p->yhat) * (y - p->yhat), FOUR);
}

/* DELTA is ∂L/∂z21 as the page has it; 0: it is computed. */
static void write_backward(Paper *p, const double *x, double y, double delta)
{
    double outer = written(-2 * (y - p->yhat), FOUR),
           slope = written(p->yhat * (1 - p->yhat), FOUR);
    double top = delta != 0 ? delta : outer * slope;
    p->g_b2 = written(top, FOUR);
    for (int j = 0; j < 2; j++) {
        double inner = written(p->o[j] * (1 - p->o[j]), FOUR);
        p->g_w2[j] = written(top * p->o[j], FOUR);
        p->g_b1[j] = written(top * p->w2[j] * inner, FOUR);
        for (int i = 0; i < 2; i++) p->g_w1[i][j] = written(top * p->w2[j] * inner * x[i], FOUR);
    }
}

static void write_update(Paper *p, double eta)
{
    for (int j = 0; j < 2; j++) {
        for (int i = 0; i < 2; i++) p->w1[i][j] = written(p->w1[i][j] - eta * p->g_w1[i][j], FOUR);
        p->b1[j] = written(p->b1[j] - eta * p->g_b1[j], FOUR);
        p->w2[j] = written(p->w2[j] - eta * p->g_w2[j], FOUR);
    }
    p->b2 = written(p->b2 - eta * p->g_b2, FOUR);
}

static const char example[] =
    "init 2-2:sigmoid-1:sigmoid\nset W^1 [0.5 -0.2; 0.3 0.8]\nset b^1 [0.1 -0.1]\n"
    "set W^2 [0.6; -0.4]\nset b^2 [0.2]\ninput 1 0.3127 -> 1\nset lr 1\nset round 4";
static const Paper beginning = {
    .w1 = {{0.5, -0.2}, {0.3, 0.8}}, .b1 = {0.1, -0.1}, .w2 = {0.6, -0.4}, .b2 = 0.2};
static const double x[] = {1, 0.3127}, y = 1;

static void check_row(const Stage *stage, const Paper *p)
{
    check_node(stage, "z11", p->z[0]);
    check_node(stage, "z12", p->z[1]);
    check_node(stage, "o11", p->o[0]);
    check_node(stage, "o12", p->o[1]);
    check_node(stage, "z21", p->z2);
    check_node(stage, "yhat", p->yhat);
    check_number(page_loss(page_of(stage)), p->loss, "L");
    check_gradient(stage, "w11^2", p->g_w2[0]);
    check_gradient(stage, "w21^2", p->g_w2[1]);
    check_gradient(stage, "b21", p->g_b2);
    check_gradient(stage, "w11^1", p->g_w1[0][0]);
    check_gradient(stage, "w21^1", p->g_w1[1][0]);
    check_gradient(stage, "w12^1", p->g_w1[0][1]);
    check_gradient(stage, "w22^1", p->g_w1[1][1]);
    check_gradient(stage, "b11", p->g_b1[0]);
    check_gradient(stage, "b12", p->g_b1[1]);
}

static void check_parameters(const Stage *stage, const Paper *p)
{
    const double *numbers = page_of(stage)->numbers;
    check_number(numbers[named(stage, "w11^1")], p->w1[0][0], "w11^1");
    check_number(numbers[named(stage, "w12^1")], p->w1[0][1], "w12^1");
    check_number(numbers[named(stage, "w21^1")], p->w1[1][0], "w21^1");
    check_number(numbers[named(stage, "w22^1")], p->w1[1][1], "w22^1");
    check_number(numbers[named(stage, "b11")], p->b1[0], "b11");
    check_number(numbers[named(stage, "b12")], p->b1[1], "b12");
    check_number(numbers[named(stage, "w11^2")], p->w2[0], "w11^2");
    check_number(numbers[named(stage, "w21^2")], p->w2[1], "w21^2");
    check_number(numbers[named(stage, "b21")], p->b2, "b21");
}

/* The lines of the row by hand, ∂L/∂z21 being DELTA (0: computed), and those of its update. */
static void check_update(Stage *stage, Paper *p, double delta)
{
    write_backward(p, x, y, delta);
    check_row(stage, p);
    write_update(p, 1);
    stage_do(stage, "step");
    check_parameters(stage, p);
}

START_TEST(follows_plain_loops)
{
    Stage stage;
    Paper paper = beginning;
    stage_start(&stage, example);
    for (int update = 0; update < 20; update++) {
        write_forward(&paper, x, y);
        check_update(&stage, &paper, 0);
    }
    stage_free(&stage);
}
END_TEST

/* A slip of the page carries on: in its derivatives, its parameters, its next row. */
START_TEST(carries_a_slip_on)
{
    Stage stage;
    Paper paper = beginning;
    stage_start(&stage, example);
    write_forward(&paper, x, y);
    stage_do(&stage, "page dL/dz21 = -0.1999");
    check_update(&stage, &paper, -0.1999);
    stage_do(&stage, "page w11^2 = 0.75");
    paper.w2[0] = 0.75;
    write_forward(&paper, x, y);
    write_backward(&paper, x, y, 0);
    check_row(&stage, &paper);
    stage_free(&stage);
}
END_TEST

/* A factor's slip as well, in each chain that has it: ∂ŷ/∂z21 in all, ∂z21/∂o12 in some. */
START_TEST(carries_the_slip_of_a_factor_on)
{
    Stage stage;
    Paper paper = beginning;
    stage_start(&stage, example);
    write_forward(&paper, x, y);
    stage_do(&stage, "page dyhat/dz21 = 0.2395");
    double outer = written(-2 * (y - paper.yhat), FOUR);
    write_backward(&paper, x, y, outer * 0.2395);
    check_row(&stage, &paper);
    stage_do(&stage, "page dz21/do12 = -0.45");
    paper.w2[1] = -0.45;
    write_backward(&paper, x, y, outer * 0.2395);
    paper.w2[1] = beginning.w2[1];
    check_row(&stage, &paper);
    write_update(&paper, 1);
    stage_do(&stage, "step");
    check_parameters(&stage, &paper);
    write_forward(&paper, x, y);
    write_backward(&paper, x, y, 0);
    check_row(&stage, &paper);
    stage_free(&stage);
}
END_TEST

START_TEST(a_parameter_that_is_set_is_given)
{
    Stage stage;
    Paper paper = beginning;
    stage_start(&stage, example);
    write_forward(&paper, x, y);
    write_backward(&paper, x, y, 0);
    write_update(&paper, 1);
    stage_do(&stage, "step\nset b^1 [0.123456 -0.1]\nset w21^2 0.25");
    paper.b1[0] = 0.123456, paper.b1[1] = -0.1, paper.w2[1] = 0.25;
    check_parameters(&stage, &paper);
    write_forward(&paper, x, y);
    write_backward(&paper, x, y, 0);
    check_row(&stage, &paper);
    stage_free(&stage);
}
END_TEST

/* Judging. */

static void check_verdict(double exact, double hand, double units)
{
    Page page = {.decimals = 4};
    Hand judged = page_judge(&page, exact, hand);
    ck_assert(judged.known && (judged.value == hand || isnan(hand)));
    ck_assert_msg(judged.units_off == units, "%g by %g: %g", exact, hand, judged.units_off);
}

START_TEST(verdicts)
{
    check_verdict(0.645656, 0.6457, 0);
    check_verdict(-0.190201, -0.1902, 0);
    check_verdict(-0.190201, -0.1903, -1);
    check_verdict(0.645656, 0.6459, 2);
    check_verdict(3, 4, 10000);
    check_verdict(-0.00001, 0, 0);
    check_verdict(NAN, NAN, 0);
    check_verdict(INFINITY, INFINITY, 0);
    check_verdict(1, INFINITY, INFINITY);
    ck_assert(!page_judge(NULL, 1, 2).known);
}
END_TEST

/* What is printed: the numbers of the lines before give each line's own. */

static double shown_value(const Factor *factor)
{
    return factor->hand.known ? factor->hand.value : factor->value;
}

static double product_of(const Chain *chain)
{
    double product = shown_value(&chain->factors[0]);
    for (int i = 1; i < chain->count; i++) product *= shown_value(&chain->factors[i]);
    return product;
}

typedef struct Printed {
    int decimals, derivations;
} Printed;

/* Few decimals make a large number infinite, and that times 0 is none. */
static void check_line(const Printed *printed, double hand, double exact)
{
    double want = decimal_round_computed(exact, printed->decimals);
    ck_assert_msg(hand == want || (isnan(hand) && isnan(want)), "%.17g, of its parts %.17g", hand,
                  exact);
}

static void check_sum(const Printed *printed, const Factor *factor)
{
    double sum = 0;
    for (int i = 0; i < factor->term_count; i++) {
        const Chain *term = factor_term(factor, i);
        double hand = term->hand.value;
        check_line(printed, hand, product_of(term));
        sum = i ? sum + hand : hand;
    }
    if (factor->rows) sum /= factor->term_count;
    if (factor->rows || !factor->formula) check_line(printed, factor->hand.value, sum);
}

static void check_printed(void *self, const Derivation *derivation)
{
    Printed *printed = self;
    const Factor *first = derivation->chain.factors;
    ck_assert(derivation->hand.known);
    printed->derivations++;
    if (first->term_count) check_sum(printed, first);
    check_line(printed, derivation->hand.value, product_of(&derivation->chain));
}

/* An explainer with a page that goes along with PASS. */
static void check_all_lines(Pass *pass, int decimals)
{
    Arena arena = {0};
    Page *page = page_new(decimals, pass, NULL, 0);
    Explainer explainer = {.pass = pass, .arena = &arena, .page = page};
    Printed printed = {.decimals = decimals};
    DerivationSink sink = {check_printed, &printed};
    for (size_t e = 0; e < pass->net->parameters; e++)
        ck_assert(derive_gradient(&explainer, e, "test", &sink));
    ck_assert_int_ge(printed.derivations, (int)pass->net->parameters);
    explainer_release(&explainer);
    arena_release(&arena);
    page_free(page);
}

static void for_many_passes(void (*check)(Pass *pass, int decimals))
{
    Random random;
    random_seed(&random, 3);
    for (size_t a = 0; activation_row(a); a++)
        for (size_t l = 0; loss_row(l); l++) {
            if (!loss_fits(loss_row(l), activation_row(a), 2, NULL)) continue;
            for (int i = 0; i < 6; i++) {
                Pass *pass = random_batch(&random, activation_row(a), loss_row(l));
                check(pass, random_between(&random, 1, 6));
                pass_free(pass);
            }
        }
}

START_TEST(lines_follow_from_lines)
{
    for_many_passes(check_all_lines);
}
END_TEST

/* With all digits that a double has it is the exact computation. */
static void check_exact(Pass *pass, int decimals)
{
    (void)decimals;
    Page *page = page_new(DECIMALS_MOST, pass, NULL, 0);
    const Net *net = pass->net;
    for (size_t e = net->vectors[net->input].at; e < net->elements; e++)
        ck_assert_double_eq_tol(page_value(page, e), pass_value(pass, e),
                                1e-11 * (1 + fabs(pass_value(pass, e))));
    for (size_t e = 0; e < net->parameters; e++) {
        double exact = memo_adjoint(pass, e, "test");
        ck_assert_double_eq_tol(page_gradient(page, e), exact, 1e-9 * (1 + fabs(exact)));
    }
    page_free(page);
}

START_TEST(agrees_with_fifteen_decimals)
{
    for_many_passes(check_exact);
}
END_TEST

/* Adam's squares are so small that the fifteen are few digits of them. */
START_TEST(updates_agree_with_fifteen_decimals)
{
    for (int i = 0; i < LIVES; i++) {
        Stage stage;
        double tolerance = strstr(lives[i], "adam") ? 1e-5 : 1e-9;
        stage_start(&stage, lives[i]);
        stage_do(&stage, "set round 15\nset decay 0.01\nset clip norm=2\nstep 7");
        const Page *page = page_of(&stage);
        for (size_t e = 0; e < page->stored; e++)
            ck_assert_double_eq_tol(page->numbers[e], stage.session->pass->value[e], tolerance);
        for (size_t s = 0; s < page->slots; s++)
            ck_assert_double_eq_tol(page->numbers[page->stored + s], stage.session->slots[s],
                                    tolerance);
        stage_free(&stage);
    }
}
END_TEST

/* The page is the same whichever way the run comes to a place. */

static void check_same_page(const char *life, const char *way, const char *other)
{
    Stage a, b;
    stage_start(&a, life);
    stage_start(&b, life);
    stage_do(&a, "set round 3");
    stage_do(&b, "set round 3");
    stage_do(&a, way);
    stage_do(&b, other);
    ck_assert_msg(page_same(page_of(&a), page_of(&b)), "%s: %s, %s", life, way, other);
    ck_assert(page_of(&a)->stored > 0);
    stage_free(&a);
    stage_free(&b);
}

/* Layer 2 of all others has biases. */
static bool has_b21(const char *life)
{
    return !strstr(life, "3:tanh+bn+skip");
}

START_TEST(ways_lead_to_the_same_page)
{
    static const char *const ways[][2] = {
        {"step 5", "train 1\nstep 5\ngoto epoch 1\nstep 5"},
        {"step 6", "next 7\nstep 6"},
        {"step 3", "step 9\nreverse-step 6"},
        {"step 4", "step 4\nnext 11\nback 20\nnext 9"},
        {"step 2", "step 2\nstep 3\nundo"},
        {"step 5", "step 5\nstep 3\nundo\nundo\nredo"},
        {"train 3", "train 5\ngoto epoch 4"},
        {"step 2\npage b21 = 0.5\nstep 2", "step 2\npage b21 = 0.5\nstep 4\nreverse-step 2"},
        {"page dL/db21 = 0.5\nstep 2", "page dL/db21 = 0.5\nstep 4\nreverse-step 4\nstep 2"},
    };
    for (int i = 0; i < LIVES; i++)
        for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
            bool absent = strstr(ways[w][0], "b21") && !has_b21(lives[i]);
            if (!absent && !strstr(lives[i], "2-1:step"))
                check_same_page(lives[i], ways[w][0], ways[w][1]);
        }
}
END_TEST

/* An epoch's last update is made, and its end is left: what goes back from there takes the update
   back. */
START_TEST(an_update_is_taken_back)
{
    check_same_page(lives[0], "step 3\nset lr 0.05\nstep", "step 3\nnext 23\nset lr 0.05\nstep");
    check_same_page(lives[0], "page o11 = 2\nset mode batch\npage o12 = 3\nset lr 0.05",
                    "page o11 = 2\nset mode batch\npage o12 = 3\nnext 23\nset lr 0.05");
}
END_TEST

/* Adam's lines, and what it takes from t alone, with four decimals each. Fewer decimals in beta
   would bring halves. */
START_TEST(adam_follows_plain_loops)
{
    Stage stage;
    double w = 0.42, m = 0, v = 0;
    stage_start(&stage, "init 1-1 weights=0.42 biases=none\ninput 0.7317 -> 3\nset lr 0.1\n"
                        "set optimizer adam beta1=0.8937 beta2=0.9877\nset round 4");
    for (int t = 1; t <= 20; t++) {
        double g = written(written(-2 * (3 - written(0.7317 * w, FOUR)), FOUR) * 0.7317, FOUR);
        double first = written(1 - pow(0.8937, t), FOUR),
               second = written(sqrt(1 - pow(0.9877, t)), FOUR);
        m = written(0.8937 * m + (1 - 0.8937) * g, FOUR);
        v = written(0.9877 * v + (1 - 0.9877) * g * g, FOUR);
        w = written(w - 0.1 / first * (m / (sqrt(v) / second + 1e-8)), FOUR);
        stage_do(&stage, "step");
        check_number(page_of(&stage)->numbers[named(&stage, "w11^1")], w, "w11^1");
    }
    stage_free(&stage);
}
END_TEST

/* L is what its formula makes of the written ŷ, though the exact one is computed from z. */
START_TEST(loss_follows_from_the_written_output)
{
    Stage stage;
    stage_start(&stage, "init 1-1:sigmoid loss=bce\ninput -3.3 -> 1\nset round 4\nforward");
    double yhat = written(sigmoid(-3.3), FOUR);
    check_node(&stage, "yhat", yhat);
    check_node(&stage, "L", written(-log(yhat), FOUR));
    ck_assert(written(-log(yhat), FOUR) != written(log1p(exp(3.3)), FOUR));
    stage_free(&stage);
}
END_TEST

/* A saved script restores the page, wherever the run stands. */
START_TEST(a_saved_script_restores_the_page)
{
    static const char *const places[] = {"step 3",
                                         "page dL/dyhat = 0.3\npage dz11/dx1 = 0.25",
                                         "page dL/db21 = 0.1\npage o11 = 0.2",
                                         "next 10",
                                         "next 23",
                                         "finish",
                                         "step 2\nset w11^1 0.123456\nnext 4",
                                         "step 3\nfinish\nfinish\nfinish\nfinish\nfinish"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        for (int life = 0; life < 4; life++) {
            Stage original, restored;
            Text script = {0};
            stage_start(&original, lives[life]);
            stage_do(&original, "set round 3");
            stage_do(&original, places[i]);
            save_script(original.session, &script);
            stage_start(&restored, text_string(&script));
            ck_assert(page_same(page_of(&original), page_of(&restored)));
            stage_do(&original, "step 2");
            stage_do(&restored, "step 2");
            ck_assert(page_same(page_of(&original), page_of(&restored)));
            text_release(&script);
            stage_free(&original);
            stage_free(&restored);
        }
}
END_TEST

START_TEST(the_exact_run_is_untouched)
{
    for (int i = 0; i < LIVES; i++) {
        Stage a, b;
        stage_start(&a, lives[i]);
        stage_start(&b, lives[i]);
        stage_do(&a, "set round 2\nstep 3");
        stage_do(&b, "step 3");
        size_t bytes = session_net(a.session)->stored * sizeof(double);
        ck_assert_int_eq(memcmp(a.session->pass->value, b.session->pass->value, bytes), 0);
        stage_free(&a);
        stage_free(&b);
    }
}
END_TEST

UNIT("page", follows_plain_loops, carries_a_slip_on, carries_the_slip_of_a_factor_on,
     a_parameter_that_is_set_is_given, verdicts, lines_follow_from_lines,
     agrees_with_fifteen_decimals, updates_agree_with_fifteen_decimals, ways_lead_to_the_same_page,
     an_update_is_taken_back, adam_follows_plain_loops, loss_follows_from_the_written_output,
     a_saved_script_restores_the_page, the_exact_run_is_untouched)
