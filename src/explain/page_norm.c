#include "explain/page_norm.h"
#include "engine/norm.h"

static const Op *norm_above(const Pass *pass, const Vector *z)
{
    return &pass->net->ops[z->uses[0]];
}

/* Of node J, when the adjoints of n are there. */
static void find_means(const Page *page, const Op *op, int j, double *adjoint, double *product)
{
    norm_means(page->pass, op, j, adjoint, product);
    *adjoint = page_round(page, *adjoint);
    *product = page_round(page, *product);
}

void page_norm_means(Page *page, size_t element, double *adjoint, double *product)
{
    page_sweep(page);
    const Vector *z = net_vector(page->pass->net, element);
    find_means(page, norm_above(page->pass, z), (int)(element - z->at), adjoint, product);
}

void page_norm_spread(Page *page, const Vector *z)
{
    const Op *op = norm_above(page->pass, z);
    for (int j = 0; j < z->size; j++) {
        double adjoint, product;
        find_means(page, op, j, &adjoint, &product);
        norm_spread(page->pass, op, j, adjoint, product);
    }
}

void page_norm_follow(Page *page)
{
    const Pass *pass = page->pass;
    if (!norm_of_batch(pass)) return;
    norm_follow(pass, page->after);
    for (size_t e = pass->net->parameters; e < page->stored; e++)
        page->after[e] = page_round(page, page->after[e]);
}
