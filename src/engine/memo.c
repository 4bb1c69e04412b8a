#include <math.h>
#include <string.h>

#include "engine/kernel.h"
#include "engine/memo.h"
#include "engine/sweep.h"

/* How many adjoints an element's own is computed from: those of its dependents. A fused
   activation takes its from y and ŷ alone, the loss likewise. */
static int needed(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Vector *vector = net_vector(net, element);
    if (vector && vector->uses[0] >= 0) {
        const Op *op = &net->ops[vector->uses[0]];
        if (op->kind == OP_LOSS || kernel_fused(pass, op)) return 0;
    }
    return pass_dependents(pass, element);
}

static void compute(Pass *pass, size_t element)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    if (owner) {
        kernel_parameter(pass, owner, element);
        kernel_average(pass, element, element + 1);
        return;
    }
    const Vector *vector = net_vector(net, element);
    int i = (int)(element - vector->at);
    kernel_backward(pass, vector, i, i + 1);
}

static bool known(const Memo *memo, const Mark *mark)
{
    return mark->by && mark->request > memo->forgotten;
}

bool memo_must_stop(Memo *memo)
{
    if (memo->interrupted && *memo->interrupted) memo->stopped = true;
    return memo->stopped;
}

static void settle(Pass *pass, size_t element, const char *by)
{
    Memo *memo = &pass->memo;
    Mark *mark = &memo->marks[element];
    if (!memo->off && known(memo, mark)) {
        mark->reused++;
        return;
    }
    if (memo_must_stop(memo)) return;
    int count = needed(pass, element);
    for (int i = 0; i < count; i++) settle(pass, pass_dependent(pass, element, i), by);
    if (!memo->stopped) compute(pass, element);
    if (memo->stopped) return;
    memo->multiplications += (double)count * pass->rows;
    if (!memo->off) *mark = (Mark){by, 0, memo->request};
}

void memo_remember(Pass *pass, size_t element, const char *by)
{
    pass->memo.stopped = false;
    pass->memo.request++;
    settle(pass, element, by);
}

/* The last request was interrupted: what it has computed is forgotten, and it is not counted. */
static void take_back(Pass *pass, double multiplications, double naive)
{
    Memo *memo = &pass->memo;
    for (size_t e = 0; e < pass->net->elements; e++)
        if (memo->marks[e].request == memo->request) memo->marks[e] = (Mark){0};
    memo->multiplications = multiplications;
    memo->naive = naive;
    memo->request--;
}

double memo_adjoint(Pass *pass, size_t element, const char *by)
{
    double multiplications = pass->memo.multiplications, naive = pass->memo.naive;
    pass->memo.naive += memo_naive_cost(pass, element);
    memo_remember(pass, element, by);
    if (!pass->memo.stopped) return pass_adjoint(pass, element);
    take_back(pass, multiplications, naive);
    return NAN;
}

bool memo_knows(const Pass *pass, size_t element)
{
    return known(&pass->memo, &pass->memo.marks[element]);
}

bool memo_knew(const Pass *pass, size_t element)
{
    return memo_knows(pass, element) && pass->memo.marks[element].request != pass->memo.request;
}

Memo memo_before(const Pass *pass, Mark *marks)
{
    Memo memo = pass->memo;
    size_t elements = pass->net->elements;
    memcpy(marks, memo.marks, elements * sizeof *marks);
    for (size_t e = 0; e < elements; e++)
        if (marks[e].request == memo.request) marks[e] = (Mark){0};
    memo.marks = marks;
    return memo;
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
        size_t element = net->vectors[v].at;
        double cost = 0;
        for (int i = 0, count = needed(pass, element); i < count; i++)
            cost += cost_of(pass, pass_dependent(pass, element, i)) + 1;
        pass->memo.costs[v] = cost;
    }
    pass->memo.costs_known = true;
}

double memo_naive_cost(Pass *pass, size_t element)
{
    if (!pass->memo.costs_known) count_costs(pass);
    return cost_of(pass, element) * pass->rows;
}
