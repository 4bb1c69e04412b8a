/* Coefficients: fractions of whole numbers, exact as long as doubles hold both
   parts, so that 1/3 + 1/6 is 1/2. What is no such fraction is a plain double
   over 1. A value; it owns nothing. */
#ifndef EXPLAIN_CALCULUS_RATIO_H
#define EXPLAIN_CALCULUS_RATIO_H

#include <stdbool.h>

typedef struct Ratio {
    double over, under; /* in lowest terms, UNDER positive */
} Ratio;

Ratio ratio(double over, double under);
Ratio ratio_add(Ratio a, Ratio b);
Ratio ratio_multiply(Ratio a, Ratio b);
bool ratio_is(Ratio a, double value);

/* VALUE to the whole number EXPONENT; false when the result would have to be
   rounded although VALUE is whole (10^20), or is beyond all doubles. */
bool ratio_power(double value, double exponent, Ratio *power);

double common_divisor(double a, double b); /* the greatest, of whole numbers */
bool whole(double value); /* an integer that a double holds exactly, as do its neighbours */

#endif
