/* Axes: a range of numbers laid along a length, with round ones marked on it.

   Ticks are multiples of 1, 2 or 5 times a power of ten; on a logarithmic axis they are
   powers of ten. Knows no characters but those of its labels. */
#ifndef RENDER_AXIS_H
#define RENDER_AXIS_H

#include <stdbool.h>

#include "base/number.h"

enum { AXIS_TICKS = 16 };

typedef struct Axis {
    double low, high; /* low < high */
    bool logarithmic;
    double ticks[AXIS_TICKS]; /* ascending, within the range */
    int count;
    int digits; /* significant ones that tell the ticks apart */
} Axis;

/* Whether VALUE can have a place on an axis: it is finite, and at most 1e300 in size. */
bool axis_holds(double value);

/* An axis from LOW to HIGH, which axis_holds, with ticks at least LEAST (or 0) apart, no
   more than MOST of them (below AXIS_TICKS) unless that leaves none. Ends that are equal, or too
   close for a double to tell what lies between, are moved apart. */
Axis axis_linear(double low, double high, int most, double least);

/* The same, an end moved outwards to the next tick when that is near. */
Axis axis_rounded(double low, double high, int most);

/* Whether numbers from LOW to HIGH are better seen on a logarithmic axis: they are positive
   and go over more than two powers of ten. */
bool axis_spans_decades(double low, double high);

/* A logarithmic one; LOW is at least 1e-300. */
Axis axis_logarithmic(double low, double high, int most);

/* Where VALUE lies: 0 is the low end, 1 the high one. */
double axis_place(const Axis *axis, double value);

/* The same in whole steps: 0 to COUNT - 1. */
int axis_step(const Axis *axis, double value, int count);

/* The text of tick INDEX. Returns its length. */
int axis_label(const Axis *axis, int index, char out[NUMBER_SIZE]);

#endif
