/* Batch norms on the page: what its rows share. It keeps nothing: all numbers are the page's. */
#ifndef EXPLAIN_PAGE_NORM_H
#define EXPLAIN_PAGE_NORM_H

#include "explain/page.h"

/* By hand, the two means behind ∂L/∂ELEMENT, a z that a batch normalises: of ∂L/∂n, and of
   ∂L/∂n·n. */
void page_norm_means(Page *page, size_t element, double *adjoint, double *product);

/* For page_derivatives.c: the adjoints of the vector Z in all rows, before they are rounded; those
   of n are there. */
void page_norm_spread(Page *page, const Vector *z);

/* For page_update.c: what an update makes of the running statistics in page->after. Each is a line.
   The page's rows have gone forward. */
void page_norm_follow(Page *page);

#endif
