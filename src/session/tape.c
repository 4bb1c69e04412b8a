#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/tape.h"

enum { FIRST_CAPACITY = 16 };

static long place(const Checkpoint *mark)
{
    return mark->setup.course.updates;
}

Tape *tape_new(size_t *ledger)
{
    Tape *tape = memory_new(sizeof *tape);
    tape->references = 1;
    tape->ledger = ledger;
    *ledger += sizeof *tape;
    return tape;
}

Tape *tape_retain(Tape *tape)
{
    if (tape) tape->references++;
    return tape;
}

void tape_release(Tape *tape)
{
    if (!tape || --tape->references) return;
    for (int i = 0; i < tape->count; i++) checkpoint_release(tape->marks[i]);
    *tape->ledger -= sizeof *tape + (size_t)tape->capacity * sizeof *tape->marks;
    free(tape->marks);
    free(tape);
}

static void make_room(Tape *tape, int count)
{
    if (count <= tape->capacity) return;
    int capacity = tape->capacity ? tape->capacity : FIRST_CAPACITY;
    while (capacity < count) capacity *= 2;
    tape->marks = memory_resize(tape->marks, (size_t)capacity * sizeof *tape->marks);
    *tape->ledger += (size_t)(capacity - tape->capacity) * sizeof *tape->marks;
    tape->capacity = capacity;
}

Tape *tape_own(Tape *tape)
{
    if (tape->references == 1) return tape;
    Tape *copy = tape_new(tape->ledger);
    make_room(copy, tape->count);
    copy->count = tape->count;
    copy->end = tape->end;
    for (int i = 0; i < tape->count; i++) copy->marks[i] = checkpoint_retain(tape->marks[i]);
    tape_release(tape);
    return copy;
}

/* How many marks lie at most UPDATES from the beginning. */
static int count_before(const Tape *tape, long updates)
{
    int low = 0, high = tape->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (place(tape->marks[middle]) <= updates)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Checkpoint *tape_mark_before(const Tape *tape, long updates)
{
    int count = count_before(tape, updates);
    return count ? tape->marks[count - 1] : NULL;
}

const Checkpoint *tape_mark_before_event(const Tape *tape, long events)
{
    int count = tape->count;
    while (count && tape->marks[count - 1]->setup.course.events > events) count--;
    return count ? tape->marks[count - 1] : NULL;
}

const Checkpoint *tape_next_bend(const Tape *tape, long updates)
{
    int i = count_before(tape, updates);
    while (i < tape->count && !tape->marks[i]->change) i++;
    return i < tape->count ? tape->marks[i] : NULL;
}

static void drop(Tape *tape, int index)
{
    checkpoint_release(tape->marks[index]);
    tape->count--;
    memmove(tape->marks + index, tape->marks + index + 1,
            (size_t)(tape->count - index) * sizeof *tape->marks);
}

/* The mark that is missed least: neither the first, nor the last, nor a bend. 0: there is none. */
static int least_missed(const Tape *tape, long now)
{
    int least = 0;
    double smallest = INFINITY;
    for (int i = 1; i + 1 < tape->count; i++) {
        const Checkpoint *mark = tape->marks[i];
        double gap = (double)(place(tape->marks[i + 1]) - place(tape->marks[i - 1]));
        double missed = gap / (1 + fabs((double)(place(mark) - now)));
        if (mark->change || place(mark) == now || missed >= smallest) continue;
        smallest = missed;
        least = i;
    }
    return least;
}

/* Where nothing can be missed the run is forgotten: its beginning, or, where the present is the
   beginning, what comes last. */
static void forget_part(Tape *tape, long now)
{
    bool beginning = place(tape->marks[0]) != now;
    int index = beginning ? 0 : tape->count - 1;
    if (!beginning) tape->end = tape->marks[index]->setup.course.events;
    drop(tape, index);
}

static int count_bends(const Tape *tape)
{
    int bends = 0;
    for (int i = 0; i < tape->count; i++) bends += tape->marks[i]->change != NULL;
    return bends;
}

static void thin(Tape *tape, int most, long now, bool forgetful)
{
    int bends = count_bends(tape);
    while (tape->count > most || tape->count - bends > TAPE_MARKS) {
        int index = least_missed(tape, now);
        if (!index && (tape->count <= most || !forgetful)) return;
        if (index)
            drop(tape, index);
        else
            forget_part(tape, now);
    }
}

void tape_thin(Tape *tape, int most, long now)
{
    thin(tape, most, now, true);
}

void tape_add(Tape *tape, Checkpoint *mark, int most, long now)
{
    int at = count_before(tape, place(mark));
    make_room(tape, tape->count + 1);
    memmove(tape->marks + at + 1, tape->marks + at,
            (size_t)(tape->count - at) * sizeof *tape->marks);
    tape->marks[at] = mark;
    tape->count++;
    thin(tape, most, now, at == tape->count - 1);
}

void tape_cut(Tape *tape, long updates)
{
    while (tape->count && place(tape->marks[tape->count - 1]) >= updates)
        drop(tape, tape->count - 1);
}
