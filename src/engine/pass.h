/* A pass: the numbers of a batch's way through a network, forward and backward. A batch
   may well be a single row.

   One array holds the values of all elements (parameters and running statistics included)
   and one, beside it, their adjoints. What is stored comes once, then the nodes of each
   row; an element number always means the first row's, and pass_place finds a row's own.
   With L_r the loss of row r, L is the mean of all L_r; the adjoint of a node in row r is
   the derivative by it of ΣL_r (without batch norm that is ∂L_r/∂node), and the adjoint of a
   parameter is ∂L/∂parameter: the rows' shares, summed in order, divided by their number.

   Three modules work on it: kernel.h computes ranges of vectors, sweep.h runs whole passes,
   memo.h computes single adjoints when they are needed and remembers them. One element asked
   for by name and a whole vector in training run the same kernels and give the same bits.

   The parameters are the caller's to write; after writing them or the input, call
   pass_forget. A pass never prints and knows no command. */
#ifndef ENGINE_PASS_H
#define ENGINE_PASS_H

#include <signal.h>

#include "engine/loss.h"
#include "engine/net.h"

/* What the memo knows of one element's adjoint. */
typedef struct Mark {
    const char *by;   /* who had it computed (the caller's words); NULL: not known */
    unsigned reused;  /* how often it was needed again */
    unsigned request; /* which request computed it; worth nothing if it was forgotten since */
} Mark;

/* The memo of a pass: the known adjoints, and what knowing them saves. */
typedef struct Memo {
    bool off;               /* every adjoint is computed afresh each time */
    Mark *marks;            /* [net->elements]: a node is known in all rows at once */
    unsigned request;       /* the number of the last one */
    unsigned forgotten;     /* the last one whose results no longer hold */
    double multiplications; /* done: one for each × between two factors */
    double naive;           /* what the same requests would have taken without the memo */
    double *costs;          /* [vectors]: what an adjoint of each takes without the memo */
    bool costs_known;
    const volatile sig_atomic_t *interrupted; /* polled while it computes; may be NULL */
    bool stopped;                             /* ... and then it gave up */
} Memo;

/* A node of the shown row, held at an assumed value. */
typedef struct Pin {
    size_t element;
    double value;
} Pin;

typedef struct Pass {
    Net *net;
    const Loss *loss;
    const Fusion *fusion; /* of the last activation with the loss, or NULL */
    bool trick;           /* the perceptron's: see loss.h */
    int rows;             /* in the batch */
    int capacity;         /* rows that there is room for */
    int shown;            /* the row, from 0, that a node's name means to whoever looks */
    void *block;          /* the memory of the two arrays below */
    double *value;        /* [net->stored + capacity * nodes], from the start of a cache line */
    double *adjoint;      /* likewise */
    bool forward_done;    /* the values follow from the parameters and the input */
    long forgotten;       /* how often pass_forget was called */
    Pin *pins;
    int pin_count;
    Memo memo;
} Pass;

/* The nodes of one row. */
static inline size_t pass_nodes(const Net *net)
{
    return net->elements - net->stored;
}

/* Where ROW's own number of ELEMENT lies in both arrays. */
static inline size_t pass_place(const Pass *pass, size_t element, int row)
{
    bool node = element >= pass->net->stored;
    return node ? element + (size_t)row * pass_nodes(pass->net) : element;
}

/* The number of ELEMENT in the shown row. */
static inline double pass_value(const Pass *pass, size_t element)
{
    return pass->value[pass_place(pass, element, pass->shown)];
}

static inline double pass_adjoint(const Pass *pass, size_t element)
{
    return pass->adjoint[pass_place(pass, element, pass->shown)];
}

Pass *pass_new(Net *net, const Loss *loss); /* retains NET; one row, all numbers 0 (running
                                               variances 1), memo on */
Pass *pass_copy(const Pass *pass);          /* to try something out; with an empty memo */
Pass *pass_copy_stored(const Pass *pass);   /* to try other rows: one row, nothing assumed, and of
                                               the numbers only what is stored */
void pass_free(Pass *pass);

/* Makes the batch ROWS rows long, the first shown; forgets. Keeps what is stored; the rows
   are to be loaded anew. Allocates only for more rows than there ever were: false, and an
   error, when that would take more than MOST bytes (0: half of this machine's memory). */
bool pass_set_rows(Pass *pass, int rows, size_t most, Error *err);

void pass_set_loss(Pass *pass, const Loss *loss); /* forgets */
void pass_set_trick(Pass *pass, bool trick);      /* forgets */

/* Writes inputs and targets (NULL: these stay) of ROW. */
void pass_load(Pass *pass, int row, const double *x, const double *y);

/* All values and adjoints are no longer known to be right. */
void pass_forget(Pass *pass);

void pass_pin(Pass *pass, size_t element, double value);  /* a node; forgets */
void pass_unpin(Pass *pass);                              /* all; forgets if there were any */
bool pass_pinned(const Pass *pass, const Vector *vector); /* whether a node of VECTOR is */
const Pin *pass_pin_of(const Pass *pass, size_t element); /* NULL: it has none */

#endif
