#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/cycle.h"

Cycle cycle_new(size_t count)
{
    return (Cycle){.kept = memory_new(count * sizeof(double)), .count = count};
}

void cycle_release(Cycle *cycle)
{
    free(cycle->kept);
    *cycle = (Cycle){0};
}

bool cycle_returns(Cycle *cycle, const double *next)
{
    cycle->seen++;
    cycle->age++;
    if (cycle->seen > 1 && !memcmp(cycle->kept, next, cycle->count * sizeof *next)) return true;
    bool power_of_two = !(cycle->seen & (cycle->seen - 1));
    if (!power_of_two) return false;
    memory_copy_numbers(cycle->kept, next, cycle->count);
    cycle->age = 0;
    return false;
}
