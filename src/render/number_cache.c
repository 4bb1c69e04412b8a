#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "render/number_cache.h"

enum { PLACE_BITS = 12 };

typedef struct Place {
    uint64_t bits;
    int digits;
    int length; /* 0: nobody lives here */
    char spelled[NUMBER_SIZE];
} Place;

struct NumberCache {
    Place places[1 << PLACE_BITS];
};

NumberCache *number_cache_new(void)
{
    return memory_new(sizeof(NumberCache));
}

void number_cache_free(NumberCache *cache)
{
    free(cache);
}

/* Fibonacci hashing: integers differ only in their highest bits, sums in all of them. */
static Place *place_of(NumberCache *cache, uint64_t bits)
{
    uint64_t hash = (bits ^ bits >> 32) * 0x9e3779b97f4a7c15u;
    return &cache->places[hash >> (64 - PLACE_BITS)];
}

void number_cache_add(NumberCache *cache, Text *text, double value, int digits)
{
    Place alone = {0};
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    Place *place = cache ? place_of(cache, bits) : &alone;
    if (!place->length || place->bits != bits || place->digits != digits) {
        place->bits = bits;
        place->digits = digits;
        place->length = number_spell(place->spelled, value, digits);
    }
    text_add_bytes(text, place->spelled, (size_t)place->length);
}
