#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/record.h"

enum { FIRST_CAPACITY = 16 };

static size_t point_bytes(size_t kept)
{
    return sizeof(long) + sizeof(double) * (1 + kept);
}

Record *record_new(size_t parameters)
{
    size_t most = (RECORD_BYTES / RECORD_POINTS - point_bytes(0)) / sizeof(double);
    Record *record = memory_new(sizeof *record);
    record->references = 1;
    record->kept = parameters < most ? parameters : most;
    record->stride = 1;
    return record;
}

Record *record_retain(Record *record)
{
    if (record) record->references++;
    return record;
}

void record_release(Record *record)
{
    if (!record || --record->references) return;
    free(record->epochs);
    free(record->losses);
    free(record->values);
    free(record);
}

static void resize(Record *record, int capacity)
{
    size_t points = (size_t)capacity;
    record->capacity = capacity;
    record->epochs = memory_resize(record->epochs, points * sizeof *record->epochs);
    record->losses = memory_resize(record->losses, points * sizeof *record->losses);
    record->values = memory_resize(record->values, points * record->kept * sizeof(double));
}

Record *record_own(Record *record)
{
    if (record->references == 1) return record;
    Record *copy = memory_new(sizeof *copy);
    size_t points = (size_t)record->count;
    *copy = (Record){
        .references = 1, .kept = record->kept, .stride = record->stride, .count = record->count};
    if (points) {
        resize(copy, record->capacity);
        memcpy(copy->epochs, record->epochs, points * sizeof *copy->epochs);
        memcpy(copy->losses, record->losses, points * sizeof *copy->losses);
        memcpy(copy->values, record->values, points * record->kept * sizeof *copy->values);
    }
    record_release(record);
    return copy;
}

/* The last point stays where it is only if its epoch is one of every `stride`. */
static bool on_stride(const Record *record, long epoch)
{
    return (epoch - record->epochs[0]) % record->stride == 0;
}

static void move_point(Record *record, int to, int from)
{
    record->epochs[to] = record->epochs[from];
    record->losses[to] = record->losses[from];
    memmove(record->values + (size_t)to * record->kept,
            record->values + (size_t)from * record->kept, record->kept * sizeof(double));
}

static void thin(Record *record)
{
    int count = 0;
    record->stride *= 2;
    for (int i = 0; i < record->count; i++)
        if (on_stride(record, record->epochs[i])) move_point(record, count++, i);
    record->count = count;
}

static void make_room(Record *record)
{
    while (record->count == RECORD_POINTS) thin(record);
    if (record->count < record->capacity) return;
    resize(record, record->capacity ? record->capacity * 2 : FIRST_CAPACITY);
}

void record_add(Record *record, long epoch, double loss, const double *parameters)
{
    record_truncate(record, epoch - 1);
    bool replace = record->count && !on_stride(record, record->epochs[record->count - 1]);
    if (!replace) {
        make_room(record);
        record->count++;
    }
    int last = record->count - 1;
    record->epochs[last] = epoch;
    record->losses[last] = loss;
    memory_copy_numbers(record->values + (size_t)last * record->kept, parameters, record->kept);
}

long record_distance(const Record *record, long epoch)
{
    bool begun = record->count && epoch >= record->epochs[0];
    return begun ? record->stride - (epoch - record->epochs[0]) % record->stride : 1;
}

void record_truncate(Record *record, long epoch)
{
    while (record->count && record->epochs[record->count - 1] > epoch) record->count--;
    if (!record->count) record->stride = 1;
}

double record_value(const Record *record, int point, size_t parameter)
{
    return record->values[(size_t)point * record->kept + parameter];
}

size_t record_bytes(const Record *record)
{
    return record ? sizeof *record + (size_t)record->capacity * point_bytes(record->kept) : 0;
}
