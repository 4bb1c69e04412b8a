#include <math.h>

#include "base/number.h"
#include "engine/kernel.h"
#include "engine/sweep.h"

static void hold_pins(Pass *pass, const Vector *vector)
{
    for (int i = 0; i < pass->pin_count; i++)
        if (net_vector(pass->net, pass->pins[i].element) == vector)
            pass->value[pass_place(pass, pass->pins[i].element, pass->shown)] = pass->pins[i].value;
}

void pass_forward_op(Pass *pass, const Op *op, int from, int to)
{
    kernel_forward(pass, op, from, to);
    if (pass->pin_count) hold_pins(pass, &pass->net->vectors[op->out]);
}

bool pass_forward(Pass *pass)
{
    const Net *net = pass->net;
    pass->memo.stopped = false;
    for (int i = 0; i < net->op_count && !pass->memo.stopped; i++)
        pass_forward_op(pass, &net->ops[i], 0, net->vectors[net->ops[i].out].size);
    return pass->forward_done = !pass->memo.stopped;
}

double pass_row_loss(const Pass *pass, int row)
{
    return pass->value[pass_place(pass, net_loss(pass->net), row)];
}

double pass_loss(const Pass *pass)
{
    double sum = pass_row_loss(pass, 0);
    for (int row = 1; row < pass->rows; row++) sum += pass_row_loss(pass, row);
    return pass->rows > 1 ? sum / pass->rows : sum;
}

size_t pass_broken(const Pass *pass)
{
    const Net *net = pass->net;
    size_t first = net->vectors[net->input + 1].at, nodes = net->elements - first;
    for (int row = 0; row < pass->rows; row++) {
        size_t node = number_first_broken(pass->value + pass_place(pass, first, row), nodes);
        if (node < nodes) return first + node;
    }
    return isfinite(pass_loss(pass)) ? net->elements : net_loss(net);
}

/* From TOP downwards: adjoints of all nodes below it. */
static void sweep_nodes(Pass *pass, const Vector *top, bool inputs)
{
    const Net *net = pass->net;
    for (int v = net->vector_count - 1; v >= 0 && !pass->memo.stopped; v--) {
        const Vector *vector = &net->vectors[v];
        bool wanted = vector->at < top->at && (inputs || v != net->input);
        if (wanted) kernel_backward(pass, vector, 0, vector->size);
    }
}

static void sweep_parameters(Pass *pass)
{
    const Net *net = pass->net;
    for (int i = 0; i < net->op_count && !pass->memo.stopped; i++) {
        const Op *op = &net->ops[i];
        if (op->kind == OP_AFFINE || op->kind == OP_SCALE) kernel_parameters(pass, op);
    }
}

bool pass_backward(Pass *pass)
{
    const Net *net = pass->net;
    pass->memo.stopped = false;
    sweep_nodes(pass, &net->vectors[net->loss], false);
    sweep_parameters(pass);
    if (!pass->memo.stopped) kernel_average(pass, 0, net->parameters);
    return !pass->memo.stopped;
}

/* All derivatives first: not before they are there is it sure that it is not given up. */
static bool descend_at_last(Pass *pass, double rate)
{
    if (!pass_backward(pass)) return false;
    for (size_t e = 0; e < pass->net->parameters; e++)
        pass->value[e] = pass->value[e] - rate * pass->adjoint[e];
    return true;
}

bool pass_descend(Pass *pass, double rate)
{
    const Net *net = pass->net;
    if (pass->rows > KERNEL_BLOCK) return descend_at_last(pass, rate);
    pass->memo.stopped = false;
    sweep_nodes(pass, &net->vectors[net->loss], false);
    for (int i = 0; i < net->op_count; i++) {
        const Op *op = &net->ops[i];
        if (op->kind == OP_AFFINE || op->kind == OP_SCALE) kernel_descend(pass, op, rate);
    }
    return true;
}

void pass_displace(Pass *pass, size_t element, double value)
{
    const Vector *vector = net_vector(pass->net, element);
    bool node = vector && vector->kind != SYMBOL_INPUT && vector->kind != SYMBOL_TARGET;
    pass_unpin(pass);
    if (node)
        pass_pin(pass, element, value);
    else
        pass->value[pass_place(pass, element, pass->shown)] = value;
    pass_forward(pass);
}

/* How many elements OP makes of one element of its in vector. */
static int fan_out(const Net *net, const Op *op)
{
    bool alone = op->kind != OP_AFFINE && !(op->kind == OP_ACTIVATION && op->activation->total);
    return alone ? 1 : net->vectors[op->out].size;
}

int pass_dependents(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    if (net_owner(net, element)) return 1;
    const Vector *vector = net_vector(net, element);
    int count = 0;
    for (int u = 0; vector && u < 2 && vector->uses[u] >= 0; u++)
        count += fan_out(net, &net->ops[vector->uses[u]]);
    return count;
}

size_t pass_dependent(const Pass *pass, size_t element, int i)
{
    const Net *net = pass->net;
    const Op *op = net_owner(net, element);
    if (op) {
        const Vector *out = &net->vectors[op->out];
        return out->at + (element - op->weights) % (size_t)out->size;
    }
    const Vector *vector = net_vector(net, element);
    op = &net->ops[vector->uses[0]];
    int first = fan_out(net, op);
    if (i >= first) {
        op = &net->ops[vector->uses[1]];
        i -= first;
    }
    bool same = fan_out(net, op) == 1 && op->kind != OP_AFFINE && op->kind != OP_LOSS;
    return net->vectors[op->out].at + (same ? element - vector->at : (size_t)i);
}

double pass_partial(const Pass *pass, size_t upper, size_t lower)
{
    const Net *net = pass->net;
    const Op *op = net_owner(net, lower);
    if (op) return kernel_parameter_slope(pass, op, lower);
    const Vector *vector = net_vector(net, lower);
    op = net_between(net, vector, upper);
    return kernel_slope(pass, op, (int)(upper - net->vectors[op->out].at),
                        (int)(lower - vector->at));
}

/* Seeds a copy's adjoints with 1 at UPPER and sweeps back: the chain rule does not
   care which node it starts from. */
double pass_derivative(const Pass *from, size_t upper, size_t lower)
{
    if (upper == lower) return 1;
    const Vector *top = net_vector(from->net, upper);
    if (!top || top->kind == SYMBOL_INPUT || top->kind == SYMBOL_TARGET) return 0;
    Pass *pass = pass_copy(from);
    pass->fusion = NULL;
    pass->adjoint[pass_place(pass, upper, pass->shown)] = 1;
    sweep_nodes(pass, top, true);
    sweep_parameters(pass);
    double derivative = pass_adjoint(pass, lower);
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
    for (int row = 0; row < a->rows; row++) {
        size_t first = pass_place(a, in->at, row);
        for (size_t e = first; e < first + (size_t)in->size; e++)
            if (side(a->value[e]) != side(b->value[e])) return true;
    }
    return false;
}

static bool loss_kink(const Pass *a, const Pass *b, int row)
{
    const Net *net = a->net;
    size_t y = pass_place(a, net->vectors[net->target].at, row);
    size_t yhat = pass_place(a, net->vectors[net->prediction].at, row);
    for (size_t i = 0; a->loss->bend && i < (size_t)net->vectors[net->target].size; i++) {
        double at_a = a->loss->bend(a->value[y + i], a->value[yhat + i]);
        double at_b = b->loss->bend(b->value[y + i], b->value[yhat + i]);
        if (side(at_a) != side(at_b)) return true;
    }
    return false;
}

bool pass_kink_between(const Pass *a, const Pass *b)
{
    for (int i = 0; i < a->net->op_count; i++)
        if (activation_kink(a, b, &a->net->ops[i])) return true;
    for (int row = 0; row < a->rows; row++)
        if (loss_kink(a, b, row)) return true;
    return false;
}
