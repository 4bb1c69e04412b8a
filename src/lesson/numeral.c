#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "lesson/numeral.h"

/* So many digits fit an int64_t, and ten times as many units do. */
enum { MOST_DIGITS = 18, MOST_EXPONENT = 9999 };

typedef struct Scan {
    const char *text;
    size_t at, end;
} Scan;

static bool is_digit(const Scan *scan, size_t at)
{
    return at < scan->end && isdigit((unsigned char)scan->text[at]);
}

static bool is_letter(uint32_t code)
{
    bool ascii = code < 0x80 && (isalnum((int)code) || code == '_' || code == '^');
    bool raised = code == 0xb2 || code == 0xb3 || code == 0xb9 || (code >= 0x2070 && code < 0x20a0);
    bool times_or_over = code == 0xd7 || code == 0xf7;
    return ascii || raised || (code >= 0xc0 && code < 0x2000 && !times_or_over);
}

static size_t read_code(const Scan *scan, uint32_t *code)
{
    size_t size = utf8_decode(scan->text + scan->at, scan->end - scan->at, code);
    if (!size) *code = 0;
    return size ? size : 1;
}

/* Skips a symbol or a word. */
static void skip_word(Scan *scan)
{
    for (uint32_t code; scan->at < scan->end;) {
        size_t size = read_code(scan, &code);
        if (!is_letter(code)) return;
        scan->at += size;
    }
}

static void skip_digits(Scan *scan)
{
    while (is_digit(scan, scan->at)) scan->at++;
}

/* Takes digits into NUMERAL; false when they are too many. */
static bool take_digits(Scan *scan, Numeral *numeral)
{
    const int64_t most = 100000000000000000; /* 10^(MOST_DIGITS - 1) */
    for (; is_digit(scan, scan->at); scan->at++) {
        if (numeral->digits >= most) return false;
        numeral->digits = numeral->digits * 10 + (scan->text[scan->at] - '0');
    }
    return true;
}

static bool take_fraction(Scan *scan, Numeral *numeral)
{
    if (scan->at >= scan->end || scan->text[scan->at] != '.' || !is_digit(scan, scan->at + 1))
        return true;
    size_t point = scan->at++;
    numeral->whole = false;
    if (!take_digits(scan, numeral)) return false;
    numeral->exponent = -(int)(scan->at - point - 1);
    return scan->at - point <= MOST_EXPONENT;
}

static bool take_exponent(Scan *scan, Numeral *numeral)
{
    if (scan->at >= scan->end || (scan->text[scan->at] | 0x20) != 'e') return true;
    size_t sign = scan->at + 1;
    bool negative = sign < scan->end && scan->text[sign] == '-';
    bool signs = negative || (sign < scan->end && scan->text[sign] == '+');
    if (!is_digit(scan, sign + signs)) return true;
    scan->at = sign + signs;
    int exponent = 0;
    for (; is_digit(scan, scan->at); scan->at++) {
        exponent = exponent * 10 + (scan->text[scan->at] - '0');
        if (exponent > MOST_EXPONENT) return false;
    }
    numeral->whole = false;
    numeral->exponent += negative ? -exponent : exponent;
    return true;
}

/* Reads the numeral at SCAN, or passes over what only looks like one. */
static bool take(Scan *scan, Numeral *numeral)
{
    *numeral = (Numeral){.start = scan->at, .whole = true};
    bool negative = scan->text[scan->at] == '-';
    scan->at += negative;
    bool good =
        take_digits(scan, numeral) && take_fraction(scan, numeral) && take_exponent(scan, numeral);
    bool more = scan->at < scan->end && scan->text[scan->at] == '.' && is_digit(scan, scan->at + 1);
    if (!good || more) {
        while (is_digit(scan, scan->at) || (scan->at < scan->end && scan->text[scan->at] == '.'))
            scan->at++;
        return false;
    }
    numeral->length = scan->at - numeral->start;
    if (negative) numeral->digits = -numeral->digits;
    return true;
}

/* A minus after what is a value of its own is a difference, or the hyphen of 2-2-1. */
static bool begins_numeral(const Scan *scan, bool after_value)
{
    bool negative = scan->text[scan->at] == '-' && !after_value;
    return is_digit(scan, scan->at + negative);
}

bool numeral_next(const char *text, size_t length, size_t from, Numeral *numeral)
{
    Scan scan = {text, from, length};
    bool after_value = from > 0;
    while (scan.at < length) {
        uint32_t code;
        if (begins_numeral(&scan, after_value)) {
            if (take(&scan, numeral)) return true;
            after_value = true;
            continue;
        }
        size_t size = read_code(&scan, &code);
        if (code == '.' && is_digit(&scan, scan.at + 1)) {
            scan.at++;
            skip_digits(&scan);
        } else if (is_letter(code)) {
            skip_word(&scan);
        } else {
            scan.at += size;
        }
        after_value = code == ')' || code == ']' || code == '.' || is_letter(code);
    }
    return false;
}

/* GOT in units of 10^EXPONENT, rounded down and up. What is beyond all digits stays beyond. */
static void in_units(const Numeral *got, int exponent, int64_t *down, int64_t *up)
{
    int64_t power = 1, digits = got->digits;
    int shift = got->exponent - exponent;
    bool far = shift > MOST_DIGITS || shift < -MOST_DIGITS;
    for (int i = far ? 0 : abs(shift); i > 0; i--) power *= 10;
    if (shift > 0) {
        bool fits = !far && digits <= INT64_MAX / power && digits >= -(INT64_MAX / power);
        *down = *up = fits || !digits ? digits * power : digits > 0 ? INT64_MAX : INT64_MIN;
    } else {
        int64_t rest = far ? digits : digits % power;
        *down = *up = far ? 0 : digits / power;
        *down -= rest < 0;
        *up += rest > 0;
    }
}

double numeral_value(const Numeral *numeral)
{
    return (double)numeral->digits * pow(10, numeral->exponent);
}

/* What is as far away as it may be must not fail by the last bit of a double. */
static bool is_near(double want, double got, double tolerance)
{
    double reach = tolerance * fmax(1, fabs(want));
    return fabs(got - want) <= reach + 4 * DBL_EPSILON * fmax(fabs(got), fabs(want));
}

bool numeral_match(const Numeral *want, const Numeral *got, double tolerance)
{
    if (tolerance > 0 && !(want->whole && got->whole))
        return is_near(numeral_value(want), numeral_value(got), tolerance);
    int64_t down, up, slack = want->whole ? 0 : 1;
    in_units(got, want->exponent, &down, &up);
    return down >= want->digits - slack && up <= want->digits + slack;
}
