/* The inside of a page: what its files share. */
#ifndef EXPLAIN_PAGE_INSIDE_H
#define EXPLAIN_PAGE_INSIDE_H

#include "explain/page.h"

/* What was worked out with other numbers is no good any more. */
void page_erase(Page *page);

/* What the page says of ∂upper/∂element in ROW, or NULL; see PageNote. */
const PageNote *page_find_note(const Page *page, int row, size_t upper, size_t element);

/* Works the rows out that the exact pass has now, unless that is done: their nodes, by hand. */
Pass *page_settle(Page *page);

#endif
