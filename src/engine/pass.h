/* A pass: the numbers of one row's way through a network, forward and backward.

   One array holds the values of all elements (parameters included) and one, beside
   it, their adjoints ∂L/∂element. An adjoint is computed when it is first needed and
   remembered until something it depends on is written: the known adjoints are the
   memo of the notes. Each kernel works on a range of a vector, so that one element
   asked for by name and a whole vector in training run the same code and give the
   same bits.

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
    unsigned request; /* which request computed it */
} Mark;

typedef struct Pin {
    size_t element;
    double value;
} Pin;

typedef struct Pass {
    Net *net;
    const Loss *loss;
    const Fusion *fusion; /* of the last activation with the loss, or NULL */
    double *value;        /* [net->elements], in the same allocation: */
    double *adjoint;      /* [net->elements] */
    Mark *marks;          /* [net->elements] */
    bool forward_done;    /* the values follow from the parameters and the input */
    Pin *pins;            /* nodes that are held at an assumed value */
    int pin_count;

    bool memo;              /* false: every adjoint is computed afresh each time */
    unsigned request;       /* the number of the last pass_adjoint or pass_remember */
    double multiplications; /* done by pass_adjoint: one for each × between two factors */
    double *costs;          /* [vectors]: what an adjoint of each takes without the memo */
    double naive;           /* what the same requests would have taken without the memo */
    const volatile sig_atomic_t *interrupted; /* polled by pass_adjoint; may be NULL */
    bool stopped;                             /* ... which then gave up */
} Pass;

Pass *pass_new(Net *net, const Loss *loss); /* retains NET; all numbers 0, memo on */
Pass *pass_copy(const Pass *pass);          /* to try something out; with an empty memo */
void pass_free(Pass *pass);
void pass_set_loss(Pass *pass, const Loss *loss);

/* Values of the whole forward pass, sums in index order, the bias last. Returns the
   first element that is not finite; net->elements when all are. */
size_t pass_forward(Pass *pass);

/* All values and adjoints are no longer known to be right. */
void pass_forget(Pass *pass);

void pass_pin(Pass *pass, size_t element, double value); /* a node; forgets */
void pass_unpin(Pass *pass); /* all of them; forgets if there were any */
bool pass_pinned(const Pass *pass, const Vector *vector);

double pass_loss(const Pass *pass); /* the value of L after pass_forward */

/* ∂L/∂element, from the memo or computed now and remembered under BY; what lies on the
   way is computed and remembered too. Needs a forward pass. */
double pass_adjoint(Pass *pass, size_t element, const char *by);

/* The same for an element that lies on the way of a request still to come: it does not
   count as a request of its own. */
void pass_remember(Pass *pass, size_t element, const char *by);

/* Whether ELEMENT's adjoint was known before the last request. */
bool pass_knew(const Pass *pass, size_t element);

/* How many multiplications the adjoint of ELEMENT takes when nothing is remembered. */
double pass_naive_cost(const Pass *pass, size_t element);

/* Works out those numbers; to be called when the net or the loss has changed. */
void pass_count_costs(Pass *pass);

/* All adjoints of parameters and nodes (not of x) in one sweep, for training. */
void pass_backward(Pass *pass);

/* The elements that depend directly on ELEMENT: *COUNT of them from the one returned.
   None (count 0) for L and y. */
size_t pass_dependents(const Pass *pass, size_t element, int *count);

/* The local partial derivative ∂upper/∂lower for an UPPER among LOWER's dependents. */
double pass_partial(const Pass *pass, size_t upper, size_t lower);

/* ∂upper/∂lower through all paths between them; 0 when there are none. Leaves the
   memo as it is. */
double pass_derivative(const Pass *pass, size_t upper, size_t lower);

/* Whether L, seen as a function on the line between two passes, bends sharply: some
   relu, |·| or hinge is on different sides of its kink. */
bool pass_kink_between(const Pass *a, const Pass *b);

#endif
