#include <math.h>

#include "engine/kernel.h"
#include "engine/memo.h"
#include "engine/sweep.h"

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
static bool must_stop(Memo *memo)
{
    if (memo->interrupted && *memo->interrupted) memo->stopped = true;
    return memo->stopped;
}

static void settle(Pass *pass, size_t element, const char *by)
{
    Memo *memo = &pass->memo;
    Mark *mark = &memo->marks[element];
    if (!memo->off && mark->by) {
        mark->reused++;
        return;
    }
    if (must_stop(memo)) return;
    int count;
    size_t first = needed(pass, element, &count);
    for (int i = 0; i < count; i++) settle(pass, first + (size_t)i, by);
    if (memo->stopped) return;
    compute(pass, element);
    memo->multiplications += count;
    if (!memo->off) *mark = (Mark){by, 0, memo->request};
}

void memo_remember(Pass *pass, size_t element, const char *by)
{
    pass->memo.stopped = false;
    pass->memo.request++;
    settle(pass, element, by);
}

double memo_adjoint(Pass *pass, size_t element, const char *by)
{
    pass->memo.naive += memo_naive_cost(pass, element);
    memo_remember(pass, element, by);
    return pass->memo.stopped ? NAN : pass->adjoint[element];
}

bool memo_knows(const Pass *pass, size_t element)
{
    return pass->memo.marks[element].by != NULL;
}

bool memo_knew(const Pass *pass, size_t element)
{
    const Mark *mark = &pass->memo.marks[element];
    return mark->by && mark->request != pass->memo.request;
}

static double cost_of(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    const double *costs = pass->memo.costs;
    return owner ? costs[owner->out] + 1 : costs[net_vector(net, element) - net->vectors];
}

/* From the loss downwards: all elements of a vector cost the same. */
static void count_costs(Pass *pass)
{
    const Net *net = pass->net;
    for (int v = net->vector_count - 1; v >= 0; v--) {
        int count = 0;
        if (net->vectors[v].used_by < 0) continue;
        size_t first = needed(pass, net->vectors[v].at, &count);
        pass->memo.costs[v] = count ? count * (cost_of(pass, first) + 1) : 0;
    }
    pass->memo.costs_known = true;
}

double memo_naive_cost(Pass *pass, size_t element)
{
    if (!pass->memo.costs_known) count_costs(pass);
    return cost_of(pass, element);
}
