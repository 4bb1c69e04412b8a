#include <math.h>
#include <string.h>

#include "engine/initialiser.h"

static double ones(Random *random, int fan_in, int fan_out)
{
    (void)random, (void)fan_in, (void)fan_out;
    return 1;
}

static double zeros(Random *random, int fan_in, int fan_out)
{
    (void)random, (void)fan_in, (void)fan_out;
    return 0;
}

static double uniform(Random *random, int fan_in, int fan_out)
{
    (void)fan_in, (void)fan_out;
    return random_uniform(random, -1, 1);
}

static double normal(Random *random, int fan_in, int fan_out)
{
    (void)fan_in, (void)fan_out;
    return random_normal(random, 0, 1);
}

/* Glorot and Bengio (2010), the uniform form. */
static double xavier(Random *random, int fan_in, int fan_out)
{
    double limit = sqrt(6.0 / ((double)fan_in + fan_out));
    return random_uniform(random, -limit, limit);
}

/* He et al. (2015), the normal form. */
static double he(Random *random, int fan_in, int fan_out)
{
    (void)fan_out;
    return random_normal(random, 0, sqrt(2.0 / fan_in));
}

static const Initialiser rows[] = {
    {"ones", "all 1, as in the notes", ones},
    {"zeros", "all 0: every node of a layer stays the same", zeros},
    {"uniform", "evenly spread over [-1, 1)", uniform},
    {"normal", "normal with deviation 1", normal},
    {"xavier", "uniform within ±√(6/(n_in + n_out)), for sigmoid and tanh", xavier},
    {"he", "normal with deviation √(2/n_in), for relu", he},
};

const Initialiser *initialiser_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Initialiser *initialiser_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}
