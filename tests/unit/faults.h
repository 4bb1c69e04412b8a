/* For tests of misconceptions: small networks in plain loops, which share nothing with the engine,
   and in which each known mistake can be made. */
#ifndef TESTS_FAULTS_H
#define TESTS_FAULTS_H

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { LAYERS = 3, WIDTH = 3 };

typedef enum Curve { LINEAR, SIGMOID, TANH } Curve;

/* What is done wrongly; all 0: nothing. */
typedef struct Fault {
    bool no_bias, transposed, updated;
    int slope; /* 1: taken as 1; 2: at o; 3: of a formula in o, with z put in */
    int layer; /* ... where; 0: everywhere */
} Fault;

typedef struct Plain {
    const char *init; /* the command; L = scale·Σ(y - ŷ)² */
    int layers, sizes[LAYERS + 1];
    Curve curves[LAYERS];
    double scale, rate;
    double x[WIDTH], y[WIDTH];
    double w[LAYERS][WIDTH][WIDTH], b[LAYERS][WIDTH]; /* [layer][from][to] */
    double z[LAYERS][WIDTH], o[LAYERS + 1][WIDTH], g[LAYERS][WIDTH][WIDTH];
} Plain;

static inline double curve(Curve kind, double z)
{
    return kind == SIGMOID ? 1 / (1 + exp(-z)) : kind == TANH ? tanh(z) : z;
}

static inline double slope_of(Curve kind, double z, double o, int wrong)
{
    if (kind == LINEAR || wrong == 1) return 1;
    if (wrong == 2) o = curve(kind, o);
    if (wrong == 3) o = z;
    return kind == SIGMOID ? o * (1 - o) : 1 - o * o;
}

static inline void forward(Plain *net, const Fault *fault)
{
    for (int i = 0; i < net->sizes[0]; i++) net->o[0][i] = net->x[i];
    for (int k = 0; k < net->layers; k++)
        for (int j = 0; j < net->sizes[k + 1]; j++) {
            double sum = fault->no_bias ? 0 : net->b[k][j];
            for (int i = 0; i < net->sizes[k]; i++) sum += net->w[k][i][j] * net->o[k][i];
            net->z[k][j] = sum;
            net->o[k + 1][j] = curve(net->curves[k], sum);
        }
}

static inline double loss(const Plain *net)
{
    double sum = 0;
    for (int j = 0; j < net->sizes[net->layers]; j++)
        sum += net->scale * pow(net->y[j] - net->o[net->layers][j], 2);
    return sum;
}

/* Fills in g; W is changed only on a copy. */
static inline void backward(Plain *net, const Fault *fault)
{
    Plain copy = *net;
    double d[WIDTH] = {0}, below[WIDTH];
    for (int j = 0; j < net->sizes[net->layers]; j++)
        d[j] = -2 * net->scale * (net->y[j] - net->o[net->layers][j]);
    for (int k = net->layers - 1; k >= 0; k--) {
        int wrong = !fault->layer || fault->layer == k + 1 ? fault->slope : 0;
        for (int j = 0; j < net->sizes[k + 1]; j++)
            d[j] *= slope_of(net->curves[k], net->z[k][j], net->o[k + 1][j], wrong);
        for (int i = 0; i < net->sizes[k]; i++)
            for (int j = 0; j < net->sizes[k + 1]; j++) {
                net->g[k][i][j] = d[j] * net->o[k][i];
                if (fault->updated) copy.w[k][i][j] -= net->rate * net->g[k][i][j];
            }
        bool turned = fault->transposed && net->sizes[k] == net->sizes[k + 1];
        for (int i = 0; i < net->sizes[k]; i++) {
            below[i] = 0;
            for (int j = 0; j < net->sizes[k + 1]; j++)
                below[i] += d[j] * (turned ? copy.w[k][j][i] : copy.w[k][i][j]);
        }
        memcpy(d, below, sizeof d);
    }
}

/* The derivative by w_ij^k, all counted from 1. */
static inline double derivative(const Plain *net, Fault fault, int i, int j, int k)
{
    Plain copy = *net;
    forward(&copy, &fault);
    backward(&copy, &fault);
    return copy.g[k - 1][i - 1][j - 1];
}

static const Plain nets[] = {
    {.init = "init 2-2-2 sigmoid loss=half-sse",
     .layers = 2,
     .sizes = {2, 2, 2},
     .curves = {SIGMOID, SIGMOID},
     .scale = 0.5,
     .rate = 0.5,
     .x = {0.05, 0.1},
     .y = {0.01, 0.99},
     .w = {{{0.15, 0.25}, {0.2, 0.3}}, {{0.4, 0.5}, {0.45, 0.55}}},
     .b = {{0.35, 0.35}, {0.6, 0.6}}},
    {.init = "init 2-2-1 loss=mse",
     .layers = 2,
     .sizes = {2, 2, 1},
     .scale = 1,
     .rate = 0.01,
     .x = {3, 5},
     .y = {7},
     .w = {{{0.5, -0.25}, {1.5, 0.75}}, {{1.25}, {-0.5}}},
     .b = {{0.1, 0.2}, {-0.3}}},
    {.init = "init 2-3:tanh-3:tanh-2:sigmoid loss=sse",
     .layers = 3,
     .sizes = {2, 3, 3, 2},
     .curves = {TANH, TANH, SIGMOID},
     .scale = 1,
     .rate = 0.2,
     .x = {0.7, -1.1},
     .y = {0.2, 0.9},
     .w = {{{0.3, -0.7, 0.45}, {0.6, 0.2, -0.35}},
           {{0.8, -0.3, 0.25}, {0.15, 0.55, -0.6}, {-0.9, 0.4, 0.7}},
           {{0.65, -0.45}, {-0.2, 0.95}, {0.35, 0.75}}},
     .b = {{0.1, -0.2, 0.3}, {0.05, 0.15, -0.25}, {-0.1, 0.2}}},
};
enum { NETS = sizeof nets / sizeof nets[0] };

/* Each mistake, as it is made here. */
typedef double Mistaken(const Plain *net, int i, int j, int k);

static inline double right(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){0}, i, j, k);
}
static inline double no_sign(const Plain *net, int i, int j, int k)
{
    return -right(net, i, j, k);
}
static inline double half(const Plain *net, int i, int j, int k)
{
    return net->scale == 1 ? right(net, i, j, k) / 2 : NAN;
}
static inline double twice(const Plain *net, int i, int j, int k)
{
    return net->scale == 1 ? right(net, i, j, k) * 2 : NAN;
}
static inline double no_half(const Plain *net, int i, int j, int k)
{
    return net->scale == 0.5 ? right(net, i, j, k) * 2 : NAN;
}
static inline double no_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1}, i, j, k);
}
static inline double no_last_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1, .layer = net->layers}, i, j, k);
}
static inline double no_first_slope(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 1, .layer = 1}, i, j, k);
}
static inline double slope_at_o(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 2}, i, j, k);
}
static inline double last_slope_at_o(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 2, .layer = net->layers}, i, j, k);
}
static inline double slope_of_z(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.slope = 3}, i, j, k);
}
static inline double new_weights(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.updated = true}, i, j, k);
}
static inline double swapped(const Plain *net, int i, int j, int k)
{
    bool there = j <= net->sizes[k - 1] && i <= net->sizes[k];
    return there ? right(net, j, i, k) : NAN;
}
static inline double transposed(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.transposed = true}, i, j, k);
}
static inline double no_bias(const Plain *net, int i, int j, int k)
{
    return derivative(net, (Fault){.no_bias = true}, i, j, k);
}

static const struct {
    const char *name;
    Mistaken *value;
    int seen; /* at least so often, over all weights of all nets */
} mistakes[] = {
    {"sign", no_sign, 25},
    {"factor-2-forgotten", half, 20},
    {"factor-2-doubled", twice, 20},
    {"half-forgotten", no_half, 8},
    {"slope-forgotten", no_slope, 25},
    {"slope-forgotten", no_last_slope, 25},
    {"slope-forgotten", no_first_slope, 8},
    {"slope-misplaced", slope_at_o, 25},
    {"slope-misplaced", last_slope_at_o, 25},
    {"slope-misplaced", slope_of_z, 25},
    {"weights-updated", new_weights, 10},
    {"indices-swapped", swapped, 10},
    {"weights-transposed", transposed, 8},
    {"bias-forgotten", no_bias, 25},
};
enum { MISTAKES = sizeof mistakes / sizeof mistakes[0] };

#endif
