/* Numbers as they are written in a line of text: where they stand, and how far from each other
   they may be. Digits inside a symbol (w11^2, o11, w₁₁²), after another point (1.2.3) or by the
   dozen are no numeral: they are text. Owns nothing. */
#ifndef LESSON_NUMERAL_H
#define LESSON_NUMERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Numeral {
    size_t start, length; /* its bytes in the line, the sign included */
    bool whole;           /* written without a point and without an exponent */
    int64_t digits;       /* the value is DIGITS · 10^EXPONENT, exactly */
    int exponent;
} Numeral;

/* The next numeral of TEXT[0..LENGTH) at or after byte FROM, where the one before ended (0: the
   beginning). False when there is none. */
bool numeral_next(const char *text, size_t length, size_t from, Numeral *numeral);

/* Whether GOT is what WANT asks for.
   A whole WANT is met by the same value only, however that is written: 3 by 3.0, not by 3.1.
   A WANT with a point or an exponent lets GOT be one unit of WANT's last written digit away,
   counted in decimals: 0.3 is met by 0.2 to 0.4; 1.2e-5 has the unit 1e-6.
   TOLERANCE > 0 puts |got - want| <= tolerance · max(1, |want|) in place of both, but for two whole
   numbers: these are counts. */
bool numeral_match(const Numeral *want, const Numeral *got, double tolerance);

double numeral_value(const Numeral *numeral);

#endif
