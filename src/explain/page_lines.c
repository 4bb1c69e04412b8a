/* Lines of a page that nothing follows from. */
#include <stdlib.h>

#include "base/memory.h"
#include "engine/sweep.h"
#include "explain/page.h"

/* The outermost factor is ∂L/∂ŷ as the page has it. */
double page_full_path(Page *page, const size_t *steps, int count)
{
    double product = page_gradient(page, steps[count - 2]);
    for (int upper = count - 2; upper > 0; upper--)
        product *= page_partial(page, steps[upper], steps[upper - 1]);
    return page_round(page, product);
}

/* Derivatives of one element by those below it: a single path's product goes on as it is, and a
   sum of several is written down. */
typedef struct Descents {
    Page *page;
    double *by;     /* [elements] */
    bool *depended; /* [elements]: a path leads up from there */
} Descents;

static void descend_to(Descents *all, size_t lower)
{
    Page *page = all->page;
    const Pass *pass = page->exact;
    int paths = 0;
    double product = 0, sum = 0;
    for (int i = 0; i < pass_dependents(pass, lower); i++) {
        size_t upper = pass_dependent(pass, lower, i);
        if (!all->depended[upper]) continue;
        product = all->by[upper] * page_partial(page, upper, lower);
        sum += page_round(page, product);
        paths++;
    }
    all->depended[lower] = paths > 0;
    all->by[lower] = paths > 1 ? page_round(page, sum) : product;
}

static void descend_through(Descents *all, size_t upper)
{
    const Net *net = all->page->exact->net;
    all->by[upper] = 1;
    all->depended[upper] = true;
    for (const Vector *v = net_vector(net, upper) - 1; v >= net->vectors; v--)
        for (size_t e = v->at; e < v->at + (size_t)v->size; e++) descend_to(all, e);
}

double page_derivative(Page *page, size_t upper, size_t lower)
{
    const Net *net = page->exact->net;
    const Vector *top = net_vector(net, upper);
    if (upper == lower) return 1;
    if (!top || top->kind == SYMBOL_INPUT || top->kind == SYMBOL_TARGET) return 0;
    Descents all = {page, memory_new(net->elements * sizeof(double)),
                    memory_new(net->elements * sizeof(bool))};
    descend_through(&all, upper);
    if (!net_vector(net, lower)) descend_to(&all, lower);
    double derivative = page_round(page, all.by[lower]);
    free(all.by);
    free(all.depended);
    return derivative;
}

Page *page_for(const Page *from, const Pass *pass)
{
    Page *page = page_copy(from);
    page_clear_notes(page);
    page_attach(page, pass);
    return page;
}

void page_forward(Page *page, Pass *pass)
{
    size_t stored = pass->net->stored;
    page_value(page, stored);
    memory_copy_numbers(pass->value + stored, page->pass->value + stored,
                        (size_t)pass->rows * pass_nodes(pass->net));
}
