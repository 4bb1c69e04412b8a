#include "engine/affine.h"
#include "engine/kernel.h"
#include "engine/memo.h"
#include "engine/norm.h"

/* An op's vectors in one row, as arrays. */
typedef struct Ends {
    int in_size, out_size;
    const double *in;
    double *out;
    double *in_adjoint;
    const double *out_adjoint;
} Ends;

static Ends ends_of(const Pass *pass, const Op *op, int row)
{
    const Vector *in = &pass->net->vectors[op->in], *out = &pass->net->vectors[op->out];
    size_t in_at = pass_place(pass, in->at, row), out_at = pass_place(pass, out->at, row);
    return (Ends){in->size,
                  out->size,
                  pass->value + in_at,
                  pass->value + out_at,
                  pass->adjoint + in_at,
                  pass->adjoint + out_at};
}

static double *row_of(const Pass *pass, double *numbers, int vector, int row)
{
    return numbers + pass_place(pass, pass->net->vectors[vector].at, row);
}

/* Affine: out_j = Σ_i in_i w_ij + b_j. */

/* An affine op's parameters, or their adjoints, among NUMBERS. */
static Affine layer_of(const Pass *pass, const Op *op, double *numbers)
{
    size_t in = (size_t)pass->net->vectors[op->in].size;
    size_t out = (size_t)pass->net->vectors[op->out].size;
    return (Affine){numbers + op->weights, op->biased ? numbers + op->biases : NULL, in, out};
}

/* Whether there are rows from FIRST on, where a block begins, and they are to be computed. */
static bool block_follows(Pass *pass, int first)
{
    return first < pass->rows && (!first || !memo_must_stop(&pass->memo));
}

/* The same, asked at every row. */
static bool row_follows(Pass *pass, int row)
{
    return row % KERNEL_BLOCK ? row < pass->rows : block_follows(pass, row);
}

static size_t block_rows(const Pass *pass, int first)
{
    int left = pass->rows - first;
    return (size_t)(left < KERNEL_BLOCK ? left : KERNEL_BLOCK);
}

static void affine_op_forward(Pass *pass, const Op *op, int from, int to)
{
    Affine layer = layer_of(pass, op, pass->value);
    size_t stride = pass_nodes(pass->net);
    for (int r = 0; block_follows(pass, r); r += KERNEL_BLOCK) {
        Ends ends = ends_of(pass, op, r);
        affine_forward(&layer, (size_t)from, (size_t)to, ends.in, stride, ends.out, stride,
                       block_rows(pass, r));
    }
}

static void affine_op_backward(Pass *pass, const Op *op, int from, int to)
{
    Affine layer = layer_of(pass, op, pass->value);
    size_t stride = pass_nodes(pass->net);
    for (int r = 0; block_follows(pass, r); r += KERNEL_BLOCK) {
        Ends ends = ends_of(pass, op, r);
        affine_backward(&layer, (size_t)from, (size_t)to, ends.out_adjoint, stride, ends.in_adjoint,
                        stride, block_rows(pass, r));
    }
}

static void affine_parameters(Pass *pass, const Op *op)
{
    Affine gradient = layer_of(pass, op, pass->adjoint);
    size_t stride = pass_nodes(pass->net);
    for (int r = 0; block_follows(pass, r); r += KERNEL_BLOCK) {
        Ends ends = ends_of(pass, op, r);
        affine_gradient(&gradient, ends.in, stride, ends.out_adjoint, stride, block_rows(pass, r),
                        r > 0);
    }
}

/* Scale: out_j = γ_j in_j + β_j. */

static void scale_forward(Pass *pass, const Op *op, int from, int to)
{
    const double *gamma = pass->value + op->weights, *beta = pass->value + op->biases;
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        for (int j = from; j < to; j++) ends.out[j] = gamma[j] * ends.in[j] + beta[j];
    }
}

static void scale_backward(Pass *pass, const Op *op, int from, int to)
{
    const double *gamma = pass->value + op->weights;
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        for (int j = from; j < to; j++) ends.in_adjoint[j] = ends.out_adjoint[j] * gamma[j];
    }
}

/* Parameters. */

static double parameter_slope(const Op *op, const Ends *ends, size_t element)
{
    if (element >= op->biases) return 1;
    size_t index = element - op->weights;
    return ends->in[op->kind == OP_AFFINE ? index / (size_t)ends->out_size : index];
}

double kernel_parameter_slope(const Pass *pass, const Op *op, size_t element)
{
    Ends ends = ends_of(pass, op, pass->shown);
    return parameter_slope(op, &ends, element);
}

void kernel_parameter(Pass *pass, const Op *op, size_t element)
{
    double sum = 0;
    for (int r = 0; r < pass->rows; r++) {
        Ends ends = ends_of(pass, op, r);
        size_t j = (element - op->weights) % (size_t)ends.out_size;
        double share = ends.out_adjoint[j] * parameter_slope(op, &ends, element);
        sum = r ? sum + share : share;
    }
    pass->adjoint[element] = sum;
}

void kernel_parameters(Pass *pass, const Op *op)
{
    if (op->kind == OP_AFFINE) {
        affine_parameters(pass, op);
        return;
    }
    size_t end = op->biases + (size_t)pass->net->vectors[op->out].size;
    for (size_t e = op->weights; e < end; e++) kernel_parameter(pass, op, e);
}

void kernel_average(Pass *pass, size_t from, size_t to)
{
    if (pass->rows == 1) return;
    double rows = pass->rows, factor = affine_factor((size_t)pass->rows);
    for (size_t e = from; factor != 0 && e < to; e++) pass->adjoint[e] *= factor;
    for (size_t e = from; factor == 0 && e < to; e++) pass->adjoint[e] /= rows;
}

void kernel_descend(Pass *pass, const Op *op, double rate)
{
    Ends ends = ends_of(pass, op, 0);
    Affine layer = layer_of(pass, op, pass->value);
    size_t stride = pass_nodes(pass->net), end = op->biases + (size_t)ends.out_size;
    if (op->kind == OP_AFFINE) {
        affine_descend_rows(&layer, rate, ends.in, stride, ends.out_adjoint, stride,
                            (size_t)pass->rows);
        return;
    }
    kernel_parameters(pass, op);
    kernel_average(pass, op->weights, end);
    for (size_t e = op->weights; e < end; e++)
        pass->value[e] = pass->value[e] - rate * pass->adjoint[e];
}

/* Activation: out_i = f(in_i), or softmax over the layer. */

static void activation_forward(Pass *pass, const Op *op, int from, int to)
{
    bool whole = op->activation->total;
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        int first = whole ? 0 : from, count = whole ? ends.in_size : to - from;
        op->activation->values(count, ends.in + first, ends.out + first);
    }
}

static double activation_slope(const Op *op, const Ends *ends, int j, int i)
{
    if (i != j) return op->activation->cross_slope(ends->out[j], ends->out[i]);
    double slope;
    op->activation->slopes(1, ends->in + i, ends->out + i, &slope);
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

static void fused_backward(const Pass *pass, const Ends *ends, const double *y, int from, int to)
{
    for (int i = from; i < to; i++)
        ends->in_adjoint[i] = share(pass, pass->fusion->derivative(y[i], ends->out[i]));
}

/* Every path from in_i leads through some out_j; softmax has them all. */
static void crossed_backward(const Op *op, const Ends *ends, int from, int to)
{
    for (int i = from; i < to; i++) {
        double sum = ends->out_adjoint[0] * activation_slope(op, ends, 0, i);
        for (int j = 1; j < ends->out_size; j++)
            sum += ends->out_adjoint[j] * activation_slope(op, ends, j, i);
        ends->in_adjoint[i] = sum;
    }
}

static void plain_backward(const Op *op, const Ends *ends, int from, int to)
{
    double *adjoint = ends->in_adjoint;
    op->activation->slopes(to - from, ends->in + from, ends->out + from, adjoint + from);
    for (int i = from; i < to; i++) adjoint[i] = ends->out_adjoint[i] * adjoint[i];
}

static void activation_backward(Pass *pass, const Op *op, int from, int to)
{
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        if (kernel_fused(pass, op))
            fused_backward(pass, &ends, row_of(pass, pass->value, pass->net->target, r), from, to);
        else if (op->activation->cross)
            crossed_backward(op, &ends, from, to);
        else
            plain_backward(op, &ends, from, to);
    }
}

/* Add: out = in + what skipped the layer. Its first operand has no other use; the second
   has one, whose adjoint is there already. */

static void add_forward(Pass *pass, const Op *op, int from, int to)
{
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        const double *skipped = row_of(pass, pass->value, op->skipped, r);
        for (int j = from; j < to; j++) ends.out[j] = ends.in[j] + skipped[j];
    }
}

static void add_backward(Pass *pass, const Op *op, const Vector *vector, int from, int to)
{
    bool second = vector == &pass->net->vectors[op->skipped];
    for (int r = 0; row_follows(pass, r); r++) {
        Ends ends = ends_of(pass, op, r);
        double *adjoint = row_of(pass, pass->adjoint, second ? op->skipped : op->in, r);
        for (int j = from; j < to; j++)
            adjoint[j] = second ? adjoint[j] + ends.out_adjoint[j] : ends.out_adjoint[j];
    }
}

/* Loss: L = Σ_i term(y_i, ŷ_i), divided by their number for a mean. */

static double loss_total(const Pass *pass, const Op *op, int row)
{
    Ends ends = ends_of(pass, op, row);
    const Net *net = pass->net;
    const double *y = row_of(pass, pass->value, net->target, row);
    /* An assumed ŷ does not come from z, so only the textbook's form holds for it. */
    bool fused = pass->fusion && pass->fusion->total;
    if (fused && !pass_pinned(pass, &net->vectors[net->prediction])) {
        const Op *last = &net->ops[net->op_count - 2];
        return pass->fusion->total(ends.in_size, row_of(pass, pass->value, last->in, row), y);
    }
    double sum = pass->loss->value(y[0], ends.in[0]);
    for (int i = 1; i < ends.in_size; i++) sum += pass->loss->value(y[i], ends.in[i]);
    return sum;
}

static void loss_forward(Pass *pass, const Op *op)
{
    for (int r = 0; r < pass->rows; r++)
        *row_of(pass, pass->value, op->out, r) = share(pass, loss_total(pass, op, r));
}

static double loss_slope(const Pass *pass, const Op *op, int row, int i)
{
    const double *y = row_of(pass, pass->value, pass->net->target, row);
    return share(pass, pass->loss->derivative(y[i], ends_of(pass, op, row).in[i]));
}

static void loss_backward(Pass *pass, const Op *op, int from, int to)
{
    for (int r = 0; r < pass->rows; r++) {
        double *adjoint = row_of(pass, pass->adjoint, op->in, r);
        for (int i = from; i < to; i++) adjoint[i] = loss_slope(pass, op, r, i);
    }
}

/* Which kernel serves which kind of op. */

void kernel_forward(Pass *pass, const Op *op, int from, int to)
{
    switch (op->kind) {
    case OP_AFFINE: affine_op_forward(pass, op, from, to); break;
    case OP_NORMALISE: norm_forward(pass, op, from, to); break;
    case OP_SCALE: scale_forward(pass, op, from, to); break;
    case OP_ACTIVATION: activation_forward(pass, op, from, to); break;
    case OP_ADD: add_forward(pass, op, from, to); break;
    case OP_LOSS: loss_forward(pass, op); break;
    }
}

static void backward_through(Pass *pass, const Op *op, const Vector *vector, int from, int to)
{
    switch (op->kind) {
    case OP_AFFINE: affine_op_backward(pass, op, from, to); break;
    case OP_NORMALISE: norm_backward(pass, op, from, to); break;
    case OP_SCALE: scale_backward(pass, op, from, to); break;
    case OP_ACTIVATION: activation_backward(pass, op, from, to); break;
    case OP_ADD: add_backward(pass, op, vector, from, to); break;
    case OP_LOSS: loss_backward(pass, op, from, to); break;
    }
}

void kernel_backward(Pass *pass, const Vector *vector, int from, int to)
{
    for (int u = 0; u < 2 && vector->uses[u] >= 0; u++)
        backward_through(pass, &pass->net->ops[vector->uses[u]], vector, from, to);
}

double kernel_slope(const Pass *pass, const Op *op, int j, int i)
{
    Ends ends = ends_of(pass, op, pass->shown);
    switch (op->kind) {
    case OP_AFFINE: return pass->value[op->weights + (size_t)i * (size_t)ends.out_size + (size_t)j];
    case OP_NORMALISE: return norm_given_slope(pass, op, j);
    case OP_SCALE: return pass->value[op->weights + (size_t)j];
    case OP_ACTIVATION: return activation_slope(op, &ends, j, i);
    case OP_ADD: return 1;
    case OP_LOSS: break;
    }
    return loss_slope(pass, op, pass->shown, i);
}
