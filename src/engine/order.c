#include "engine/order.h"

void order_straight(size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) order[i] = i;
}

void order_shuffle(size_t *order, size_t count, Random *random)
{
    order_straight(order, count);
    for (size_t left = count; left > 1; left--) {
        size_t chosen = (size_t)random_below(random, left), last = order[left - 1];
        order[left - 1] = order[chosen];
        order[chosen] = last;
    }
}
