/* Training written out in plain loops, which share nothing with the engine: a network 3-3-2 with
   tanh, mean squared error, and at will a batch norm and a skip in its first layer. */
#ifndef TESTS_PLAIN_LOOPS_H
#define TESTS_PLAIN_LOOPS_H

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { IN = 3, OUT = 2, ROWS = 7 };

static const double table[ROWS][IN + OUT] = {
    {0.5, -1.25, 2, 0.75, -3},      {1.5, 0.25, -0.5, 1, 0.5},  {-0.75, 0.8, 0.1, -0.25, 2},
    {0.3, 0.9, -1.1, 0.4, 0.6},     {2, -0.2, 0.7, -1.5, -0.4}, {-1.3, -0.6, 0.45, 0.05, 1.25},
    {0.15, 1.75, -0.35, 2.25, -0.9}};

/* Everything that is trained; of b and gamma, beta the network has one or the other. */
typedef struct Weights {
    double w1[IN][IN], b1[IN], gamma[IN], beta[IN], w2[IN][OUT], b2[OUT];
} Weights;
enum { WEIGHTS = sizeof(Weights) / sizeof(double) };

typedef struct Plain {
    Weights at, gradient, m, v;
    double mean[IN], var[IN]; /* running statistics */
    bool norm, skip;
    long updates;
} Plain;

/* A batch on its way through the network. */
typedef struct Way {
    int rows;
    double z[ROWS][IN], mu[IN], v[IN], n[ROWS][IN], a[ROWS][IN], o[ROWS][IN], yhat[ROWS][OUT];
} Way;

static inline Plain plain_new(bool norm, bool skip)
{
    Plain plain = {.norm = norm, .skip = skip};
    double *at = (double *)&plain.at;
    for (int i = 0; i < WEIGHTS; i++) at[i] = sin(1.7 * i + 0.3 * i * i) / 2;
    for (int j = 0; j < IN; j++) plain.at.gamma[j] += 1, plain.var[j] = 1;
    return plain;
}

/* Mean and variance of column J. */
static inline void spread_of(Way *way, int j)
{
    way->mu[j] = way->v[j] = 0;
    for (int r = 0; r < way->rows; r++) way->mu[j] += way->z[r][j];
    way->mu[j] /= way->rows;
    for (int r = 0; r < way->rows; r++) way->v[j] += pow(way->z[r][j] - way->mu[j], 2);
    way->v[j] /= way->rows;
}

static inline void hidden(const Plain *plain, Way *way, int r, const double *x)
{
    for (int j = 0; j < IN; j++) {
        way->n[r][j] = (way->z[r][j] - way->mu[j]) / sqrt(way->v[j] + 1e-5);
        double s =
            plain->norm ? plain->at.gamma[j] * way->n[r][j] + plain->at.beta[j] : way->z[r][j];
        way->a[r][j] = tanh(s);
        way->o[r][j] = plain->skip ? way->a[r][j] + x[j] : way->a[r][j];
    }
}

/* A single row takes the running statistics. */
static inline void plain_forward(const Plain *plain, Way *way, const double (*rows)[IN + OUT],
                                 int count)
{
    const Weights *at = &plain->at;
    way->rows = count;
    for (int r = 0; r < count; r++)
        for (int j = 0; j < IN; j++) {
            double sum = rows[r][0] * at->w1[0][j];
            for (int i = 1; i < IN; i++) sum += rows[r][i] * at->w1[i][j];
            way->z[r][j] = plain->norm ? sum : sum + at->b1[j];
        }
    for (int j = 0; j < IN; j++)
        if (count > 1)
            spread_of(way, j);
        else
            way->mu[j] = plain->mean[j], way->v[j] = plain->var[j];
    for (int r = 0; r < count; r++) {
        hidden(plain, way, r, rows[r]);
        for (int k = 0; k < OUT; k++) {
            double sum = way->o[r][0] * at->w2[0][k];
            for (int j = 1; j < IN; j++) sum += way->o[r][j] * at->w2[j][k];
            way->yhat[r][k] = sum + at->b2[k];
        }
    }
}

static inline double plain_loss(const Way *way, int r, const double *y)
{
    double sum = 0;
    for (int k = 0; k < OUT; k++) sum += (y[k] - way->yhat[r][k]) * (y[k] - way->yhat[r][k]);
    return sum / OUT;
}

/* Ioffe and Szegedy's derivatives, as their paper has them: by v, by mu, by z. */
static inline void through_norm(const Way *way, int j, const double *dn, double *dz)
{
    double dv = 0, dmu = 0, away = 0, root = sqrt(way->v[j] + 1e-5);
    for (int r = 0; r < way->rows; r++) {
        dv += dn[r] * (way->z[r][j] - way->mu[j]) * -0.5 / (root * root * root);
        dmu += dn[r] * -1 / root;
        away += -2 * (way->z[r][j] - way->mu[j]);
    }
    dmu += dv * away / way->rows;
    for (int r = 0; r < way->rows; r++)
        dz[r] = dn[r] / root + dv * 2 * (way->z[r][j] - way->mu[j]) / way->rows + dmu / way->rows;
}

/* Node J of the first layer, whose outputs' derivatives are DO. */
static inline void plain_first(Plain *plain, const Way *way, const double (*rows)[IN + OUT], int j,
                               const double *d_o)
{
    Weights *g = &plain->gradient;
    double ds[ROWS], dn[ROWS], dz[ROWS];
    for (int r = 0; r < way->rows; r++) {
        ds[r] = d_o[r] * (1 - way->a[r][j] * way->a[r][j]);
        dn[r] = ds[r] * plain->at.gamma[j];
        g->gamma[j] += ds[r] * way->n[r][j];
        g->beta[j] += ds[r];
    }
    if (plain->norm)
        through_norm(way, j, dn, dz);
    else
        memcpy(dz, ds, sizeof dz);
    for (int r = 0; r < way->rows; r++) {
        for (int i = 0; i < IN; i++) g->w1[i][j] += dz[r] * rows[r][i];
        g->b1[j] += dz[r];
    }
}

static inline void plain_backward(Plain *plain, const Way *way, const double (*rows)[IN + OUT])
{
    Weights *g = &plain->gradient;
    double dyhat[ROWS][OUT], d_o[IN][ROWS];
    memset(g, 0, sizeof *g);
    for (int r = 0; r < way->rows; r++)
        for (int k = 0; k < OUT; k++) {
            dyhat[r][k] = -2 * (rows[r][IN + k] - way->yhat[r][k]) / OUT;
            for (int j = 0; j < IN; j++) g->w2[j][k] += dyhat[r][k] * way->o[r][j];
            g->b2[k] += dyhat[r][k];
        }
    for (int j = 0; j < IN; j++) {
        for (int r = 0; r < way->rows; r++) {
            d_o[j][r] = dyhat[r][0] * plain->at.w2[j][0];
            for (int k = 1; k < OUT; k++) d_o[j][r] += dyhat[r][k] * plain->at.w2[j][k];
        }
        plain_first(plain, way, rows, j, d_o[j]);
    }
    double *numbers = (double *)g;
    for (int i = 0; i < WEIGHTS; i++) numbers[i] /= way->rows;
}

typedef enum Rule { SGD, MOMENTUM, ADAM } Rule;
static const char *const rules[] = {"sgd", "momentum", "adam"};

static inline void plain_move(Plain *plain, Rule rule, double eta, double decay)
{
    double *w = (double *)&plain->at, *g = (double *)&plain->gradient;
    double *m = (double *)&plain->m, *v = (double *)&plain->v;
    double t = (double)++plain->updates;
    for (int i = 0; i < WEIGHTS; i++) {
        double slope = decay > 0 ? g[i] + decay * w[i] : g[i];
        if (rule == SGD) w[i] -= eta * slope;
        if (rule == MOMENTUM) w[i] -= eta * (m[i] = 0.9 * m[i] + slope);
        if (rule != ADAM) continue;
        m[i] = 0.9 * m[i] + 0.1 * slope;
        v[i] = 0.999 * v[i] + 0.001 * slope * slope;
        double mean = m[i] / (1 - pow(0.9, t)), square = v[i] / (1 - pow(0.999, t));
        w[i] -= eta * mean / (sqrt(square) + 1e-8);
    }
}

/* A tenth of the way to the batch's statistics, the variance with 1/(n - 1). */
static inline void plain_follow(Plain *plain, const Way *way)
{
    for (int j = 0; plain->norm && j < IN; j++) {
        plain->mean[j] = 0.9 * plain->mean[j] + 0.1 * way->mu[j];
        plain->var[j] = 0.9 * plain->var[j] + 0.1 * way->v[j] * way->rows / (way->rows - 1);
    }
}

/* How a run is made. */
typedef struct Recipe {
    const char *sizes;
    bool norm, skip;
    int batch; /* 1: stochastic; ROWS: all */
    Rule rule;
    double eta, decay, slower; /* the last: of 1/t */
    int epochs;
} Recipe;

/* An epoch; returns its average loss. */
static inline double plain_epoch(Plain *plain, const Recipe *recipe, int epoch)
{
    double eta = recipe->eta / (1 + recipe->slower * epoch), losses = 0;
    for (int first = 0; first < ROWS; first += recipe->batch) {
        int left = ROWS - first, count = left < recipe->batch ? left : recipe->batch;
        Way way;
        plain_forward(plain, &way, table + first, count);
        for (int r = 0; r < count; r++) losses += plain_loss(&way, r, table[first + r] + IN);
        plain_backward(plain, &way, table + first);
        plain_move(plain, recipe->rule, eta, recipe->decay);
        plain_follow(plain, &way);
    }
    return losses / ROWS;
}

#endif
