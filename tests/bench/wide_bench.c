/* 784-128-10 with relu, softmax and cce, against the loops that are written first: one row after
   the other, a weight's row times a number added to the sums. Compiled with the same flags, for
   the same levels of the machine. "NAME RATIO ROWS": the engine's rows per second divided by
   theirs, and what they are when it runs alone. */
#include <math.h>

#include "base/memory.h"
#include "bench.h"
#include "engine/affine.h"
#include "engine/clones.h"

enum { IN = 784, HIDDEN = 128, OUT = 10, WIDTH = IN + OUT, ROWS = 320, BATCH = 32 };
enum { WEIGHTS = IN * HIDDEN, PARAMETERS = WEIGHTS + HIDDEN + HIDDEN * OUT + OUT };
static const double rate = 0.01;

typedef struct Contest {
    double rows[ROWS * WIDTH];
    double naive[PARAMETERS], naive_gradient[PARAMETERS], naive_sum;
    double z1[HIDDEN], o1[HIDDEN], dz1[HIDDEN], z2[OUT], yhat[OUT], dz2[OUT]; /* of a row */
    Pass *pass;
    Loop loop;
    double average;
} Contest;

/* The layers in an array of parameters as the engine has them, or of their gradients. */
static Affine first_layer(double *numbers)
{
    return (Affine){numbers, numbers + WEIGHTS, IN, HIDDEN};
}

static Affine last_layer(double *numbers)
{
    double *w = numbers + WEIGHTS + HIDDEN;
    return (Affine){w, w + HIDDEN * OUT, HIDDEN, OUT};
}

/* The loops that are written first. */

CLONES static void sum_up(const Affine *layer, const double *restrict x, double *restrict z)
{
    for (size_t j = 0; j < layer->out; j++) z[j] = 0;
    for (size_t i = 0; i < layer->in; i++) {
        const double *restrict w = layer->w + i * layer->out;
        double xi = x[i];
        for (size_t j = 0; j < layer->out; j++) z[j] += xi * w[j];
    }
    for (size_t j = 0; j < layer->out; j++) z[j] += layer->b[j];
}

CLONES static void sum_back(const Affine *layer, const double *dz, double *dx)
{
    for (size_t i = 0; i < layer->in; i++) {
        const double *restrict w = layer->w + i * layer->out;
        double sum = 0;
        for (size_t j = 0; j < layer->out; j++) sum += dz[j] * w[j];
        dx[i] = sum;
    }
}

CLONES static void add_gradient(const Affine *gradient, const double *restrict x,
                                const double *restrict dz)
{
    for (size_t i = 0; i < gradient->in; i++) {
        double *restrict g = gradient->w + i * gradient->out, xi = x[i];
        for (size_t j = 0; j < gradient->out; j++) g[j] += dz[j] * xi;
    }
    for (size_t j = 0; j < gradient->out; j++) gradient->b[j] += dz[j];
}

CLONES static void update(const Affine *layer, const double *restrict x, const double *restrict dz)
{
    for (size_t i = 0; i < layer->in; i++) {
        double *restrict w = layer->w + i * layer->out, xi = x[i];
        for (size_t j = 0; j < layer->out; j++) w[j] -= rate * (dz[j] * xi);
    }
    for (size_t j = 0; j < layer->out; j++) layer->b[j] -= rate * dz[j];
}

CLONES static void take_step(size_t count, double *w, const double *g)
{
    for (size_t i = 0; i < count; i++) w[i] -= rate * (g[i] / BATCH);
}

/* The softmax YHAT of Z; returns the loss for the targets Y. */
static double softmax(const double *z, const double *y, double *yhat)
{
    double largest = z[0], total = 0, loss = 0;
    for (size_t j = 1; j < OUT; j++) largest = z[j] > largest ? z[j] : largest;
    for (size_t j = 0; j < OUT; j++) total += yhat[j] = exp(z[j] - largest);
    for (size_t j = 0; j < OUT; j++) loss += y[j] * (log(total) - (z[j] - largest));
    for (size_t j = 0; j < OUT; j++) yhat[j] /= total;
    return loss;
}

/* One row forward and back; returns its loss. */
static double pass_naively(Contest *c, const Affine *first, const Affine *last, const double *row)
{
    sum_up(first, row, c->z1);
    for (size_t j = 0; j < HIDDEN; j++) c->o1[j] = c->z1[j] > 0 ? c->z1[j] : 0;
    sum_up(last, c->o1, c->z2);
    double loss = softmax(c->z2, row + IN, c->yhat);
    for (size_t j = 0; j < OUT; j++) c->dz2[j] = c->yhat[j] - row[IN + j];
    sum_back(last, c->dz2, c->dz1);
    for (size_t j = 0; j < HIDDEN; j++) c->dz1[j] *= c->z1[j] > 0 ? 1 : 0;
    return loss;
}

static void rows_naively(void *contest)
{
    Contest *c = contest;
    Affine first = first_layer(c->naive), last = last_layer(c->naive);
    c->naive_sum = 0;
    for (const double *row = c->rows; row < c->rows + ROWS * WIDTH; row += WIDTH) {
        c->naive_sum += pass_naively(c, &first, &last, row);
        update(&first, row, c->dz1);
        update(&last, c->o1, c->dz2);
    }
}

static void batches_naively(void *contest)
{
    Contest *c = contest;
    Affine first = first_layer(c->naive), last = last_layer(c->naive);
    Affine first_gradient = first_layer(c->naive_gradient);
    Affine last_gradient = last_layer(c->naive_gradient);
    c->naive_sum = 0;
    for (size_t begin = 0; begin < ROWS; begin += BATCH) {
        memset(c->naive_gradient, 0, sizeof c->naive_gradient);
        for (size_t r = begin; r < begin + BATCH; r++) {
            const double *row = c->rows + r * WIDTH;
            c->naive_sum += pass_naively(c, &first, &last, row);
            add_gradient(&first_gradient, row, c->dz1);
            add_gradient(&last_gradient, c->o1, c->dz2);
        }
        take_step(PARAMETERS, c->naive, c->naive_gradient);
    }
}

/* The engine. */

static void by_engine(void *contest)
{
    Contest *c = contest;
    c->average = loop_epoch(&c->loop);
}

static void compete(Contest *c, const char *name, Work naively, int batch)
{
    c->pass = pass_of("784-128:relu-10:softmax", "cce");
    loop_begin(&c->loop, c->pass, c->rows, ROWS, batch, rate);
    memcpy(c->naive, c->pass->value, sizeof c->naive);
    naively(c);
    by_engine(c);
    demand(c->average == c->naive_sum / ROWS, "the losses differ");
    demand(!memcmp(c->naive, c->pass->value, sizeof c->naive), "the parameters differ");
    double beside, ratio = ratio_of(naively, by_engine, c, &beside);
    printf("%s %.4f %.0f\n", name, ratio, ROWS / seconds_alone(by_engine, c));
    trainer_release(&c->loop.trainer);
    pass_free(c->pass);
}

int main(void)
{
    Contest *c = memory_new(sizeof *c);
    Random random;
    random_seed(&random, 3);
    for (double *row = c->rows; row < c->rows + ROWS * WIDTH; row += WIDTH) {
        draw(&random, 0, 1, IN, row);
        row[IN + random_below(&random, OUT)] = 1;
    }
    compete(c, "batch", batches_naively, BATCH);
    compete(c, "stochastic", rows_naively, 1);
    free(c);
}
