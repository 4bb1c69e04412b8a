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
    Record *record = record_new(2);
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
        Record *record = record_new(2);
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
    Record *record = record_new(2);
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
    Record *record = record_new(2);
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
    Record *record = record_new(2);
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
    Record *old = record_new(2), *record;
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
    Record *old = record_retain(record_new(2)), *record = record_own(old);
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
    double *parameters = calloc(PARAMETERS, sizeof *parameters);
    Record *record = record_new(PARAMETERS);
    ck_assert_uint_gt(record->kept, 2000);
    for (long epoch = 1; epoch <= 600; epoch++) {
        parameters[record->kept - 1] = (double)epoch;
        record_add(record, epoch, 0, parameters);
        ck_assert_uint_le(record_bytes(record), RECORD_BYTES + sizeof *record);
    }
    ck_assert_double_eq(record_value(record, record->count - 1, record->kept - 1), 600);
    ck_assert_uint_eq(record_bytes(NULL), 0);
    record_release(record);
    free(parameters);
}
END_TEST

UNIT("record", a_short_run_is_kept_whole, a_long_run_is_thinned_and_keeps_its_first_and_last_epoch,
     what_is_later_is_forgotten, an_epoch_that_ends_again_replaces_what_was_known_of_it,
     before_the_first_epoch_of_a_record_the_next_one_is_kept,
     a_record_that_others_hold_is_copied_before_it_is_written, an_empty_record_is_copied_too,
     a_record_of_a_large_network_stays_within_its_bytes)
