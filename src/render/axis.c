#include <math.h>

#include "render/axis.h"

/* Halves and differences of numbers of this size cannot overflow. */
static const double LARGEST = 1e300, SMALLEST = 1e-300;

/* Closer than this, relative to their size, rounding is all that is seen of two numbers. */
static const double CLOSEST = 1e-12;

/* How far an end moves to meet a tick, in steps. */
static const double NEAR = 0.4;

bool axis_holds(double value)
{
    return fabs(value) <= LARGEST;
}

static double largest_size(double a, double b)
{
    return fmax(fabs(a), fabs(b));
}

static void part(double *low, double *high)
{
    double size = largest_size(*low, *high);
    if (*high - *low > fmax(CLOSEST * size, SMALLEST)) return;
    double margin = size > SMALLEST ? size / 2 : 1;
    *low -= margin;
    *high += margin;
}

/* The smallest of 1, 2, 5 times a power of ten that goes into SPAN no more than MOST times. */
static double round_step(double span, int most)
{
    static const double factors[] = {1, 2, 5};
    double power = pow(10, floor(log10(span / most)));
    for (int i = 0; i < 3; i++)
        if (factors[i] * power * most >= span) return factors[i] * power;
    return 10 * power;
}

static double step_over(double low, double high, int most)
{
    return round_step(high - low, most > 1 ? most - 1 : 1);
}

/* A multiple of STEP may be off by its last bit. */
static double steps_down(double value, double step)
{
    return floor(value / step + 1e-9);
}

static double steps_up(double value, double step)
{
    return ceil(value / step - 1e-9);
}

static void add_ticks(Axis *axis, double step)
{
    double last = steps_down(axis->high, step);
    for (double k = steps_up(axis->low, step); k <= last && axis->count < AXIS_TICKS; k++)
        axis->ticks[axis->count++] = k * step + 0.0; /* -0 becomes 0 */
    int digits = (int)ceil(log10(largest_size(axis->low, axis->high) / step)) + 1;
    axis->digits = digits < 6 ? 6 : digits > 15 ? 15 : digits;
}

Axis axis_linear(double low, double high, int most, double least)
{
    part(&low, &high);
    Axis axis = {.low = low, .high = high};
    for (; !axis.count && most < AXIS_TICKS; most++)
        add_ticks(&axis, fmax(step_over(low, high, most), least));
    return axis;
}

Axis axis_rounded(double low, double high, int most)
{
    part(&low, &high);
    double step = step_over(low, high, most);
    double below = steps_down(low, step) * step, above = steps_up(high, step) * step;
    Axis axis = {.low = low - below <= step * NEAR ? below : low,
                 .high = above - high <= step * NEAR ? above : high};
    add_ticks(&axis, step);
    return axis;
}

bool axis_spans_decades(double low, double high)
{
    return low >= SMALLEST && high / 100 > low;
}

Axis axis_logarithmic(double low, double high, int most)
{
    if (high <= low * (1 + CLOSEST)) low /= 10, high *= 10;
    Axis axis = {.low = low, .high = high, .logarithmic = true, .digits = 6};
    double first = steps_up(log10(low), 1), last = steps_down(log10(high), 1);
    double step = last > first ? fmax(1, step_over(first, last, most)) : 1;
    for (double k = steps_up(first, step) * step; k <= last && axis.count < AXIS_TICKS; k += step)
        axis.ticks[axis.count++] = pow(10, k);
    return axis;
}

double axis_place(const Axis *axis, double value)
{
    double low = axis->low, high = axis->high;
    if (axis->logarithmic) return (log(value) - log(low)) / (log(high) - log(low));
    return (value - low) / (high - low);
}

int axis_step(const Axis *axis, double value, int count)
{
    double step = axis_place(axis, value) * (count - 1);
    return step < 0 ? 0 : step > count - 1 ? count - 1 : (int)lround(step);
}

int axis_label(const Axis *axis, int index, char out[NUMBER_SIZE])
{
    return number_spell(out, axis->ticks[index], axis->digits);
}
