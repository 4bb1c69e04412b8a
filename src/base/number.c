#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static int spell_special(char out[NUMBER_SIZE], double value)
{
    return snprintf(out, NUMBER_SIZE, "%s", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
}

static int spell_shortest(char out[NUMBER_SIZE], double value)
{
    /* %.15g drops zeros, so it finds any shorter spelling of a normal double, but a subnormal
       has fewer digits than that to begin with. */
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits < 17; digits++) {
        int length = snprintf(out, NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value) return length;
    }
    return snprintf(out, NUMBER_SIZE, "%.17g", value);
}

/* The integers of hand-made examples are most of what is printed; %g is ten times slower. */
static int spell_integer(char out[NUMBER_SIZE], long value)
{
    char reversed[NUMBER_SIZE];
    int count = 0, length = 0;
    if (value < 0) out[length++] = '-';
    for (unsigned long rest = value < 0 ? -(unsigned long)value : (unsigned long)value;;) {
        reversed[count++] = (char)('0' + rest % 10);
        if (!(rest /= 10)) break;
    }
    while (count) out[length++] = reversed[--count];
    out[length] = '\0';
    return length;
}

int number_spell(char out[NUMBER_SIZE], double value, int digits)
{
    if (!isfinite(value)) return spell_special(out, value);
    double limit = digits && digits < 6 ? 0 : digits == 0 || digits > 15 ? 1e15 : 1e6;
    if (fabs(value) < limit && value == (double)(long)value && !(value == 0 && signbit(value)))
        return spell_integer(out, (long)value);
    if (digits == 0) return spell_shortest(out, value);
    return snprintf(out, NUMBER_SIZE, "%.*g", digits, value);
}

void number_add(Text *text, double value)
{
    char spelled[NUMBER_SIZE];
    int length = number_spell(spelled, value, 0);
    text_add_bytes(text, spelled, (size_t)length);
}

static const uint64_t exact = UINT64_C(1) << 53; /* every whole number up to here is a double */

static const char *take_digits(const char *at, uint64_t *number)
{
    for (; isdigit((unsigned char)*at) && *number <= exact; at++)
        *number = *number * 10 + (uint64_t)(*at - '0');
    return at;
}

/* Data files are full of short decimals. When the digits and the power of ten are doubles
   without error, one division rounds as strtod does (Clinger 1990), many times faster.
   Returns 0 for what is not that simple. */
static size_t scan_short(const char *text, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t digits = 0;
    size_t decimals = 0;
    const char *at = take_digits(text, &digits);
    if (*at == '.') {
        const char *first = at + 1;
        at = take_digits(first, &digits);
        decimals = (size_t)(at - first);
    }
    bool scaled = *at == 'e' || *at == 'E';
    if (scaled || digits > exact || decimals >= sizeof powers / sizeof powers[0]) return 0;
    *value = (double)digits / powers[decimals];
    return (size_t)(at - text);
}

size_t number_scan(const char *text, double *value)
{
    const char *first = text + (*text == '-' || *text == '+');
    bool digit =
        isdigit((unsigned char)first[0]) || (first[0] == '.' && isdigit((unsigned char)first[1]));
    bool special = !strncmp(first, "inf", 3) || !strncmp(first, "nan", 3);
    if (!digit && !special) return 0;
    if (special) {
        if (isalnum((unsigned char)first[3]) || first[3] == '_') return 0;
        *value = first[0] == 'n' ? NAN : *text == '-' ? -INFINITY : INFINITY;
        return (size_t)(first - text) + 3;
    }
    if (first[0] == '0' && (first[1] == 'x' || first[1] == 'X')) {
        *value = 0; /* strtod would read hexadecimal; here it is a zero and a name */
        return (size_t)(first - text) + 1;
    }
    size_t length = scan_short(first, value);
    if (length) {
        if (*text == '-') *value = -*value;
        return (size_t)(first - text) + length;
    }
    char *end;
    *value = strtod(text, &end);
    return (size_t)(end - text);
}

bool number_read(const char *text, double *value)
{
    size_t length = number_scan(text, value);
    return length && !text[length];
}

bool number_read_integer(const char *text, long low, long high, long *value)
{
    const char *first = text + (*text == '-' || *text == '+');
    if (!isdigit((unsigned char)*first)) return false;
    errno = 0;
    char *end;
    *value = strtol(text, &end, 10);
    return !*end && !errno && *value >= low && *value <= high;
}

/* A number that is not finite has all bits of its exponent set: adding one at their lowest
   carries into the sign. Without a way out in the middle, so that it is done several at a time. */
static bool all_finite(const double *numbers, size_t count)
{
    const uint64_t exponent = UINT64_C(0x7ff) << 52, lowest = UINT64_C(1) << 52;
    uint64_t carry = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        carry |= (bits & exponent) + lowest;
    }
    return !(carry >> 63);
}

size_t number_first_broken(const double *numbers, size_t count)
{
    enum { BLOCK = 1024 };
    size_t at = 0;
    while (at < count && all_finite(numbers + at, count - at < BLOCK ? count - at : BLOCK))
        at += BLOCK;
    while (at < count && isfinite(numbers[at])) at++;
    return at < count ? at : count;
}

/* Where the squares overflow the numbers are scaled by the largest first. */
double number_norm(const double *numbers, size_t count)
{
    double squares = 0, largest = 0;
    for (size_t i = 0; i < count; i++) squares += numbers[i] * numbers[i];
    if (isfinite(squares)) return sqrt(squares);
    for (size_t i = 0; i < count; i++) largest = fmax(largest, fabs(numbers[i]));
    if (isinf(largest)) return sqrt(squares);
    squares = 0;
    for (size_t i = 0; i < count; i++) squares += (numbers[i] / largest) * (numbers[i] / largest);
    return largest * sqrt(squares);
}
