#include <math.h>

#include "base/random.h"

static uint64_t splitmix(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void random_seed(Random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) random->state[i] = splitmix(&seed);
}

static uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

uint64_t random_bits(Random *random)
{
    uint64_t *s = random->state, result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double random_uniform(Random *random, double low, double high)
{
    double unit = (double)(random_bits(random) >> 11) * 0x1p-53;
    return low + (high - low) * unit;
}

double random_normal(Random *random, double mean, double deviation)
{
    /* The pair's second number is dropped: keeping it would be state that a seed does not show. */
    for (;;) {
        double u = random_uniform(random, -1, 1), v = random_uniform(random, -1, 1);
        double s = u * u + v * v;
        if (s > 0 && s < 1) return mean + deviation * u * sqrt(-2 * log(s) / s);
    }
}

uint64_t random_below(Random *random, uint64_t limit)
{
    uint64_t unfair = -limit % limit, bits;
    do bits = random_bits(random);
    while (bits < unfair);
    return bits % limit;
}
