/* Separation: what `train` with the perceptron watches for. The perceptron stops learning by
   itself once every point is on its right side; when no line can do that it never stops, and in
   order and with a constant η it goes round in circles, which shows at the ends of epochs. */
#ifndef SHOW_SEPARATION_H
#define SHOW_SEPARATION_H

#include "engine/cycle.h"
#include "session/perceptron.h"

typedef enum Separability {
    SEPARABILITY_OPEN,
    SEPARABILITY_PROVEN,
    SEPARABILITY_REFUTED
} Separability;

typedef struct Separation {
    long left;        /* mistakes that may still be shown one by one */
    bool told;        /* some were, in this epoch */
    bool whole;       /* this epoch's first row is among the rows of this run */
    bool orderly;     /* an epoch's end follows from the end before alone */
    bool blurred;     /* rounding swallowed some of a move */
    double eta;       /* of the present update */
    Mistakes wrong;   /* that it finds */
    Cycle cycle;      /* of the parameters at the ends of epochs */
    double *mistakes; /* [epochs], for programs only */
    size_t epochs, capacity;
    Separability verdict;
} Separation;

/* For a run that begins now; says where the line is. To be released. */
Separation separation_begin(Session *session);
void separation_release(Separation *separation);

/* Before and after an update: the first mistakes of the run are shown, and how each moves the
   line. */
void separation_before(Session *session, Separation *separation);
void separation_after(Session *session, Separation *separation);

/* The mistakes of an epoch with this average loss. */
long separation_mistakes(const Session *session, double average);

/* An epoch has ended: why this is the end, in words; NULL when it is not. */
const char *separation_look(Session *session, Separation *separation);

/* What the run came to. OVER: it has used up its epochs. */
void separation_conclude(Session *session, const Separation *separation, bool over);

#endif
