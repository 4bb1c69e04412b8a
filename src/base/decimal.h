/* Decimals: numbers rounded as people round them, by their decimal digits. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

enum { DECIMALS_MOST = 15, DECIMAL_SIZE = 40 /* bytes that hold any spelling, its NUL included */ };

/* VALUE rounded to DECIMALS (0..DECIMALS_MOST) digits after the point, a half away from zero. What
   is rounded are the fewest digits that read back as VALUE: 0.00015, which as a double is a little
   less, becomes 0.0002. There is no -0; what is not finite stays. */
double decimal_round(double value, int decimals);

/* The same for what came of a few sums and products of decimals, as (0.3 + 0.15)/2: what would be a
   half, were it not for the error of doubles, counts as one. */
double decimal_round_computed(double value, int decimals);

/* Spells VALUE rounded, with DECIMALS digits after the point; a whole number without any, and with
   as many as it takes where a double has no more. */
void decimal_spell(char out[DECIMAL_SIZE], double value, int decimals);

#endif
