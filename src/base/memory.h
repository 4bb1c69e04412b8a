/* Allocation that cannot fail, for small things.

   Anything whose size the user chose (a network, a file) is checked against a
   limit and reported as an Error before it gets here; running out of memory on
   what is left is not a state worth carrying on from. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t size);                 /* zeroed; aborts when there is none */
void *memory_resize(void *block, size_t size); /* as realloc; aborts when there is none */
char *memory_copy(const char *string);         /* a copy of STRING, to be freed */

/* memcpy of COUNT doubles that is content with NULL and nothing to copy. */
void memory_copy_numbers(double *to, const double *from, size_t count);

#endif
