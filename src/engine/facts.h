/* Facts: what can be measured of a network at work, for a diagnosis.

   Measuring sends rows through a copy of the pass, forward and backward: one by one, or, where
   there is a batch norm, as the batch that it learns from. The patient stays as it was. Facts own
   their numbers and judge nothing: that is the business of diagnosis.h. Of many rows only some are
   measured, evenly spaced. */
#ifndef ENGINE_FACTS_H
#define ENGINE_FACTS_H

#include "base/error.h"
#include "engine/optimizer.h"
#include "engine/pass.h"

/* More rows would hardly change a mean over them. */
enum { FACTS_ROWS = 1000 };

/* What is looked at. Nothing is owned. */
typedef struct Patient {
    const Pass *pass;
    const Descent *descent;
    const double *slots; /* the optimizer's, [slots][parameters]; NULL when it has none */
    const double *rows;  /* [row_count][inputs + targets], inputs first */
    size_t row_count;
    const double *losses; /* by epoch, the latest last; NULL: nothing is known */
    int loss_count;
    const volatile sig_atomic_t *interrupted; /* polled between rows; NULL: never */
} Patient;

typedef struct LayerFacts {
    int size;
    const Activation *activation;
    double gradient_norm; /* of the mean gradient over the rows, by W^k and b^k */
    double weight_norm;   /* of W^k and b^k */
    double update_ratio;  /* norm of the next update by that gradient / weight_norm; 0 for 0/0 */
    double signal;        /* root of the mean over the rows of Σ_j (∂L/∂z_j)² */
    double slope;         /* ∂o/∂z, mean over nodes and rows */
    double dead;          /* share of the nodes with o = 0 and slope 0 on every row */
    double saturated;     /* share of the nodes that lie flat on almost every row */
    bool fused;           /* the slope does not count: it cancels against the loss */
    bool alike;           /* 2 nodes or more, all with the same weights in and out */
    bool zero;            /* every weight is 0 */
} LayerFacts;

typedef struct Facts {
    const Patient *patient;
    LayerFacts *layers; /* [count], the first layer's first; owned */
    int count;
    size_t rows;       /* measured */
    size_t batch;      /* ... so many at a time: 1, or all of them */
    double loss;       /* mean over them */
    double next_loss;  /* the same after the next update by the mean gradient */
    double guess_loss; /* of always guessing the mean of the targets */
    double input_size; /* root mean square of all inputs */
    bool broken;       /* something is not finite: of the layers only the weights are known, and
                          of the above the guess and the inputs */
    double broken_value;
    size_t broken_element; /* ... this first: a parameter, a node or L, */
    bool broken_gradient;  /* ... or only ∂L by it, */
    size_t broken_row;     /* ... met with this row, from 0, of the patient's */
} Facts;

/* Measures. The error says that a row's targets do not go with the loss, or "interrupted";
   then there is nothing to release. PATIENT must outlive the facts. */
bool facts_measure(Facts *facts, const Patient *patient, Error *err);
void facts_release(Facts *facts);

#endif
