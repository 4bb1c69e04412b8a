#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "engine/dataset_classes.h"

/* The first class whose name does not come before NAME. */
static int find(const Classes *classes, const char *name)
{
    int low = 0, high = classes->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (strcmp(classes->all[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int classes_code(Classes *classes, const char *name)
{
    int at = find(classes, name);
    Class *class = &classes->all[at];
    if (at < classes->count && !strcmp(class->name, name)) return class->code;
    if (classes->count == DATASET_CLASS_LIMIT) return -1;
    memmove(class + 1, class, (size_t)(classes->count - at) * sizeof *class);
    *class = (Class){memory_copy(name), 0, classes->count};
    return classes->count++;
}

static bool read_numbers(Classes *classes)
{
    for (int i = 0; i < classes->count; i++) {
        Class *class = &classes->all[i];
        if (!number_read(class->name, &class->number) || !isfinite(class->number)) return false;
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    const Class *left = a, *right = b;
    if (left->number != right->number) return left->number < right->number ? -1 : 1;
    return strcmp(left->name, right->name);
}

int classes_rank(Classes *classes, int *ranks, const char **names)
{
    bool numbers = read_numbers(classes);
    if (numbers) qsort(classes->all, (size_t)classes->count, sizeof *classes->all, by_number);
    int count = 0;
    for (int i = 0; i < classes->count; i++) {
        const Class *class = &classes->all[i];
        if (!numbers || i == 0 || class->number != class[-1].number) names[count++] = class->name;
        ranks[class->code] = count - 1;
    }
    return count;
}

void classes_release(Classes *classes)
{
    for (int i = 0; i < classes->count; i++) free(classes->all[i].name);
    classes->count = 0;
}
