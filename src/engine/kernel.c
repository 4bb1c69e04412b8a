#include "engine/kernel.h"

/* An op's vectors, as arrays. */
typedef struct Ends {
    int in_size, out_size;
    const double *in, *out;
    double *in_adjoint;
    const double *out_adjoint;
} Ends;

static Ends ends_of(const Pass *pass, const Op *op)
{
    const Vector *in = &pass->net->vectors[op->in], *out = &pass->net->vectors[op->out];
    return (Ends){in->size,
                  out->size,
                  pass->value + in->at,
                  pass->value + out->at,
                  pass->adjoint + in->at,
                  pass->adjoint + out->at};
}

static const double *targets(const Pass *pass)
{
    return pass->value + pass->net->vectors[pass->net->target].at;
}

/* Affine: out_j = Σ_i in_i w_ij + b_j. The inner loop runs along a row of W, so that
   it is contiguous and every sum keeps the order of its index. */

static void affine_forward(Pass *pass, const Op *op)
{
    Ends ends = ends_of(pass, op);
    const double *w = pass->value + op->weights, *b = pass->value + op->biases;
    double *out = pass->value + pass->net->vectors[op->out].at;
    for (int j = 0; j < ends.out_size; j++) out[j] = ends.in[0] * w[j];
    for (int i = 1; i < ends.in_size; i++) {
        w += ends.out_size;
        for (int j = 0; j < ends.out_size; j++) out[j] += ends.in[i] * w[j];
    }
    if (!pass->net->architecture.biases) return;
    for (int j = 0; j < ends.out_size; j++) out[j] += b[j];
}

static void affine_backward(Pass *pass, const Op *op, int from, int to)
{
    Ends ends = ends_of(pass, op);
    const double *w = pass->value + op->weights + (size_t)from * (size_t)ends.out_size;
    for (int i = from; i < to; i++, w += ends.out_size) {
        double sum = ends.out_adjoint[0] * w[0];
        for (int j = 1; j < ends.out_size; j++) sum += ends.out_adjoint[j] * w[j];
        ends.in_adjoint[i] = sum;
    }
}

void kernel_parameters(Pass *pass, const Op *op)
{
    Ends ends = ends_of(pass, op);
    double *w = pass->adjoint + op->weights, *b = pass->adjoint + op->biases;
    for (int i = 0; i < ends.in_size; i++, w += ends.out_size)
        for (int j = 0; j < ends.out_size; j++) w[j] = ends.out_adjoint[j] * ends.in[i];
    if (!pass->net->architecture.biases) return;
    for (int j = 0; j < ends.out_size; j++) b[j] = ends.out_adjoint[j];
}

double kernel_parameter_slope(const Pass *pass, const Op *op, size_t element)
{
    Ends ends = ends_of(pass, op);
    return element >= op->biases ? 1 : ends.in[(element - op->weights) / (size_t)ends.out_size];
}

void kernel_parameter(Pass *pass, const Op *op, size_t element)
{
    Ends ends = ends_of(pass, op);
    size_t j = (element - op->weights) % (size_t)ends.out_size;
    pass->adjoint[element] = ends.out_adjoint[j] * kernel_parameter_slope(pass, op, element);
}

/* Activation: out_i = f(in_i), or softmax over the layer. */

static void activation_forward(Pass *pass, const Op *op)
{
    Ends ends = ends_of(pass, op);
    double *out = pass->value + pass->net->vectors[op->out].at;
    op->activation->values(ends.in_size, ends.in, out);
}

static double activation_slope(const Pass *pass, const Op *op, int j, int i)
{
    Ends ends = ends_of(pass, op);
    if (i != j) return op->activation->cross_slope(ends.out[j], ends.out[i]);
    double slope;
    op->activation->slopes(1, ends.in + i, ends.out + i, &slope);
    return slope;
}

bool kernel_fused(const Pass *pass, const Op *op)
{
    return pass->fusion && op->out == pass->net->prediction && op->kind == OP_ACTIVATION;
}

/* Divides by the number of outputs what a mean is taken of. */
static double share(const Pass *pass, double slope)
{
    int outputs = pass->net->vectors[pass->net->prediction].size;
    return pass->loss->mean ? slope / outputs : slope;
}

static void fused_backward(Pass *pass, const Op *op, int from, int to)
{
    Ends ends = ends_of(pass, op);
    const double *y = targets(pass);
    for (int i = from; i < to; i++)
        ends.in_adjoint[i] = share(pass, pass->fusion->derivative(y[i], ends.out[i]));
}

/* Every path from in_i leads through some out_j; softmax has them all. */
static void crossed_backward(Pass *pass, const Op *op, int from, int to)
{
    Ends ends = ends_of(pass, op);
    for (int i = from; i < to; i++) {
        double sum = ends.out_adjoint[0] * activation_slope(pass, op, 0, i);
        for (int j = 1; j < ends.out_size; j++)
            sum += ends.out_adjoint[j] * activation_slope(pass, op, j, i);
        ends.in_adjoint[i] = sum;
    }
}

static void activation_backward(Pass *pass, const Op *op, int from, int to)
{
    Ends ends = ends_of(pass, op);
    if (kernel_fused(pass, op)) {
        fused_backward(pass, op, from, to);
    } else if (op->activation->cross) {
        crossed_backward(pass, op, from, to);
    } else {
        op->activation->slopes(to - from, ends.in + from, ends.out + from, ends.in_adjoint + from);
        for (int i = from; i < to; i++)
            ends.in_adjoint[i] = ends.out_adjoint[i] * ends.in_adjoint[i];
    }
}

/* Loss: L = Σ_i term(y_i, ŷ_i), divided by their number for a mean. */

static double loss_total(const Pass *pass, const Op *op)
{
    Ends ends = ends_of(pass, op);
    const Net *net = pass->net;
    const double *y = targets(pass);
    /* An assumed ŷ does not come from z, so only the textbook's form holds for it. */
    if (pass->fusion && !pass_pinned(pass, &net->vectors[net->prediction])) {
        const Op *last = &net->ops[net->op_count - 2];
        return pass->fusion->total(ends.in_size, pass->value + net->vectors[last->in].at, y);
    }
    double sum = pass->loss->value(y[0], ends.in[0]);
    for (int i = 1; i < ends.in_size; i++) sum += pass->loss->value(y[i], ends.in[i]);
    return sum;
}

static void loss_forward(Pass *pass, const Op *op)
{
    pass->value[pass->net->vectors[op->out].at] = share(pass, loss_total(pass, op));
}

static double loss_slope(const Pass *pass, const Op *op, int i)
{
    return share(pass, pass->loss->derivative(targets(pass)[i], ends_of(pass, op).in[i]));
}

static void loss_backward(Pass *pass, const Op *op, int from, int to)
{
    double *adjoint = pass->adjoint + pass->net->vectors[op->in].at;
    for (int i = from; i < to; i++) adjoint[i] = loss_slope(pass, op, i);
}

/* Which kernel serves which kind of op. */

void kernel_forward(Pass *pass, const Op *op)
{
    switch (op->kind) {
    case OP_AFFINE: affine_forward(pass, op); break;
    case OP_ACTIVATION: activation_forward(pass, op); break;
    case OP_LOSS: loss_forward(pass, op); break;
    }
}

void kernel_backward(Pass *pass, const Op *op, int from, int to)
{
    switch (op->kind) {
    case OP_AFFINE: affine_backward(pass, op, from, to); break;
    case OP_ACTIVATION: activation_backward(pass, op, from, to); break;
    case OP_LOSS: loss_backward(pass, op, from, to); break;
    }
}

double kernel_slope(const Pass *pass, const Op *op, int j, int i)
{
    switch (op->kind) {
    case OP_AFFINE:
        return pass
            ->value[op->weights + (size_t)i * (size_t)ends_of(pass, op).out_size + (size_t)j];
    case OP_ACTIVATION: return activation_slope(pass, op, j, i);
    case OP_LOSS: break;
    }
    return loss_slope(pass, op, i);
}
