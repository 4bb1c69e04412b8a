#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/pass.h"

static void find_fusion(Pass *pass)
{
    const Op *last = &pass->net->ops[pass->net->op_count - 2];
    pass->fusion = NULL;
    if (last->kind == OP_ACTIVATION)
        pass->fusion = pass->trick ? fusion_trick(last->activation, pass->loss)
                                   : fusion_find(last->activation, pass->loss);
    pass->memo.costs_known = false;
}

static size_t numbers(const Net *net, int rows)
{
    return net->stored + (size_t)rows * pass_nodes(net);
}

/* Vectors of eight doubles that lie across two cache lines are half as fast. */
enum { CACHE_LINE = 64, LINE_DOUBLES = CACHE_LINE / sizeof(double) };

static size_t to_line(size_t number, size_t line)
{
    return (number + line - 1) / line * line;
}

/* One allocation for values and adjoints; the values of what is stored move with it. */
static void allocate(Pass *pass, int capacity)
{
    size_t count = to_line(numbers(pass->net, capacity), LINE_DOUBLES);
    void *block = memory_new(2 * count * sizeof(double) + CACHE_LINE);
    double *value = (double *)to_line((uintptr_t)block, CACHE_LINE);
    memory_copy_numbers(value, pass->value, pass->value ? pass->net->stored : 0);
    free(pass->block);
    pass->block = block;
    pass->value = value;
    pass->adjoint = value + count;
    pass->capacity = capacity;
}

static Pass *new_pass(Net *net, const Loss *loss, int rows)
{
    Pass *pass = memory_new(sizeof *pass);
    pass->net = net_retain(net);
    pass->loss = loss;
    pass->rows = rows;
    allocate(pass, rows);
    size_t marks = net->elements * sizeof(Mark), vectors = (size_t)net->vector_count;
    pass->memo.marks = memory_new(marks + vectors * sizeof *pass->memo.costs);
    pass->memo.costs = (double *)(pass->memo.marks + net->elements);
    find_fusion(pass);
    return pass;
}

Pass *pass_new(Net *net, const Loss *loss)
{
    Pass *pass = new_pass(net, loss, 1);
    for (int k = 1; k <= net->architecture.layers; k++) {
        const Op *norm = net_normalise(net, k);
        for (int j = 0; norm && j < net->architecture.sizes[k]; j++)
            pass->value[norm->biases + (size_t)j] = 1;
    }
    return pass;
}

Pass *pass_copy(const Pass *from)
{
    Pass *pass = new_pass(from->net, from->loss, from->rows);
    pass->shown = from->shown;
    pass_set_trick(pass, from->trick);
    memory_copy_numbers(pass->value, from->value, numbers(from->net, from->rows));
    for (int i = 0; i < from->pin_count; i++)
        pass_pin(pass, from->pins[i].element, from->pins[i].value);
    return pass;
}

Pass *pass_copy_stored(const Pass *from)
{
    Pass *pass = new_pass(from->net, from->loss, 1);
    pass_set_trick(pass, from->trick);
    memory_copy_numbers(pass->value, from->value, from->net->stored);
    return pass;
}

static bool fits_memory(const Pass *pass, int rows, size_t most, Error *err)
{
    double machine = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE);
    double need = 2.0 * sizeof(double) * (double)numbers(pass->net, rows);
    double have = most ? (double)most : machine / 2;
    if (need <= have) return true;
    return fail(err, 0,
                "a batch of %d rows would need %.1f GB, and it may have %.1f: `set mode mini` "
                "takes fewer at a time",
                rows, need / 1e9, have / 1e9);
}

bool pass_set_rows(Pass *pass, int rows, size_t most, Error *err)
{
    if (rows > pass->capacity) {
        if (!fits_memory(pass, rows, most, err)) return false;
        allocate(pass, rows);
    }
    pass->rows = rows;
    pass->shown = 0;
    pass_forget(pass);
    return true;
}

void pass_load(Pass *pass, int row, const double *x, const double *y)
{
    const Net *net = pass->net;
    const Vector *input = &net->vectors[net->input], *target = &net->vectors[net->target];
    memory_copy_numbers(pass->value + pass_place(pass, input->at, row), x, (size_t)input->size);
    size_t targets = y ? (size_t)target->size : 0;
    memory_copy_numbers(pass->value + pass_place(pass, target->at, row), y, targets);
}

void pass_free(Pass *pass)
{
    if (!pass) return;
    net_release(pass->net);
    free(pass->block);
    free(pass->memo.marks);
    free(pass->pins);
    free(pass);
}

void pass_set_loss(Pass *pass, const Loss *loss)
{
    pass->loss = loss;
    find_fusion(pass);
    pass_forget(pass);
}

void pass_set_trick(Pass *pass, bool trick)
{
    pass->trick = trick;
    find_fusion(pass);
    pass_forget(pass);
}

/* Requests are numbered anew before an int's range is used up: stepping through the events of a
   long training makes one for each derivative. */
void pass_forget(Pass *pass)
{
    Memo *memo = &pass->memo;
    pass->forward_done = false;
    pass->forgotten++;
    if (memo->request > INT_MAX) {
        memset(memo->marks, 0, pass->net->elements * sizeof *memo->marks);
        memo->request = 0;
    }
    memo->forgotten = memo->request;
    memo->multiplications = memo->naive = 0;
}

const Pin *pass_pin_of(const Pass *pass, size_t element)
{
    for (int i = 0; i < pass->pin_count; i++)
        if (pass->pins[i].element == element) return &pass->pins[i];
    return NULL;
}

void pass_pin(Pass *pass, size_t element, double value)
{
    const Pin *old = pass_pin_of(pass, element);
    size_t place = old ? (size_t)(old - pass->pins) : (size_t)pass->pin_count++;
    pass->pins = memory_resize(pass->pins, sizeof *pass->pins * (size_t)pass->pin_count);
    pass->pins[place] = (Pin){element, value};
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
