#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "command/save.h"
#include "engine/norm.h"
#include "explain/derivation.h"
#include "explain/page_norm.h"
#include "paper.h"
#include "session/bookmark.h"
#include "unit.h"

/* 2-2:tanh+bn-1 with L = (y - ŷ)² over a batch of four rows, as it is computed on paper. */

enum { ROWS = 4 };

typedef struct Paper {
    double w1[2][2], gamma[2], beta[2], w2[2], b2; /* w1[from][to] */
    double mean[2], variance[2];                   /* running */
    double z[ROWS][2], mu[2], v[2], n[ROWS][2], s[ROWS][2], o[ROWS][2], yhat[ROWS], loss;
    double dn[ROWS][2], mean_dn[2], mean_dn_n[2], dz[ROWS][2];
    double g_w1[2][2], g_gamma[2], g_beta[2], g_w2[2], g_b2;
} Paper;

static const char example[] =
    "init 2-2:tanh+bn-1\nset W^1 [0.5 -1; 1 0.25]\nset gamma^1 [0.5 1.25]\nset beta^1 [0.1 -0.2]\n"
    "set mean^1 [0.3 -0.7]\nset var^1 [0.8 2]\nset W^2 [0.75; -0.5]\nset b21 0.15\nset lr 0.3\n"
    "data n0\ndata scale minmax\nset mode batch\nset round 4";
static const Paper beginning = {.w1 = {{0.5, -1}, {1, 0.25}},
                                .gamma = {0.5, 1.25},
                                .beta = {0.1, -0.2},
                                .w2 = {0.75, -0.5},
                                .b2 = 0.15,
                                .mean = {0.3, -0.7},
                                .variance = {0.8, 2}};

/* A row of the data, which is given: x1, x2, y. */
static const double *row_of(const Stage *stage, int row)
{
    return stage->session->data->values + 3 * row;
}

static double paper(double value)
{
    return written(value, FOUR);
}

static double mean_of(const double numbers[ROWS])
{
    double sum = 0;
    for (int r = 0; r < ROWS; r++) sum += numbers[r];
    return paper(sum / ROWS);
}

static void write_sums(Paper *p, const Stage *stage)
{
    for (int r = 0; r < ROWS; r++)
        for (int j = 0; j < 2; j++)
            p->z[r][j] =
                paper(p->w1[0][j] * row_of(stage, r)[0] + p->w1[1][j] * row_of(stage, r)[1]);
}

static void write_statistics(Paper *p)
{
    for (int j = 0; j < 2; j++) {
        double column[ROWS], squares[ROWS];
        for (int r = 0; r < ROWS; r++) column[r] = p->z[r][j];
        p->mu[j] = mean_of(column);
        for (int r = 0; r < ROWS; r++) squares[r] = (column[r] - p->mu[j]) * (column[r] - p->mu[j]);
        p->v[j] = mean_of(squares);
    }
}

/* One row from its z on; returns its L. */
static double write_row(Paper *p, int r, double y)
{
    for (int j = 0; j < 2; j++) {
        p->n[r][j] = paper((p->z[r][j] - p->mu[j]) / sqrt(p->v[j] + 1e-5));
        p->s[r][j] = paper(p->gamma[j] * p->n[r][j] + p->beta[j]);
        p->o[r][j] = paper(tanh(p->s[r][j]));
    }
    p->yhat[r] = paper(p->w2[0] * p->o[r][0] + p->w2[1] * p->o[r][1] + p->b2);
    return paper((y - p->yhat[r]) * (y - p->yhat[r]));
}

static void write_rows(Paper *p, const Stage *stage)
{
    double losses[ROWS];
    for (int r = 0; r < ROWS; r++) losses[r] = write_row(p, r, row_of(stage, r)[2]);
    p->loss = mean_of(losses);
}

static void write_forward(Paper *p, const Stage *stage)
{
    write_sums(p, stage);
    write_statistics(p);
    write_rows(p, stage);
}

/* From ∂L/∂n of all rows to ∂L/∂z of node J. */
static void write_spread(Paper *p, int j)
{
    double dn[ROWS], products[ROWS];
    for (int r = 0; r < ROWS; r++) {
        dn[r] = p->dn[r][j];
        products[r] = dn[r] * p->n[r][j];
    }
    p->mean_dn[j] = mean_of(dn);
    p->mean_dn_n[j] = mean_of(products);
    for (int r = 0; r < ROWS; r++)
        p->dz[r][j] =
            paper((dn[r] - p->mean_dn[j] - p->n[r][j] * p->mean_dn_n[j]) / sqrt(p->v[j] + 1e-5));
}

static void write_node_gradients(Paper *p, const Stage *stage, int j)
{
    double shift[ROWS], scale[ROWS], weight[ROWS];
    for (int r = 0; r < ROWS; r++) {
        double outer = paper(-2 * (row_of(stage, r)[2] - p->yhat[r]));
        double slope = paper(1 - p->o[r][j] * p->o[r][j]);
        weight[r] = paper(outer * p->o[r][j]);
        shift[r] = paper(outer * p->w2[j] * slope);
        scale[r] = paper(outer * p->w2[j] * slope * p->n[r][j]);
        p->dn[r][j] = paper(outer * p->w2[j] * slope * p->gamma[j]);
    }
    p->g_w2[j] = mean_of(weight);
    p->g_beta[j] = mean_of(shift);
    p->g_gamma[j] = mean_of(scale);
}

static void write_backward(Paper *p, const Stage *stage)
{
    double outer[ROWS], share[ROWS];
    for (int r = 0; r < ROWS; r++) outer[r] = paper(-2 * (row_of(stage, r)[2] - p->yhat[r]));
    p->g_b2 = mean_of(outer);
    for (int j = 0; j < 2; j++) {
        write_node_gradients(p, stage, j);
        write_spread(p, j);
        for (int i = 0; i < 2; i++) {
            for (int r = 0; r < ROWS; r++) share[r] = paper(p->dz[r][j] * row_of(stage, r)[i]);
            p->g_w1[i][j] = mean_of(share);
        }
    }
}

static void write_update(Paper *p)
{
    static const double eta = 0.3;
    for (int j = 0; j < 2; j++) {
        for (int i = 0; i < 2; i++) p->w1[i][j] = paper(p->w1[i][j] - eta * p->g_w1[i][j]);
        p->gamma[j] = paper(p->gamma[j] - eta * p->g_gamma[j]);
        p->beta[j] = paper(p->beta[j] - eta * p->g_beta[j]);
        p->w2[j] = paper(p->w2[j] - eta * p->g_w2[j]);
        p->mean[j] = paper(0.9 * p->mean[j] + 0.1 * p->mu[j]);
        p->variance[j] = paper(0.9 * p->variance[j] + 0.1 * p->v[j] * ROWS / (ROWS - 1));
    }
    p->b2 = paper(p->b2 - eta * p->g_b2);
}

/* What the program has. */

static const char *node(const char *letter, int j)
{
    static char name[32];
    snprintf(name, sizeof name, "%s1%d", letter, j + 1);
    return name;
}

static const char *weight(int i, int j)
{
    static char name[32];
    snprintf(name, sizeof name, "w%d%d^1", i + 1, j + 1);
    return name;
}

static void check_row(const Stage *stage, const Paper *p, int r)
{
    for (int j = 0; j < 2; j++) {
        check_node(stage, node("z", j), p->z[r][j]);
        check_node(stage, node("mu", j), p->mu[j]);
        check_node(stage, node("v", j), p->v[j]);
        check_node(stage, node("n", j), p->n[r][j]);
        check_node(stage, node("s", j), p->s[r][j]);
        check_node(stage, node("o", j), p->o[r][j]);
    }
    check_node(stage, "yhat", p->yhat[r]);
}

static void check_means(const Stage *stage, const Paper *p)
{
    for (int j = 0; j < 2; j++) {
        double adjoint, product;
        page_norm_means(page_of(stage), named(stage, node("z", j)), &adjoint, &product);
        check_number(adjoint, p->mean_dn[j], node("mean dL/dn", j));
        check_number(product, p->mean_dn_n[j], node("mean dL/dn n", j));
    }
}

static void check_derivatives(const Stage *stage, const Paper *p)
{
    check_means(stage, p);
    for (int j = 0; j < 2; j++) {
        check_gradient(stage, node("gamma", j), p->g_gamma[j]);
        check_gradient(stage, node("beta", j), p->g_beta[j]);
        for (int i = 0; i < 2; i++) check_gradient(stage, weight(i, j), p->g_w1[i][j]);
    }
    check_gradient(stage, "w11^2", p->g_w2[0]);
    check_gradient(stage, "w21^2", p->g_w2[1]);
    check_gradient(stage, "b21", p->g_b2);
}

static void check_batch(const Stage *stage, const Paper *p)
{
    Pass *pass = stage->session->pass;
    int shown = pass->shown;
    for (int r = pass->shown = 0; r < ROWS; pass->shown = ++r) {
        check_row(stage, p, r);
        for (int j = 0; j < 2; j++) {
            check_gradient(stage, node("n", j), p->dn[r][j]);
            check_gradient(stage, node("z", j), p->dz[r][j]);
        }
    }
    pass->shown = shown;
    check_number(page_loss(page_of(stage)), p->loss, "L");
    check_derivatives(stage, p);
}

static void check_stored(const Stage *stage, const char *name, double want)
{
    check_number(page_of(stage)->numbers[named(stage, name)], want, name);
}

static void check_numbers(const Stage *stage, const Paper *p)
{
    for (int j = 0; j < 2; j++) {
        for (int i = 0; i < 2; i++) check_stored(stage, weight(i, j), p->w1[i][j]);
        check_stored(stage, node("gamma", j), p->gamma[j]);
        check_stored(stage, node("beta", j), p->beta[j]);
        check_stored(stage, node("mean", j), p->mean[j]);
        check_stored(stage, node("var", j), p->variance[j]);
    }
    check_stored(stage, "w11^2", p->w2[0]);
    check_stored(stage, "w21^2", p->w2[1]);
    check_stored(stage, "b21", p->b2);
}

static void check_update(Stage *stage, Paper *p)
{
    write_backward(p, stage);
    check_batch(stage, p);
    write_update(p);
    stage_do(stage, "step");
    check_numbers(stage, p);
}

START_TEST(follows_plain_loops)
{
    Stage stage;
    Paper p = beginning;
    stage_start(&stage, example);
    for (int update = 0; update < 20; update++) {
        write_forward(&p, &stage);
        check_update(&stage, &p);
    }
    stage_free(&stage);
}
END_TEST

/* A row alone takes the page's running statistics; so does the chain below n. */
START_TEST(a_single_row_takes_the_running_statistics)
{
    Stage stage;
    Paper p = beginning;
    stage_start(&stage, example);
    write_forward(&p, &stage);
    check_update(&stage, &p);
    stage_do(&stage, "set mode stochastic");
    for (int j = 0; j < 2; j++) p.mu[j] = p.mean[j], p.v[j] = p.variance[j];
    write_sums(&p, &stage);
    const double *row = row_of(&stage, 0);
    check_number(page_loss(page_of(&stage)), write_row(&p, 0, row[2]), "L");
    check_row(&stage, &p, 0);
    double outer = paper(-2 * (row[2] - p.yhat[0])), slope = paper(1 - p.o[0][1] * p.o[0][1]);
    double spread = paper(1 / sqrt(p.v[1] + 1e-5));
    check_gradient(&stage, "z12", paper(outer * p.w2[1] * slope * p.gamma[1] * spread));
    check_gradient(&stage, "w22^1", paper(outer * p.w2[1] * slope * p.gamma[1] * spread * row[1]));
    stage_free(&stage);
}
END_TEST

/* What the page says of μ and v holds in all rows; of n in its own; of a running statistic until
   it moves. */
START_TEST(carries_slips_on)
{
    Stage stage;
    Paper p = beginning;
    stage_start(&stage, example);
    stage_do(&stage, "page mu11 = 0.05\npage v12 = 1.1111\npage mean12 = -0.0707");
    write_sums(&p, &stage);
    write_statistics(&p);
    p.mu[0] = 0.05, p.v[1] = 1.1111, p.mean[1] = -0.0707;
    double squares[ROWS];
    for (int r = 0; r < ROWS; r++) squares[r] = (p.z[r][0] - 0.05) * (p.z[r][0] - 0.05);
    p.v[0] = mean_of(squares);
    write_rows(&p, &stage);
    check_update(&stage, &p);
    write_forward(&p, &stage);
    check_update(&stage, &p);
    stage_free(&stage);
}
END_TEST

/* An assumed n is given; its row's other lines, and the means, go on from it. */
START_TEST(an_assumed_node_is_given)
{
    Stage stage;
    Paper p = beginning;
    stage_start(&stage, example);
    stage_do(&stage, "assume n11 = 0.123456");
    write_forward(&p, &stage);
    p.n[0][0] = 0.123456;
    p.s[0][0] = paper(p.gamma[0] * p.n[0][0] + p.beta[0]);
    p.o[0][0] = paper(tanh(p.s[0][0]));
    p.yhat[0] = paper(p.w2[0] * p.o[0][0] + p.w2[1] * p.o[0][1] + p.b2);
    write_backward(&p, &stage);
    check_row(&stage, &p, 0);
    check_derivatives(&stage, &p);
    stage_free(&stage);
}
END_TEST

/* What is printed of ∂L/∂z11: the two means, with verdicts. */
typedef struct Printed {
    int derivations;
    Hand means[2];
} Printed;

static void keep_means(void *self, const Derivation *derivation)
{
    Printed *printed = self;
    printed->derivations++;
    for (int i = 0; i < derivation->mean_count; i++) printed->means[i] = derivation->means[i].hand;
}

START_TEST(means_have_their_verdict)
{
    Stage stage;
    Paper p = beginning;
    Printed printed = {0};
    stage_start(&stage, example);
    write_forward(&p, &stage);
    write_backward(&p, &stage);
    Pass *pass = stage.session->pass;
    pass_forward(pass);
    DerivationSink sink = {keep_means, &printed};
    ck_assert(derive_gradient(&stage.session->explainer, named(&stage, "z11"), "test", &sink));
    ck_assert_int_eq(printed.derivations, 2);
    double exact[2];
    norm_means(pass, net_normalise(pass->net, 1), 0, &exact[0], &exact[1]);
    const double hand[] = {p.mean_dn[0], p.mean_dn_n[0]};
    for (int i = 0; i < 2; i++) {
        ck_assert(printed.means[i].known);
        check_number(printed.means[i].value, hand[i], "mean");
        check_number(printed.means[i].units_off, round((hand[i] - paper(exact[i])) * FOUR),
                     "units");
    }
    stage_free(&stage);
}
END_TEST

/* A saved script restores the page with its running statistics, wherever the run stands. */
START_TEST(a_saved_script_restores_the_page)
{
    static const char *const places[] = {
        "step 3",
        "page mu11 = 0.1\npage v12 = 0.9\npage dL/dgamma11 = 0.2",
        "step\npage var11 = 1.25\npage n11 = 0.4",
        "step 2\nnext 30",
        "set optimizer adam\nstep 2\nset mean^1 [0.123456 1]\nnext 3",
        "step 2\nset mode stochastic"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        Stage original, restored;
        Text script = {0};
        stage_start(&original, example);
        stage_do(&original, places[i]);
        save_script(original.session, &script);
        stage_start(&restored, text_string(&script));
        ck_assert_msg(page_same(page_of(&original), page_of(&restored)), "%s", places[i]);
        stage_do(&original, "set mode batch\nstep 2");
        stage_do(&restored, "set mode batch\nstep 2");
        ck_assert_msg(page_same(page_of(&original), page_of(&restored)), "%s", places[i]);
        text_release(&script);
        stage_free(&original);
        stage_free(&restored);
    }
}
END_TEST

/* After a return the page, and what is printed of it, is what it was. */
START_TEST(a_bookmark_keeps_the_page)
{
    static const char *const places[] = {"step 2", "page mu11 = 0.1\npage dL/dz12 = 0.2\nnext 30"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        Stage stage;
        stage_start(&stage, example);
        stage_do(&stage, places[i]);
        Bookmark *bookmark = bookmark_take(stage.session);
        char *before = memory_copy(stage_do(&stage, "forward\ngrad w11^1\nstep"));
        bookmark_return(stage.session, bookmark);
        Page *page = page_copy(page_of(&stage));
        stage_do(&stage, "page v11 = 3\npage mean12 = 2\nstep 3\nset round off");
        bookmark_return(stage.session, bookmark);
        ck_assert(page_same(page_of(&stage), page));
        ck_assert_str_eq(stage_do(&stage, "forward\ngrad w11^1\nstep"), before);
        page_free(page);
        free(before);
        bookmark_free(bookmark);
        stage_free(&stage);
    }
}
END_TEST

UNIT("page_norm", follows_plain_loops, a_single_row_takes_the_running_statistics, carries_slips_on,
     an_assumed_node_is_given, means_have_their_verdict, a_saved_script_restores_the_page,
     a_bookmark_keeps_the_page)
