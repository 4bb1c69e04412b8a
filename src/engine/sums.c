#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "engine/sums.h"
#include "engine/sweep.h"

/* A node lies flat where its slope is below this share of the one at 0: a sigmoid beyond ±6, a
   tanh beyond ±3. Then less than a hundredth of the gradient gets through. */
static const double FLAT = 0.01;

bool sums_begin(Sums *sums, const Pass *pass, int batch, Error *err)
{
    const Net *net = pass->net;
    size_t layers = (size_t)net->architecture.layers, nodes = pass_nodes(net);
    *sums = (Sums){.pass = pass_copy_stored(pass)};
    if (!pass_set_rows(sums->pass, batch, 0, err)) return pass_free(sums->pass), false;
    sums->gradient = memory_new((net->parameters + 2 * layers + nodes) * sizeof(double));
    sums->signal = sums->gradient + net->parameters;
    sums->slope = sums->signal + layers;
    sums->slopes = sums->slope + layers;
    sums->off = memory_new(2 * nodes * sizeof *sums->off);
    sums->flat = sums->off + nodes;
    return true;
}

void sums_release(Sums *sums)
{
    pass_free(sums->pass);
    free(sums->gradient);
    free(sums->off);
    *sums = (Sums){0};
}

size_t sums_forward(Sums *sums, int *row)
{
    const Pass *pass = sums->pass;
    pass_forward(sums->pass);
    size_t broken = pass_broken(pass);
    *row = 0;
    if (broken == pass->net->elements) return broken;
    while (isfinite(pass->value[pass_place(pass, broken, *row)])) ++*row;
    return broken;
}

static void add_signal(Sums *sums, const Op *affine, int row)
{
    const Vector *z = &sums->pass->net->vectors[affine->out];
    const double *adjoint = sums->pass->adjoint + pass_place(sums->pass, z->at, row);
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

static void add_slopes(Sums *sums, const Op *op, int row)
{
    const Pass *pass = sums->pass;
    const Net *net = pass->net;
    const Vector *in = &net->vectors[op->in], *out = &net->vectors[op->out];
    const double *z = pass->value + pass_place(pass, in->at, row);
    const double *o = pass->value + pass_place(pass, out->at, row);
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

static void add_row(Sums *sums, int row)
{
    const Net *net = sums->pass->net;
    for (int i = 0; i < net->op_count; i++) {
        const Op *op = &net->ops[i];
        if (op->kind == OP_AFFINE) add_signal(sums, op, row);
        if (op->kind == OP_ACTIVATION) add_slopes(sums, op, row);
    }
    sums->loss += pass_row_loss(sums->pass, row);
}

static void add_batch(Sums *sums)
{
    const Pass *pass = sums->pass;
    for (size_t e = 0; e < pass->net->parameters; e++)
        sums->gradient[e] += pass->rows * pass->adjoint[e];
    for (int row = 0; row < pass->rows; row++) add_row(sums, row);
    sums->rows += (size_t)pass->rows;
}

size_t sums_backward(Sums *sums)
{
    size_t parameters = sums->pass->net->parameters;
    pass_backward(sums->pass);
    size_t broken = number_first_broken(sums->pass->adjoint, parameters);
    if (broken == parameters) add_batch(sums);
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
