/* A number as it comes out by hand: computed from the rounded numbers of the lines before, rounded
   itself, and judged against the exact one. */
#ifndef EXPLAIN_HAND_H
#define EXPLAIN_HAND_H

#include <stdbool.h>

typedef struct Hand {
    bool known; /* else nothing is computed by hand here */
    int decimals;
    double value;
    double units_off; /* from the exact value, rounded likewise, in units of the last place;
                         infinity where one of the two is not a number */
} Hand;

#endif
