/* Functions that the op rows' formulas use, under the names that the expression
   language knows, so that one text can be compiled and parsed. */
#ifndef ENGINE_FORMULA_H
#define ENGINE_FORMULA_H

#include <math.h>

static inline double sq(double x)
{
    return x * x;
}

/* Unlike fmax and fmin, these are NaN when an argument is: a broken number must not be
   healed by a relu. */
static inline double max(double a, double b)
{
    return a > b || a != a ? a : b;
}

static inline double min(double a, double b)
{
    return a < b || a != a ? a : b;
}

static inline double sign(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x;
}

#define abs fabs

#endif
