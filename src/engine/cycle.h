/* Cycles: whether a sequence of vectors has come back to one that was there before.

   When each vector follows from the one before it alone, as parameters do from epoch to epoch of
   a fixed procedure, a vector that returns, to the bit, returns for ever. By Brent's method only
   one earlier vector is kept, the 1st, 2nd, 4th, 8th, ...: of a cycle of P vectors that begins at
   the S-th, the return is seen at the latest at the 3·max(P, S)-th. */
#ifndef ENGINE_CYCLE_H
#define ENGINE_CYCLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Cycle {
    double *kept; /* [count] */
    size_t count; /* numbers of a vector */
    long seen;    /* vectors so far */
    long age;     /* how many came after the one that is kept */
} Cycle;

/* For vectors of COUNT numbers. */
Cycle cycle_new(size_t count);
void cycle_release(Cycle *cycle);

/* Takes the next vector. True when it is the one that is kept: cycle->age is the period then. */
bool cycle_returns(Cycle *cycle, const double *next);

#endif
