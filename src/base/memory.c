#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void *memory_new(size_t size)
{
    void *block = calloc(1, size ? size : 1);
    if (!block) abort();
    return block;
}

void *memory_resize(void *block, size_t size)
{
    block = realloc(block, size ? size : 1);
    if (!block) abort();
    return block;
}

char *memory_copy(const char *string)
{
    size_t size = strlen(string) + 1;
    return memcpy(memory_new(size), string, size);
}

void memory_copy_numbers(double *to, const double *from, size_t count)
{
    if (count) memcpy(to, from, count * sizeof *to);
}
