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

/* Of closed classes: the one that is the same number, differently spelled. */
static int find_number(const Classes *classes, const char *name)
{
    double number, other;
    if (!number_read(name, &number)) return -1;
    for (int i = 0; i < classes->count; i++)
        if (number_read(classes->all[i].name, &other) && number == other)
            return classes->all[i].code;
    return -1;
}

int classes_code(Classes *classes, const char *name)
{
    int at = find(classes, name);
    Class *class = &classes->all[at];
    if (at < classes->count && !strcmp(class->name, name)) return class->code;
    if (classes->closed) return find_number(classes, name);
    if (classes->count == DATASET_CLASS_LIMIT) return -1;
    memmove(class + 1, class, (size_t)(classes->count - at) * sizeof *class);
    *class = (Class){memory_copy(name), 0, classes->count};
    return classes->count++;
}

void classes_adopt(Classes *classes, const Dataset *data)
{
    int count;
    char *const *names = dataset_class_names(data, &count);
    for (int i = 0; i < count; i++) classes_code(classes, names[i]);
    classes->closed = true;
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

static int by_appearance(const void *a, const void *b)
{
    const Class *left = a, *right = b;
    return left->code - right->code;
}

void classes_rank(Classes *classes, Coding coding, Ranking *ranking)
{
    bool numbers = !classes->closed && read_numbers(classes);
    if (numbers || classes->closed || coding == CODING_SIGNS)
        qsort(classes->all, (size_t)classes->count, sizeof *classes->all,
              numbers ? by_number : by_appearance);
    ranking->count = 0;
    for (int i = 0; i < classes->count; i++) {
        const Class *class = &classes->all[i];
        if (!numbers || i == 0 || class->number != class[-1].number)
            ranking->names[ranking->count++] = class->name;
        ranking->ranks[class->code] = ranking->count - 1;
    }
}

void classes_release(Classes *classes)
{
    for (int i = 0; i < classes->count; i++) free(classes->all[i].name);
    classes->count = 0;
}
