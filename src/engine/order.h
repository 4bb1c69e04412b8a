/* The order in which an epoch takes the rows.

   It follows from the generator's state at the epoch's start and from nothing else, so
   an epoch can be gone through again. */
#ifndef ENGINE_ORDER_H
#define ENGINE_ORDER_H

#include <stddef.h>

#include "base/random.h"

/* ORDER[COUNT] becomes 0, 1, 2, ... */
void order_straight(size_t *order, size_t count);

/* ORDER[COUNT] becomes one of the orders of 0 to COUNT - 1, each as likely as any other,
   whatever it was before: the shuffle of Fisher and Yates as Durstenfeld (1964) has it, from
   the end. Advances RANDOM. */
void order_shuffle(size_t *order, size_t count, Random *random);

#endif
