/* A memory of spelled numbers.

   A long result repeats its numbers (an input, a weight, a loss slope) in thousands of
   formulas, and printf takes as long for one of them as everything else takes for a
   line. Direct-mapped: a number that falls on another's place takes it. */
#ifndef RENDER_NUMBER_CACHE_H
#define RENDER_NUMBER_CACHE_H

#include "base/text.h"

typedef struct NumberCache NumberCache;

NumberCache *number_cache_new(void);
void number_cache_free(NumberCache *cache);

/* Adds VALUE to TEXT as number_spell does. CACHE may be NULL: nothing is remembered. */
void number_cache_add(NumberCache *cache, Text *text, double value, int digits);

#endif
