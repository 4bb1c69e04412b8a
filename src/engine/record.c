#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/record.h"

enum {
    FIRST_CAPACITY = 16,
    ENTRY_BYTES = sizeof(long) + sizeof(double) + sizeof(RecordValues *) /* in the arrays */
};

static size_t values_bytes(size_t kept)
{
    return sizeof(RecordValues) + kept * sizeof(double);
}

static void charge(const Record *record, size_t bytes)
{
    if (record->ledger) *record->ledger += bytes;
}

static void credit(const Record *record, size_t bytes)
{
    if (record->ledger) *record->ledger -= bytes;
}

static Record *new_empty(size_t kept, size_t *ledger)
{
    Record *record = memory_new(sizeof *record);
    *record = (Record){.references = 1, .ledger = ledger, .kept = kept, .stride = 1};
    charge(record, sizeof *record);
    return record;
}

Record *record_new(size_t parameters, size_t most, size_t *ledger)
{
    size_t bytes = most < RECORD_BYTES ? most : RECORD_BYTES;
    size_t point = bytes / RECORD_POINTS - ENTRY_BYTES;
    size_t kept = (point - values_bytes(0)) / sizeof(double);
    return new_empty(parameters < kept ? parameters : kept, ledger);
}

Record *record_retain(Record *record)
{
    if (record) record->references++;
    return record;
}

static RecordValues *values_new(const Record *record)
{
    size_t bytes = values_bytes(record->kept);
    RecordValues *values = memory_resize(NULL, bytes);
    values->references = 1;
    charge(record, bytes);
    return values;
}

static void values_release(const Record *record, RecordValues *values)
{
    if (--values->references) return;
    credit(record, values_bytes(record->kept));
    free(values);
}

/* Values to fill in place of VALUES: the same, or new ones if others hold them too. */
static RecordValues *values_replace(const Record *record, RecordValues *values)
{
    if (values->references == 1) return values;
    values->references--;
    return values_new(record);
}

void record_release(Record *record)
{
    if (!record || --record->references) return;
    for (int i = 0; i < record->count; i++) values_release(record, record->values[i]);
    credit(record, sizeof *record + (size_t)record->capacity * ENTRY_BYTES);
    free(record->epochs);
    free(record->losses);
    free(record->values);
    free(record);
}

static void grow(Record *record, int capacity)
{
    size_t points = (size_t)capacity;
    charge(record, (points - (size_t)record->capacity) * ENTRY_BYTES);
    record->capacity = capacity;
    record->epochs = memory_resize(record->epochs, points * sizeof *record->epochs);
    record->losses = memory_resize(record->losses, points * sizeof *record->losses);
    record->values = memory_resize(record->values, points * sizeof *record->values);
}

Record *record_own(Record *record)
{
    if (record->references == 1) return record;
    Record *copy = new_empty(record->kept, record->ledger);
    size_t points = (size_t)record->count;
    copy->stride = record->stride;
    copy->count = record->count;
    if (points) {
        grow(copy, record->capacity);
        memcpy(copy->epochs, record->epochs, points * sizeof *copy->epochs);
        memcpy(copy->losses, record->losses, points * sizeof *copy->losses);
        memcpy(copy->values, record->values, points * sizeof *copy->values);
    }
    for (size_t i = 0; i < points; i++) copy->values[i]->references++;
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
    record->values[to] = record->values[from];
}

static void thin(Record *record)
{
    int count = 0;
    record->stride *= 2;
    for (int i = 0; i < record->count; i++)
        if (on_stride(record, record->epochs[i]))
            move_point(record, count++, i);
        else
            values_release(record, record->values[i]);
    record->count = count;
}

static void make_room(Record *record)
{
    while (record->count == RECORD_POINTS) thin(record);
    if (record->count < record->capacity) return;
    grow(record, record->capacity ? record->capacity * 2 : FIRST_CAPACITY);
}

/* The index of a point to fill, the last: one more, or the one that does not stay. */
static int next_point(Record *record)
{
    int last = record->count - 1;
    if (record->count && !on_stride(record, record->epochs[last])) {
        record->values[last] = values_replace(record, record->values[last]);
        return last;
    }
    make_room(record);
    record->values[record->count] = values_new(record);
    return record->count++;
}

void record_add(Record *record, long epoch, double loss, const double *parameters)
{
    record_truncate(record, epoch - 1);
    int point = next_point(record);
    record->epochs[point] = epoch;
    record->losses[point] = loss;
    memory_copy_numbers(record->values[point]->numbers, parameters, record->kept);
}

long record_distance(const Record *record, long epoch)
{
    bool begun = record->count && epoch >= record->epochs[0];
    return begun ? record->stride - (epoch - record->epochs[0]) % record->stride : 1;
}

void record_truncate(Record *record, long epoch)
{
    while (record->count && record->epochs[record->count - 1] > epoch)
        values_release(record, record->values[--record->count]);
    if (!record->count) record->stride = 1;
}

const double *record_values(const Record *record, int point)
{
    return record->values[point]->numbers;
}

double record_value(const Record *record, int point, size_t parameter)
{
    return record_values(record, point)[parameter];
}

size_t record_bytes(const Record *record)
{
    if (!record) return 0;
    return sizeof *record + (size_t)record->capacity * ENTRY_BYTES +
           (size_t)record->count * values_bytes(record->kept);
}
