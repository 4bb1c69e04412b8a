#include <string.h>

#include "base/random.h"
#include "engine/record.h"
#include "unit.h"

/* Epochs FIRST..LAST, each with its number as the loss and parameters that follow from it. */
static void add_epochs(Record *record, long first, long last)
{
    for (long epoch = first; epoch <= last; epoch++) {
        double parameters[] = {(double)epoch * 10, (double)epoch * 100};
        record_add(record, epoch, (double)epoch, parameters);
    }
}

static void check_points(const Record *record, long last)
{
    ck_assert_int_gt(record->count, 0);
    ck_assert_int_le(record->count, RECORD_POINTS);
    ck_assert_int_eq(record->epochs[0], 1);
    ck_assert_int_eq(record->epochs[record->count - 1], last);
    for (int i = 0; i < record->count; i++) {
        double epoch = (double)record->epochs[i];
        ck_assert_double_eq(record->losses[i], epoch);
        ck_assert_double_eq(record_value(record, i, 0), epoch * 10);
        ck_assert_double_eq(record_value(record, i, 1), epoch * 100);
        if (i && i < record->count - 1)
            ck_assert_int_eq(record->epochs[i] - record->epochs[i - 1], record->stride);
    }
}

START_TEST(a_short_run_is_kept_whole)
{
    Record *record = record_new(2, RECORD_BYTES, NULL);
    ck_assert_int_eq(record->count, 0);
    add_epochs(record, 1, RECORD_POINTS);
    ck_assert_int_eq(record->count, RECORD_POINTS);
    ck_assert_int_eq(record->stride, 1);
    check_points(record, RECORD_POINTS);
    record_release(record);
}
END_TEST

START_TEST(a_long_run_is_thinned_and_keeps_its_first_and_last_epoch)
{
    static const struct {
        long last, stride;
        int count;
    } runs[] = {{513, 2, 257},  {514, 2, 258},  {1023, 2, 512},     {1024, 4, 257},
                {1025, 4, 257}, {1026, 4, 258}, {100000, 256, 392}, {1000000, 2048, 490}};
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        Record *record = record_new(2, RECORD_BYTES, NULL);
        add_epochs(record, 1, runs[i].last);
        ck_assert_int_eq(record->stride, runs[i].stride);
        ck_assert_int_eq(record->count, runs[i].count);
        check_points(record, runs[i].last);
        record_release(record);
    }
}
END_TEST

START_TEST(what_is_later_is_forgotten)
{
    Record *record = record_new(2, RECORD_BYTES, NULL);
    add_epochs(record, 1, 3000);
    record_truncate(record, 2000);
    ck_assert_int_le(record->epochs[record->count - 1], 2000);
    ck_assert_int_gt(record->epochs[record->count - 1], 2000 - record->stride);
    add_epochs(record, 2001, 2010);
    check_points(record, 2010);
    record_truncate(record, 0);
    ck_assert_int_eq(record->count, 0);
    add_epochs(record, 1, 3);
    ck_assert_int_eq(record->count, 3);
    check_points(record, 3);
    record_release(record);
}
END_TEST

START_TEST(an_epoch_that_ends_again_replaces_what_was_known_of_it)
{
    Record *record = record_new(2, RECORD_BYTES, NULL);
    add_epochs(record, 1, 10);
    record_add(record, 4, -4, (double[]){-40, -400});
    ck_assert_int_eq(record->count, 4);
    ck_assert_int_eq(record->epochs[3], 4);
    ck_assert_double_eq(record->losses[3], -4);
    ck_assert_double_eq(record_value(record, 3, 1), -400);
    record_release(record);
}
END_TEST

/* Then nothing that is recorded will stay. */
START_TEST(before_the_first_epoch_of_a_record_the_next_one_is_kept)
{
    Record *record = record_new(2, RECORD_BYTES, NULL);
    add_epochs(record, 101, 2000);
    ck_assert_int_eq(record->stride, 4);
    ck_assert_int_eq(record_distance(record, 0), 1);
    ck_assert_int_eq(record_distance(record, 99), 1);
    ck_assert_int_eq(record_distance(record, 100), 1);
    ck_assert_int_eq(record_distance(record, 101), 4);
    ck_assert_int_eq(record_distance(record, 2000), 1);
    record_release(record);
}
END_TEST

START_TEST(a_record_that_others_hold_is_copied_before_it_is_written)
{
    Record *old = record_new(2, RECORD_BYTES, NULL), *record;
    ck_assert_ptr_eq(record_own(old), old);
    add_epochs(old, 1, 600);
    record_retain(old);
    record = record_own(old);
    ck_assert_ptr_ne(record, old);
    ck_assert_int_eq(old->references, 1);
    ck_assert_int_eq(record->references, 1);
    add_epochs(record, 601, 700);
    check_points(old, 600);
    check_points(record, 700);
    record_release(old);
    record_release(record);
    record_release(NULL);
    ck_assert_ptr_null(record_retain(NULL));
}
END_TEST

START_TEST(an_empty_record_is_copied_too)
{
    Record *old = record_retain(record_new(2, RECORD_BYTES, NULL)), *record = record_own(old);
    ck_assert_ptr_ne(record, old);
    add_epochs(record, 1, 40);
    check_points(record, 40);
    ck_assert_int_eq(old->count, 0);
    record_release(old);
    record_release(record);
}
END_TEST

START_TEST(a_record_of_a_large_network_stays_within_its_bytes)
{
    enum { PARAMETERS = 101770 };
    size_t bytes = 0;
    double *parameters = calloc(PARAMETERS, sizeof *parameters);
    Record *record = record_new(PARAMETERS, SIZE_MAX, &bytes);
    ck_assert_uint_gt(record->kept, 2000);
    for (long epoch = 1; epoch <= 600; epoch++) {
        parameters[record->kept - 1] = (double)epoch;
        record_add(record, epoch, 0, parameters);
        ck_assert_uint_le(bytes, RECORD_BYTES + sizeof *record);
    }
    ck_assert_double_eq(record_value(record, record->count - 1, record->kept - 1), 600);
    record_release(record);
    ck_assert_uint_eq(bytes, 0);
    free(parameters);
}
END_TEST

/* After epoch 600 it holds the odd ones and the last. */
START_TEST(a_copy_shares_its_points_until_the_last_is_replaced)
{
    Record *old = record_new(2, RECORD_BYTES, NULL);
    add_epochs(old, 1, 600);
    Record *record = record_own(record_retain(old));
    int last = old->count - 1;
    for (int i = 0; i <= last; i++) ck_assert_ptr_eq(record->values[i], old->values[i]);
    add_epochs(record, 601, 601);
    ck_assert_int_eq(record->count, old->count);
    ck_assert_ptr_eq(record->values[last - 1], old->values[last - 1]);
    ck_assert_ptr_ne(record->values[last], old->values[last]);
    add_epochs(record, 602, 602);
    const RecordValues *alone = record->values[last + 1];
    add_epochs(record, 603, 603);
    ck_assert_ptr_eq(record->values[last + 1], alone);
    check_points(old, 600);
    check_points(record, 603);
    record_release(old);
    record_release(record);
}
END_TEST

/* Random runs. Every epoch of each has a loss of its own, and parameters that follow from it. */

enum { LONGEST = 20000, RUNS = 12 };

/* What is known of a run: all of its losses, and its record. */
typedef struct Run {
    long first, last;
    double losses[LONGEST + 1]; /* of epochs [first, last] */
    Record *record;
} Run;

static void add_epoch(Record *record, long epoch, double loss)
{
    record_add(record, epoch, loss, (double[]){-loss, loss * (double)epoch});
}

static bool is_point(const Record *record, int point, long epoch, double loss)
{
    const double *values = record_values(record, point);
    return record->epochs[point] == epoch && record->losses[point] == loss && values[0] == -loss &&
           values[1] == loss * (double)epoch;
}

/* There is to be every STRIDE-th epoch, and the last: STRIDE the least power of two with which
   they fit. */
static bool is_record_of(const Run *run)
{
    const Record *record = run->record;
    long stride = 1, epoch = run->first, length = run->last - run->first;
    while (length > (RECORD_POINTS - 1) * stride) stride *= 2;
    if (record->stride != stride || record->count != (length + stride - 1) / stride + 1)
        return false;
    for (int i = 0; i < record->count; i++) {
        if (!is_point(record, i, epoch, run->losses[epoch])) return false;
        epoch = epoch + stride < run->last ? epoch + stride : run->last;
    }
    return true;
}

/* How far to go from EPOCH on, at most MOST: to the next epoch that is kept, or not so far. */
static long random_stride(const Record *record, long epoch, long most, Random *random)
{
    long distance = record_distance(record, epoch);
    ck_assert_int_ge(distance, 1);
    if (!random_below(random, 4)) distance = 1 + (long)random_below(random, (uint64_t)distance);
    return distance < most ? distance : most;
}

/* Goes on to epoch LAST: one by one, or by strides. */
static void run_on(Run *run, long last, Random *random)
{
    bool whole = random_below(random, 2);
    while (run->last < last) {
        run->record = record_own(run->record);
        long stride = random_stride(run->record, run->last, last - run->last, random);
        for (long i = whole ? 1 : stride; i > 0; i--)
            run->losses[++run->last] = random_uniform(random, 0, 1);
        add_epoch(run->record, run->last, run->losses[run->last]);
    }
}

static void run_begin(Run *run, size_t *ledger, Random *random)
{
    record_release(run->record);
    run->record = record_new(2, RECORD_BYTES, ledger);
    run->first = 1 + (long)random_below(random, 3);
    run->last = run->first - 1;
    run_on(run, run->first + (long)random_below(random, 1500), random);
}

/* RUN becomes another one from where OTHER stands. */
static void run_branch(Run *run, const Run *other)
{
    Record *record = record_retain(other->record);
    record_release(run->record);
    *run = *other;
    run->record = record;
}

typedef struct Piece {
    const void *at;
    size_t bytes;
} Piece;

static int compare_pieces(const void *a, const void *b)
{
    const char *first = ((const Piece *)a)->at, *second = ((const Piece *)b)->at;
    return (first > second) - (first < second);
}

/* The bytes of all the RUNS' records, what they share counted once. */
static size_t count_bytes(const Run *runs)
{
    static Piece pieces[RUNS * (RECORD_POINTS + 1)];
    size_t count = 0, bytes = 0;
    for (int i = 0; i < RUNS; i++) {
        const Record *record = runs[i].record;
        size_t entry = sizeof *record->epochs + sizeof *record->losses + sizeof *record->values;
        pieces[count++] = (Piece){record, sizeof *record + (size_t)record->capacity * entry};
        for (int j = 0; j < record->count; j++)
            pieces[count++] = (Piece){record->values[j], sizeof(RecordValues) + 2 * sizeof(double)};
    }
    qsort(pieces, count, sizeof *pieces, compare_pieces);
    for (size_t i = 0; i < count; i++)
        if (!i || pieces[i].at != pieces[i - 1].at) bytes += pieces[i].bytes;
    return bytes;
}

START_TEST(runs_that_share_their_past_have_the_points_and_bytes_that_they_should)
{
    Run *runs = calloc(RUNS, sizeof *runs);
    Random random;
    size_t ledger = 0;
    random_seed(&random, 1);
    for (int i = 0; i < RUNS; i++) run_begin(&runs[i], &ledger, &random);
    for (int move = 0; move < 400; move++) {
        Run *run = &runs[random_below(&random, RUNS)], *other = &runs[random_below(&random, RUNS)];
        uint64_t most = random_below(&random, 2) ? 20 : 4000;
        if (random_below(&random, 2)) run_branch(run, other);
        long last = run->last + (long)random_below(&random, most);
        if (last <= LONGEST)
            run_on(run, last, &random);
        else
            run_begin(run, &ledger, &random);
        for (int i = 0; i < RUNS; i++) ck_assert(is_record_of(&runs[i]));
        ck_assert_uint_eq(ledger, count_bytes(runs));
    }
    for (int i = 0; i < RUNS; i++) record_release(runs[i].record);
    ck_assert_uint_eq(ledger, 0);
    free(runs);
}
END_TEST

static bool same_points(const Record *a, const Record *b)
{
    size_t count = (size_t)a->count;
    if (a->stride != b->stride || a->count != b->count) return false;
    for (int i = 0; i < a->count; i++)
        if (memcmp(record_values(a, i), record_values(b, i), 2 * sizeof(double))) return false;
    return !memcmp(a->epochs, b->epochs, count * sizeof *a->epochs) &&
           !memcmp(a->losses, b->losses, count * sizeof *a->losses);
}

/* COUNT epochs after EPOCH end: each is added to WHOLE, and to STRIDES some of them. */
static void add_to_both(Record *whole, Record *strides, long epoch, long count, Random *random)
{
    while (count) {
        long stride = random_stride(strides, epoch, count, random);
        double loss = 0;
        count -= stride;
        for (; stride; stride--) {
            loss = random_uniform(random, 0, 1);
            add_epoch(whole, ++epoch, loss);
        }
        add_epoch(strides, epoch, loss);
        ck_assert(same_points(whole, strides));
    }
}

/* The count of epochs can be set: then the next is anywhere before or after what is recorded. */
START_TEST(epochs_that_are_not_added_do_not_matter_even_where_the_count_is_set)
{
    Random random;
    random_seed(&random, 2);
    for (int trial = 0; trial < 60; trial++) {
        Record *whole = record_new(2, RECORD_BYTES, NULL),
               *strides = record_new(2, RECORD_BYTES, NULL);
        long epoch = (long)random_below(&random, 1000);
        for (int move = 0; move < 30; move++) {
            long count = 1 + (long)random_below(&random, random_below(&random, 2) ? 10 : 3000);
            add_to_both(whole, strides, epoch, count, &random);
            epoch = random_below(&random, 3) ? epoch + count : (long)random_below(&random, 3000);
        }
        record_release(whole);
        record_release(strides);
    }
}
END_TEST

UNIT("record", a_short_run_is_kept_whole, a_long_run_is_thinned_and_keeps_its_first_and_last_epoch,
     what_is_later_is_forgotten, an_epoch_that_ends_again_replaces_what_was_known_of_it,
     before_the_first_epoch_of_a_record_the_next_one_is_kept,
     a_record_that_others_hold_is_copied_before_it_is_written, an_empty_record_is_copied_too,
     a_record_of_a_large_network_stays_within_its_bytes,
     a_copy_shares_its_points_until_the_last_is_replaced,
     runs_that_share_their_past_have_the_points_and_bytes_that_they_should,
     epochs_that_are_not_added_do_not_matter_even_where_the_count_is_set)
