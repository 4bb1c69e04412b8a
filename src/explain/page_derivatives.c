/* What a page says of derivatives. */
#include "engine/kernel.h"
#include "engine/sweep.h"
#include "explain/page_inside.h"
#include "explain/page_norm.h"
#include "explain/way.h"

static double partial(const Page *page, size_t upper, size_t lower)
{
    const PageNote *note = page_find_note(page, page->pass->shown, upper, lower);
    if (note) return note->value;
    double value = pass_partial(page->pass, upper, lower);
    return way_is_read_off(page->pass, upper, lower) ? value : page_round(page, value);
}

/* Along a chain, from the loss outwards, before the product is rounded. */
static double product(const Page *page, size_t element)
{
    const Pass *pass = page->pass;
    const PageNote *note = page_find_note(page, pass->shown, net_loss(pass->net), element);
    if (note) return note->value;
    if (way_from(pass, element) != WAY_ONE) return pass_adjoint(pass, element);
    size_t upper = pass_dependent(pass, element, 0);
    return product(page, upper) * partial(page, upper, element);
}

static double path(const Page *page, size_t upper, size_t lower)
{
    return page_round(page, product(page, upper) * partial(page, upper, lower));
}

static double sum_of_paths(const Page *page, size_t element)
{
    double sum = path(page, pass_dependent(page->pass, element, 0), element);
    for (int i = 1; i < pass_dependents(page->pass, element); i++)
        sum += path(page, pass_dependent(page->pass, element, i), element);
    return sum;
}

/* ∂L/∂element of a node in the shown row; of one that is fused with the loss it is there. */
static double node_gradient(const Page *page, size_t element)
{
    const Pass *pass = page->pass;
    const PageNote *note = page_find_note(page, pass->shown, net_loss(pass->net), element);
    if (note) return note->value;
    switch (way_from(pass, element)) {
    case WAY_LOSS: return partial(page, net_loss(pass->net), element);
    case WAY_MANY: return page_round(page, sum_of_paths(page, element));
    case WAY_ONE: return page_round(page, product(page, element));
    default: return page_round(page, pass_adjoint(pass, element));
    }
}

static void sweep_vector(Page *page, const Vector *vector)
{
    Pass *pass = page->pass;
    int shown = pass->shown;
    Way way = way_from(pass, vector->at);
    if (way == WAY_FUSED) kernel_backward(pass, vector, 0, vector->size);
    if (way == WAY_BATCH) page_norm_spread(page, vector);
    for (pass->shown = 0; pass->shown < pass->rows; pass->shown++)
        for (size_t e = vector->at; e < vector->at + (size_t)vector->size; e++)
            pass->adjoint[pass_place(pass, e, pass->shown)] = node_gradient(page, e);
    pass->shown = shown;
}

void page_sweep(Page *page)
{
    const Net *net = page_settle(page)->net;
    for (int v = net->prediction; v >= 0 && !page->swept; v--)
        if (net->vectors[v].uses[0] >= 0) sweep_vector(page, &net->vectors[v]);
    page->swept = true;
}

double page_partial(Page *page, size_t upper, size_t lower)
{
    page_settle(page);
    return partial(page, upper, lower);
}

double page_product(Page *page, size_t element)
{
    page_sweep(page);
    return page_round(page, product(page, element));
}

double page_path(Page *page, size_t upper, size_t lower)
{
    page_sweep(page);
    return path(page, upper, lower);
}

/* A parameter serves every row: the mean of the rows' lines. */
double page_gradient(Page *page, size_t element)
{
    page_sweep(page);
    Pass *pass = page->pass;
    if (net_vector(pass->net, element)) return pass_adjoint(pass, element);
    const PageNote *note = page_find_note(page, NOTE_OF_ALL, net_loss(pass->net), element);
    if (note) return note->value;
    double sum = 0;
    int shown = pass->shown;
    for (pass->shown = 0; pass->shown < pass->rows; pass->shown++)
        sum += page_round(page, product(page, element));
    pass->shown = shown;
    return pass->rows > 1 ? page_round(page, sum / pass->rows) : sum;
}
