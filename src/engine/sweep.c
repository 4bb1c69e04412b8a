#include <math.h>

#include "engine/kernel.h"
#include "engine/sweep.h"

static void hold_pins(Pass *pass, const Vector *vector)
{
    for (int i = 0; i < pass->pin_count; i++)
        if (net_vector(pass->net, pass->pins[i].element) == vector)
            pass->value[pass->pins[i].element] = pass->pins[i].value;
}

size_t pass_forward(Pass *pass)
{
    const Net *net = pass->net;
    for (int i = 0; i < net->op_count; i++) {
        kernel_forward(pass, &net->ops[i]);
        if (pass->pin_count) hold_pins(pass, &net->vectors[net->ops[i].out]);
    }
    pass->forward_done = true;
    for (size_t e = net->parameters; e < net->elements; e++)
        if (!isfinite(pass->value[e])) return e;
    return net->elements;
}

double pass_loss(const Pass *pass)
{
    return pass->value[pass->net->vectors[pass->net->loss].at];
}

void pass_backward(Pass *pass)
{
    const Net *net = pass->net;
    for (int i = net->op_count - 1; i >= 0; i--) {
        const Op *op = &net->ops[i];
        if (op->in != net->input) kernel_backward(pass, op, 0, net->vectors[op->in].size);
        if (op->kind == OP_AFFINE) kernel_parameters(pass, op);
    }
}

size_t pass_dependents(const Pass *pass, size_t element, int *count)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    if (owner) {
        size_t width = (size_t)net->vectors[owner->out].size;
        *count = 1;
        return net->vectors[owner->out].at + (element - owner->weights) % width;
    }
    const Vector *vector = net_vector(net, element);
    *count = 0;
    if (vector->used_by < 0) return 0;
    const Op *op = &net->ops[vector->used_by];
    const Vector *out = &net->vectors[op->out];
    bool alone = op->kind == OP_ACTIVATION && !op->activation->total;
    *count = alone ? 1 : out->size;
    return out->at + (alone ? element - vector->at : 0);
}

double pass_partial(const Pass *pass, size_t upper, size_t lower)
{
    const Net *net = pass->net;
    const Op *op = net_owner(net, lower);
    if (op) return kernel_parameter_slope(pass, op, lower);
    const Vector *vector = net_vector(net, lower);
    op = &net->ops[vector->used_by];
    return kernel_slope(pass, op, (int)(upper - net->vectors[op->out].at),
                        (int)(lower - vector->at));
}

/* Seeds a copy's adjoints with 1 at UPPER and sweeps back: the chain rule does not
   care which node it starts from. */
double pass_derivative(const Pass *from, size_t upper, size_t lower)
{
    if (upper == lower) return 1;
    const Net *net = from->net;
    const Vector *top = net_vector(net, upper);
    if (!top || top->kind == SYMBOL_INPUT || top->kind == SYMBOL_TARGET) return 0;
    Pass *pass = pass_copy(from);
    pass->fusion = NULL;
    pass->adjoint[upper] = 1;
    for (int i = net->op_count - 1; i >= 0; i--) {
        const Op *op = &net->ops[i];
        if (net->vectors[op->out].at > top->at) continue;
        kernel_backward(pass, op, 0, net->vectors[op->in].size);
        if (op->kind == OP_AFFINE) kernel_parameters(pass, op);
    }
    double derivative = pass->adjoint[lower];
    pass_free(pass);
    return derivative;
}

static int side(double x)
{
    return (x > 0) - (x < 0);
}

static bool activation_kink(const Pass *a, const Pass *b, const Op *op)
{
    const Vector *in = &a->net->vectors[op->in];
    if (op->kind != OP_ACTIVATION || !op->activation->kink) return false;
    for (size_t e = in->at; e < in->at + (size_t)in->size; e++)
        if (side(a->value[e]) != side(b->value[e])) return true;
    return false;
}

static bool loss_kink(const Pass *a, const Pass *b)
{
    const Net *net = a->net;
    const Vector *y = &net->vectors[net->target], *yhat = &net->vectors[net->prediction];
    if (!a->loss->bend) return false;
    for (size_t i = 0; i < (size_t)y->size; i++) {
        double at_a = a->loss->bend(a->value[y->at + i], a->value[yhat->at + i]);
        double at_b = b->loss->bend(b->value[y->at + i], b->value[yhat->at + i]);
        if (side(at_a) != side(at_b)) return true;
    }
    return false;
}

bool pass_kink_between(const Pass *a, const Pass *b)
{
    for (int i = 0; i < a->net->op_count; i++)
        if (activation_kink(a, b, &a->net->ops[i])) return true;
    return loss_kink(a, b);
}
