/* The page: what a person has written who follows the run by hand, with so many decimals.

   Each line of the page is computed with the same kernels and texts as the exact one, but from the
   numbers that the page has in the lines before, and is rounded. A line is what is printed as one:
   a node, L, a partial, the product of a chain, each path of a sum and the sum, an optimizer's
   formula. What is given (rows, parameters as they were set, what is assumed) is taken as it is.

   A page is a part of the run: an update leaves it with its own rounded parameters, so that its
   slips carry on. That state can be copied; the rest, what follows from it and the rows of the
   exact pass, is made when it is first asked for. It never touches the exact pass. */
#ifndef EXPLAIN_PAGE_H
#define EXPLAIN_PAGE_H

#include "base/decimal.h"
#include "engine/optimizer.h"
#include "engine/pass.h"
#include "explain/hand.h"

enum { NOTE_OF_ALL = -1 };

/* What the page says where it is not what comes out: ∂upper/∂element, of L or of what ELEMENT leads
   to in one step; or, where the two are one, the element. All that follows goes on from it. */
typedef struct PageNote {
    size_t upper, element; /* no parameter, unless it is a derivative by it */
    int row; /* of the batch, from 0; NOTE_OF_ALL: ∂L/∂parameter, μ, v, the mean of L */
    double value;
} PageNote;

typedef struct Page Page;
struct Page {
    int decimals;
    size_t stored, slots; /* what the network stores, and what the optimizer keeps of it */
    double *numbers;      /* [stored + slots] */
    PageNote *notes;      /* until the next update */
    int note_count;
    double losses;  /* of this epoch's rows so far: their sum; at first as given */
    double average; /* of the epoch that ended last */
    Page *before;   /* the last update; NULL: there was none */

    const Pass *exact;          /* not owned; NULL in a copy */
    Pass *pass;                 /* the page's numbers of the exact pass's rows; NULL: to be made */
    long seen;                  /* exact->forgotten when it was */
    bool swept;                 /* the adjoints by all nodes are there */
    bool prepared;              /* the numbers below are of the update to come */
    double loss, yhat;          /* before the update to come, or before the last: L, and the first
                                   output of the shown row */
    double *clipped, *gradient; /* [parameters]: ∂L/∂w after clipping, and after weight decay; of
                                   the update to come, or of the last */
    double *after;              /* [stored + slots]: the numbers after the update */
};

/* VALUE as it is written down on PAGE. */
static inline double page_round(const Page *page, double value)
{
    return decimal_round_computed(value, page->decimals);
}

/* A page that begins with the numbers of PASS, and SLOTS [slot_count] of the optimizer's, as given;
   PASS must outlive it, or page_attach names another. */
Page *page_new(int decimals, const Pass *pass, const double *slots, size_t slot_count);
void page_attach(Page *page, const Pass *pass);
Page *page_copy(const Page *page);            /* its state alone; of NULL it is NULL */
void page_free(Page *page);                   /* NULL is fine */
bool page_same(const Page *a, const Page *b); /* their states; NULL is like NULL alone */
size_t page_bytes(const Page *page);

/* Puts numbers in place, of what the network stores or (from page->stored on) the optimizer's. */
void page_write(Page *page, size_t first, const double *numbers, size_t count);
void page_reset_slots(Page *page, size_t slot_count); /* of another optimizer: all 0 */

/* The page says so; or says no more what such a NOTE says of it; or nothing at all. */
void page_note(Page *page, PageNote note);
void page_forget(Page *page, PageNote note);
void page_clear_notes(Page *page);

/* The row that a note of NODE in ROW is of: μ and v of a batch norm belong to all rows. */
int page_note_row(const Pass *pass, size_t node, int row);

/* By hand, in the row that the exact pass shows: an element, the mean of the rows' L, ∂L/∂element,
   the partial ∂upper/∂lower. */
double page_value(Page *page, size_t element);
double page_loss(Page *page);
double page_losses(Page *page); /* the sum that it is the mean of */
double page_gradient(Page *page, size_t element);
double page_partial(Page *page, size_t upper, size_t lower);

/* Likewise the product of the chain that leads to ELEMENT, in this row alone; and of the one to
   UPPER with the partial of a LOWER that it depends on: a path of a sum. */
double page_product(Page *page, size_t element);
double page_path(Page *page, size_t upper, size_t lower);

/* Computes the derivatives by all nodes, in all rows. */
void page_sweep(Page *page);

/* HAND beside the EXACT value; of NULL nothing is known. */
Hand page_judge(const Page *page, double exact, double hand);

/* Computes the update to come: clipped, gradient, after. DESCENT is what makes it, this update
   counted. */
void page_prepare(Page *page, const Descent *descent);

/* The update is made: DESCENT has counted it; or it is taken back, which can be done once. */
void page_update(Page *page, const Descent *descent);
void page_take_back(Page *page);

/* An epoch with so many ROWS has ended: what it had lost goes into their average. */
void page_end_epoch(Page *page, size_t rows);

/* Lines that nothing follows from. The product of a full path: STEPS [count] are its elements from
   the lowest up to L. ∂upper/∂lower through all paths between them, in the shown row; not where
   these lead through the statistics of a batch. */
double page_full_path(Page *page, const size_t *steps, int count);
double page_derivative(Page *page, size_t upper, size_t lower);

/* A page with the same parameters for PASS, of which it says nothing yet; PASS must outlive it.
   page_forward writes into that pass the nodes that come out by hand. */
Page *page_for(const Page *page, const Pass *pass);
void page_forward(Page *page, Pass *pass);

#endif
