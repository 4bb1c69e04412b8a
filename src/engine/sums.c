#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "engine/sums.h"
#include "engine/sweep.h"

/* A node lies flat where its slope is below this share of the one at 0: a sigmoid beyond ±6, a
   tanh beyond ±3. Then less than a hundredth of the gradient gets through. */
static const double FLAT = 0.01;

Sums sums_new(const Pass *pass)
{
    const Net *net = pass->net;
    size_t layers = (size_t)net->architecture.layers, nodes = pass_nodes(net);
    Sums sums = {.pass = pass_copy_stored(pass)};
    sums.gradient = memory_new((net->parameters + 2 * layers + nodes) * sizeof(double));
    sums.signal = sums.gradient + net->parameters;
    sums.slope = sums.signal + layers;
    sums.slopes = sums.slope + layers;
    sums.off = memory_new(2 * nodes * sizeof *sums.off);
    sums.flat = sums.off + nodes;
    return sums;
}

void sums_release(Sums *sums)
{
    pass_free(sums->pass);
    free(sums->gradient);
    free(sums->off);
    *sums = (Sums){0};
}

size_t sums_forward(Sums *sums, const double *x, const double *y)
{
    Pass *pass = sums->pass;
    pass_load(pass, 0, x, y);
    pass_forward(pass);
    return pass_broken(pass);
}

static void add_signal(Sums *sums, const Op *affine)
{
    const Vector *z = &sums->pass->net->vectors[affine->out];
    const double *adjoint = sums->pass->adjoint + z->at;
    double squares = 0;
    for (int j = 0; j < z->size; j++) squares += adjoint[j] * adjoint[j];
    sums->signal[affine->layer - 1] += squares;
}

static double slope_at(const Activation *activation, double z)
{
    double o, slope;
    activation->values(1, &z, &o);
    activation->slopes(1, &z, &o, &slope);
    return slope;
}

/* The slope below which a node lies flat; none where the activation does not flatten on both
   sides, which its own slopes tell. */
static double flat_slope(const Activation *activation)
{
    enum { FAR = 50 };
    double limit = FLAT * slope_at(activation, 0);
    bool squashes = !activation->total && slope_at(activation, FAR) < limit &&
                    slope_at(activation, -FAR) < limit;
    return squashes ? limit : 0;
}

static void add_slopes(Sums *sums, const Op *op)
{
    const Net *net = sums->pass->net;
    const Vector *in = &net->vectors[op->in], *out = &net->vectors[op->out];
    const double *z = sums->pass->value + in->at, *o = sums->pass->value + out->at;
    size_t *off = sums->off + (out->at - net->stored);
    size_t *flat = sums->flat + (out->at - net->stored);
    double limit = flat_slope(op->activation), total = 0;
    op->activation->slopes(out->size, z, o, sums->slopes);
    for (int j = 0; j < out->size; j++) {
        total += sums->slopes[j];
        off[j] += op->activation->kink && sums->slopes[j] == 0 && o[j] == 0;
        flat[j] += sums->slopes[j] < limit;
    }
    sums->slope[op->layer - 1] += total / out->size;
}

static void add_row(Sums *sums)
{
    const Net *net = sums->pass->net;
    for (size_t e = 0; e < net->parameters; e++) sums->gradient[e] += sums->pass->adjoint[e];
    for (int i = 0; i < net->op_count; i++) {
        const Op *op = &net->ops[i];
        if (op->kind == OP_AFFINE) add_signal(sums, op);
        if (op->kind == OP_ACTIVATION) add_slopes(sums, op);
    }
    sums->loss += pass_loss(sums->pass);
    sums->rows++;
}

size_t sums_backward(Sums *sums)
{
    size_t parameters = sums->pass->net->parameters;
    pass_backward(sums->pass);
    size_t broken = number_first_broken(sums->pass->adjoint, parameters);
    if (broken == parameters) add_row(sums);
    return broken;
}

double sums_share(const Sums *sums, const Op *op, const size_t *rows, double most)
{
    const Net *net = sums->pass->net;
    const Vector *out = &net->vectors[op->out];
    const size_t *counts = rows + (out->at - net->stored);
    int count = 0;
    for (int j = 0; j < out->size; j++) count += (double)counts[j] >= most;
    return (double)count / out->size;
}
