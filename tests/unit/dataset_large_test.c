#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/dataset.h"

enum { ROWS = 1000000 };

/* A sanitizer's own memory would be counted as ours. */
#ifdef __SANITIZE_ADDRESS__
static const bool sanitized = true;
#else
static const bool sanitized = false;
#endif

static char path[] = "build/backprop-large-XXXXXX";

/* a, b, y = i, i / 4, a - 2 b: sums that are known. */
static void write_rows(int spoilt)
{
    strcpy(path + strlen(path) - 6, "XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs("a,b,y\n", file);
    for (int i = 0; i < ROWS; i++) {
        if (i == spoilt)
            fprintf(file, "%d,oops,%d\n", i, i);
        else
            fprintf(file, "%d,%d.%02d,%d.%d\n", i, i / 4, i % 4 * 25, i - i / 2 - i % 2, i % 2 * 5);
    }
    fclose(file);
}

static long peak_kibibytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

START_TEST(a_million_rows_are_loaded)
{
    write_rows(-1);
    long before = peak_kibibytes();
    Error err;
    Dataset *data = dataset_load(path, &(DatasetOptions){.header = HEADER_GUESS}, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    ck_assert_uint_eq(data->rows, ROWS);
    double sum = 0;
    for (size_t row = 0; row < ROWS; row++) {
        const double *x = dataset_inputs(data, row);
        ck_assert_double_eq(dataset_targets(data, row)[0], x[0] - 2 * x[1]);
        sum += x[0];
    }
    ck_assert_double_eq(sum, 499999500000.0);
    if (!sanitized)
        ck_assert_int_le(peak_kibibytes() - before, (long)ROWS * 3 * 8 / 1024 * 13 / 10);
    dataset_release(data);
    unlink(path);
}
END_TEST

START_TEST(one_bad_field_in_a_million_rows_is_found)
{
    write_rows(ROWS - 2);
    Error err;
    ck_assert_ptr_null(dataset_load(path, &(DatasetOptions){.header = HEADER_GUESS}, &err));
    ck_assert_ptr_nonnull(strstr(err.message, ":1000000: column 2 (b): \"oops\" is not a number"));
    unlink(path);
}
END_TEST

UNIT("dataset_large", a_million_rows_are_loaded, one_bad_field_in_a_million_rows_is_found)
