/* Diagnosis: what keeps a network from learning, found in its facts.

   Each illness is a row in diagnosis.c: a name, what it means, a test over the facts, and the
   remedies. A finding is an illness that a network has. Nothing is changed or printed. */
#ifndef ENGINE_DIAGNOSIS_H
#define ENGINE_DIAGNOSIS_H

#include "engine/facts.h"

enum { ILLNESSES = 7, REMEDIES = 5 };

typedef struct Remedy {
    const char
        *type; /* what to type; "..." is as before, "%" what diagnosis_rate says; NULL: nothing */
    const char *why;
    bool (*helps)(const Facts *facts); /* NULL: always */
} Remedy;

typedef struct Illness Illness;

typedef struct Finding {
    const Illness *illness;
    int layer;             /* where it is worst, from 1; 0: the network as a whole */
    double number;         /* the fact that shows it */
    const char *number_is; /* ... what it is, in words */
    const char *reason;    /* why this is an illness, in words */
} Finding;

struct Illness {
    const char *name;
    const char *meaning; /* in one line, for help */
    /* Whether the network has it; fills in all of FINDING but the illness. */
    bool (*test)(const Facts *facts, Finding *finding);
    Remedy remedies[REMEDIES]; /* as many as have a `why` */
};

const Illness *illness_row(size_t index); /* NULL past the last */

/* What FACTS show, in the order of the rows; returns the count. */
int diagnose(const Facts *facts, Finding findings[ILLNESSES]);

/* Whether the run is at rest at a loss that is neither good nor as bad as a guess: it has found
   the best there is, or a local minimum. No illness, but worth another random start. */
bool diagnosis_rests(const Facts *facts);

/* Whether the run is at rest with nothing learned, and no curved hidden layer to learn it with: the
   training is sound, the network too simple. */
bool diagnosis_too_straight(const Facts *facts);

/* A smaller η: one that makes the next update, where that is larger than the weights, a tenth of
   them or less; else a tenth of the present one. */
double diagnosis_rate(const Facts *facts);

#endif
