#include <math.h>

#include "explain/calculus_ratio.h"

static const double largest_whole = 0x1p53;

bool whole(double value)
{
    return fabs(value) <= largest_whole && value == floor(value);
}

double common_divisor(double a, double b)
{
    while (b != 0) {
        double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return fabs(a);
}

Ratio ratio(double over, double under)
{
    if (under == 1 || under == 0 || !whole(over) || !whole(under)) return (Ratio){over / under, 1};
    double divisor = copysign(common_divisor(over, under), under);
    return (Ratio){over / divisor, under / divisor};
}

Ratio ratio_add(Ratio a, Ratio b)
{
    return ratio(a.over * b.under + b.over * a.under, a.under * b.under);
}

Ratio ratio_multiply(Ratio a, Ratio b)
{
    return ratio(a.over * b.over, a.under * b.under);
}

bool ratio_is(Ratio a, double value)
{
    return a.under == 1 && a.over == value;
}

bool ratio_power(double value, double exponent, Ratio *power)
{
    double result = pow(value, fabs(exponent));
    if (!isfinite(result) || (whole(value) && !whole(result)) || (result == 0 && value != 0))
        return false;
    *power = exponent < 0 ? ratio(1, result) : ratio(result, 1);
    return true;
}
