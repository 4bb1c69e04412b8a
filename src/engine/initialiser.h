/* Initialisers: starting weights, one row each, in initialiser.c. */
#ifndef ENGINE_INITIALISER_H
#define ENGINE_INITIALISER_H

#include <stddef.h>

#include "base/random.h"

typedef struct Initialiser {
    const char *name, *summary;
    /* Draws one weight of a layer with FAN_IN nodes before it and FAN_OUT nodes in it. */
    double (*draw)(Random *random, int fan_in, int fan_out);
} Initialiser;

const Initialiser *initialiser_row(size_t index); /* NULL past the last */
const Initialiser *initialiser_find(const char *name);

#endif
