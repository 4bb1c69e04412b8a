/* Random numbers: xoshiro256** (Blackman and Vigna, 2018), its state filled from
   the seed by splitmix64. Same seed, same numbers, on every machine. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

typedef struct Random {
    uint64_t state[4];
} Random;

void random_seed(Random *random, uint64_t seed);
uint64_t random_bits(Random *random);
double random_uniform(Random *random, double low, double high);      /* from LOW to HIGH, 53 bits */
double random_normal(Random *random, double mean, double deviation); /* Marsaglia's polar method */
uint64_t random_below(Random *random, uint64_t limit); /* in [0, LIMIT), without bias */

#endif
