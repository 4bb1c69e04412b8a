/* Adjoints on demand: the chain rule with, or without, a memory. */
#include <math.h>

#include "engine/kernel.h"

/* Where an element's adjoint comes from: the adjoints of these elements. A fused
   activation takes its from y and ŷ alone, the loss likewise. */
static size_t needed(const Pass *pass, size_t element, int *count)
{
    const Net *net = pass->net;
    const Vector *vector = net_vector(net, element);
    if (vector) {
        const Op *op = &net->ops[vector->used_by];
        *count = 0;
        if (op->kind == OP_LOSS || kernel_fused(pass, op)) return 0;
    }
    return pass_dependents(pass, element, count);
}

static void compute(Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    if (owner) {
        kernel_parameter(pass, owner, element);
        return;
    }
    const Vector *vector = net_vector(net, element);
    int i = (int)(element - vector->at);
    kernel_backward(pass, &net->ops[vector->used_by], i, i + 1);
}

/* Without the memo the work is exponential in the depth, so it must be stoppable. */
static bool must_stop(Pass *pass)
{
    if (pass->interrupted && *pass->interrupted) pass->stopped = true;
    return pass->stopped;
}

static void settle(Pass *pass, size_t element, const char *by)
{
    Mark *mark = &pass->marks[element];
    if (pass->memo && mark->by) {
        mark->reused++;
        return;
    }
    if (must_stop(pass)) return;
    int count;
    size_t first = needed(pass, element, &count);
    for (int i = 0; i < count; i++) settle(pass, first + (size_t)i, by);
    if (pass->stopped) return;
    compute(pass, element);
    pass->multiplications += count;
    if (pass->memo) *mark = (Mark){by, 0, pass->request};
}

void pass_remember(Pass *pass, size_t element, const char *by)
{
    pass->request++;
    settle(pass, element, by);
}

double pass_adjoint(Pass *pass, size_t element, const char *by)
{
    pass->naive += pass_naive_cost(pass, element);
    pass_remember(pass, element, by);
    return pass->stopped ? NAN : pass->adjoint[element];
}

bool pass_knew(const Pass *pass, size_t element)
{
    const Mark *mark = &pass->marks[element];
    return mark->by && mark->request != pass->request;
}

/* From the loss downwards: all elements of a vector cost the same. */
void pass_count_costs(Pass *pass)
{
    const Net *net = pass->net;
    for (int v = net->vector_count - 1; v >= 0; v--) {
        int count = 0;
        if (net->vectors[v].used_by < 0) continue;
        size_t first = needed(pass, net->vectors[v].at, &count);
        pass->costs[v] = count ? count * (pass_naive_cost(pass, first) + 1) : 0;
    }
}

double pass_naive_cost(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    return owner ? pass->costs[owner->out] + 1
                 : pass->costs[net_vector(net, element) - net->vectors];
}
