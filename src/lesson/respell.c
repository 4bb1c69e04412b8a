#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "lesson/match.h"
#include "lesson/respell.h"

static bool has_exponent(const char *line, const Numeral *numeral)
{
    const char *bytes = line + numeral->start;
    return memchr(bytes, 'e', numeral->length) || memchr(bytes, 'E', numeral->length);
}

/* Digits after the zeros at the beginning. */
static int significant_digits(const Numeral *numeral)
{
    int count = 1;
    for (int64_t rest = numeral->digits / 10; rest; rest /= 10) count++;
    return count;
}

/* As many decimals as WANT has; of a small number as many as show as many digits. */
static int decimals_for(const Numeral *want, double value)
{
    int decimals = -want->exponent;
    if (value == 0) return decimals;
    int first = (int)floor(log10(fabs(value)));
    int shown = significant_digits(want) - 1 - first;
    return shown > decimals ? shown : decimals;
}

static void add_bytes_of(Text *text, const char *line, const Numeral *numeral)
{
    text_add_bytes(text, line + numeral->start, numeral->length);
}

static void add_number(Text *text, const char *want_line, const char *got_line,
                       const NumeralPair *pair)
{
    const Numeral *want = &pair->want, *got = &pair->got;
    char spelled[NUMBER_SIZE];
    double value = numeral_value(got);
    bool scientific = has_exponent(want_line, want) || has_exponent(got_line, got);
    int digits = significant_digits(want), decimals = decimals_for(want, value);
    if (want->whole) {
        add_bytes_of(text, got_line, got);
    } else if (scientific && digits < significant_digits(got)) {
        number_spell(spelled, value, digits < 17 ? digits : 17);
        text_add(text, spelled);
    } else if (!scientific && decimals < -got->exponent) {
        text_print(text, "%.*f", decimals, value);
    } else {
        add_bytes_of(text, got_line, got);
    }
}

static void add_respelled(Text *text, const char *want, const char *got, const NumeralPairs *pairs,
                          double tolerance)
{
    size_t copied = 0;
    for (int i = 0; i < pairs->count; i++) {
        const NumeralPair *pair = &pairs->items[i];
        text_add_bytes(text, want + copied, pair->want.start - copied);
        if (numeral_match(&pair->want, &pair->got, tolerance))
            add_bytes_of(text, want, &pair->want);
        else
            add_number(text, want, got, pair);
        copied = pair->want.start + pair->want.length;
    }
    text_add(text, want + copied);
}

void respell_line(Text *text, const char *want, const char *got, double tolerance)
{
    NumeralPairs pairs;
    Text line = {0};
    if (match_shape(want, got, &pairs)) add_respelled(&line, want, got, &pairs, tolerance);
    free(pairs.items);
    bool good = line.length && match_line(line.bytes, got, tolerance);
    text_add(text, good ? line.bytes : got);
    text_release(&line);
}
