#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/pass.h"

static void find_fusion(Pass *pass)
{
    const Architecture *a = &pass->net->architecture;
    pass->fusion = fusion_find(a->activations[a->layers - 1], pass->loss);
    pass->memo.costs_known = false;
}

/* One allocation holds all of a pass's numbers: doubles first, then the marks. */
Pass *pass_new(Net *net, const Loss *loss)
{
    Pass *pass = memory_new(sizeof *pass);
    size_t count = net->elements, vectors = (size_t)net->vector_count;
    pass->net = net_retain(net);
    pass->loss = loss;
    pass->value = memory_new((2 * count + vectors) * sizeof(double) + count * sizeof(Mark));
    pass->adjoint = pass->value + count;
    pass->memo.costs = pass->adjoint + count;
    pass->memo.marks = (Mark *)(pass->memo.costs + vectors);
    find_fusion(pass);
    return pass;
}

Pass *pass_copy(const Pass *from)
{
    Pass *pass = pass_new(from->net, from->loss);
    memcpy(pass->value, from->value, from->net->elements * sizeof *from->value);
    for (int i = 0; i < from->pin_count; i++)
        pass_pin(pass, from->pins[i].element, from->pins[i].value);
    return pass;
}

void pass_free(Pass *pass)
{
    if (!pass) return;
    net_release(pass->net);
    free(pass->value);
    free(pass->pins);
    free(pass);
}

void pass_set_loss(Pass *pass, const Loss *loss)
{
    pass->loss = loss;
    find_fusion(pass);
    pass_forget(pass);
}

void pass_forget(Pass *pass)
{
    pass->forward_done = false;
    memset(pass->memo.marks, 0, pass->net->elements * sizeof *pass->memo.marks);
    pass->memo.multiplications = pass->memo.naive = 0;
}

void pass_pin(Pass *pass, size_t element, double value)
{
    int i = 0;
    while (i < pass->pin_count && pass->pins[i].element != element) i++;
    if (i == pass->pin_count)
        pass->pins = memory_resize(pass->pins, sizeof *pass->pins * (size_t)++pass->pin_count);
    pass->pins[i] = (Pin){element, value};
    pass_forget(pass);
}

void pass_unpin(Pass *pass)
{
    if (!pass->pin_count) return;
    pass->pin_count = 0;
    pass_forget(pass);
}

bool pass_pinned(const Pass *pass, const Vector *vector)
{
    for (int i = 0; i < pass->pin_count; i++)
        if (net_vector(pass->net, pass->pins[i].element) == vector) return true;
    return false;
}
