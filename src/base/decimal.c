#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number.h"

static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* A number above 0 as d.ddd·10^exponent, with the fewest digits that read back equal. */
typedef struct Digits {
    char digits[DECIMAL_SIZE]; /* without the point */
    int count, exponent;
} Digits;

static Digits digits_of(double value)
{
    char text[DECIMAL_SIZE];
    Digits found = {.count = DBL_DIG};
    do snprintf(text, sizeof text, "%.*e", found.count - 1, value);
    while (strtod(text, NULL) != value && ++found.count <= DBL_DECIMAL_DIG);
    found.digits[0] = text[0];
    memcpy(found.digits + 1, text + 2, (size_t)found.count - 1);
    found.exponent = atoi(strchr(text, 'e') + 1);
    return found;
}

/* The digits that are kept, read as a whole number, and the number that this is so many units of.
   Dividing a whole number below 2^53 by the power of ten would do; they may be more. */
static double round_digits(double value, int decimals)
{
    Digits found = digits_of(value);
    int kept = found.exponent + 1 + decimals;
    if (kept >= found.count) return value;
    uint64_t units = 0;
    for (int i = 0; i < kept; i++) units = units * 10 + (uint64_t)(found.digits[i] - '0');
    if (kept >= 0 && found.digits[kept] >= '5') units++;
    char text[DECIMAL_SIZE];
    snprintf(text, sizeof text, "%" PRIu64 "e-%d", units, decimals);
    return strtod(text, NULL);
}

/* Far from a half, and where the last place is far above a double's, binary rounding is right. */
static double round_size(double size, int decimals)
{
    double scaled = size * powers[decimals], below = floor(scaled), part = scaled - below;
    bool clear = scaled < 1e9 && fabs(part - 0.5) > 1e-6;
    return clear ? (part < 0.5 ? below : below + 1) / powers[decimals]
                 : round_digits(size, decimals);
}

double decimal_round(double value, int decimals)
{
    if (!isfinite(value)) return value;
    double size = round_size(fabs(value), decimals);
    return size == 0 ? 0 : copysign(size, value);
}

double decimal_round_computed(double value, int decimals)
{
    double scaled = fabs(value) * powers[decimals], below = floor(scaled);
    double error = 1e-9 + 1e-14 * scaled;
    bool half = scaled < 1e9 && fabs(scaled - below - 0.5) < error;
    return half ? copysign((below + 1) / powers[decimals], value) : decimal_round(value, decimals);
}

void decimal_spell(char out[DECIMAL_SIZE], double value, int decimals)
{
    double rounded = decimal_round(value, decimals);
    if (fabs(rounded) * powers[decimals] < 1e15)
        snprintf(out, DECIMAL_SIZE, "%.*f", rounded == floor(rounded) ? 0 : decimals, rounded);
    else
        number_spell(out, rounded, 0);
}
