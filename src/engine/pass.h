/* A pass: the numbers of one row's way through a network, forward and backward.

   One array holds the values of all elements (parameters included) and one, beside
   it, their adjoints ∂L/∂element. Three modules work on it: kernel.h computes ranges
   of vectors, sweep.h runs whole passes, memo.h computes single adjoints when they are
   needed and remembers them. One element asked for by name and a whole vector in
   training run the same kernels and give the same bits.

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

/* The memo of a pass: the known adjoints, and what knowing them saves. */
typedef struct Memo {
    bool off;               /* every adjoint is computed afresh each time */
    Mark *marks;            /* [net->elements] */
    unsigned request;       /* the number of the last one */
    double multiplications; /* done: one for each × between two factors */
    double naive;           /* what the same requests would have taken without the memo */
    double *costs;          /* [vectors]: what an adjoint of each takes without the memo */
    bool costs_known;
    const volatile sig_atomic_t *interrupted; /* polled while it computes; may be NULL */
    bool stopped;                             /* ... and then it gave up */
} Memo;

/* A node held at an assumed value. */
typedef struct Pin {
    size_t element;
    double value;
} Pin;

typedef struct Pass {
    Net *net;
    const Loss *loss;
    const Fusion *fusion; /* of the last activation with the loss, or NULL */
    double *value;        /* [net->elements] */
    double *adjoint;      /* [net->elements] */
    bool forward_done;    /* the values follow from the parameters and the input */
    Pin *pins;
    int pin_count;
    Memo memo;
} Pass;

Pass *pass_new(Net *net, const Loss *loss); /* retains NET; all numbers 0, memo on */
Pass *pass_copy(const Pass *pass);          /* to try something out; with an empty memo */
void pass_free(Pass *pass);

void pass_set_loss(Pass *pass, const Loss *loss); /* forgets */

/* All values and adjoints are no longer known to be right. */
void pass_forget(Pass *pass);

void pass_pin(Pass *pass, size_t element, double value); /* a node; forgets */
void pass_unpin(Pass *pass);                             /* all; forgets if there were any */
bool pass_pinned(const Pass *pass, const Vector *vector);

#endif
