#include "unit.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"

static void check_spelling(double value, int digits, const char *want)
{
    char out[NUMBER_SIZE];
    int length = number_spell(out, value, digits);
    ck_assert_str_eq(out, want);
    ck_assert_int_eq(length, (int)strlen(want));
}

START_TEST(numbers_are_spelled_with_so_many_digits)
{
    check_spelling(0, 6, "0");
    check_spelling(-0.0, 6, "-0");
    check_spelling(29929, 6, "29929");
    check_spelling(-3043.8, 6, "-3043.8");
    check_spelling(1.0 / 3, 6, "0.333333");
    check_spelling(1234567, 6, "1.23457e+06");
    check_spelling(999999, 6, "999999");
    check_spelling(123456, 3, "1.23e+05");
    check_spelling(2, 1, "2");
    check_spelling(NAN, 6, "nan");
    check_spelling(INFINITY, 6, "inf");
    check_spelling(-INFINITY, 6, "-inf");
}
END_TEST

START_TEST(the_shortest_spelling_reads_back_equal)
{
    check_spelling(0.1, 0, "0.1");
    check_spelling(0.19359999999999997, 0, "0.19359999999999997");
    check_spelling(5e-324, 0, "5e-324");
    check_spelling(1e15, 0, "1e+15");
    check_spelling(999999999999999, 0, "999999999999999");
    check_spelling(-7, 0, "-7");
}
END_TEST

/* Any bits at all. */
START_TEST(every_double_survives_a_round_trip)
{
    Random random;
    random_seed(&random, 5);
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = random_bits(&random);
        double value, back;
        char out[NUMBER_SIZE], fixed[64];
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        number_spell(out, value, 0);
        ck_assert_msg(number_read(out, &back) && back == value, "%s", out);
        snprintf(fixed, sizeof fixed, "%.16e", value);
        ck_assert_msg(strlen(out) <= strlen(fixed), "%s is longer than %s", out, fixed);
    }
}
END_TEST

START_TEST(numbers_are_read_whole_or_not_at_all)
{
    static const char *const good[] = {"1", "-1.5", "+2", ".5", "1e3", "1e-3", "inf", "-inf"};
    static const char *const bad[] = {"",   "-",  ".",    "abc",      "1,5",
                                      "1 ", " 1", "0x10", "infinite", "--1"};
    double value;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert_msg(number_read(good[i], &value), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!number_read(bad[i], &value), "%s", bad[i]);
    ck_assert_uint_eq(number_scan("80 8", &value), 2);
    ck_assert_double_eq(value, 80);
    ck_assert_uint_eq(number_scan("0x10", &value), 1);
    ck_assert(number_read("nan", &value) && isnan(value));
}
END_TEST

START_TEST(integers_have_bounds)
{
    long value;
    ck_assert(number_read_integer("17", 1, 20, &value) && value == 17);
    ck_assert(number_read_integer("-3", -5, 5, &value) && value == -3);
    ck_assert(!number_read_integer("21", 1, 20, &value));
    ck_assert(!number_read_integer("0", 1, 20, &value));
    ck_assert(!number_read_integer("1.5", 1, 20, &value));
    ck_assert(!number_read_integer(" 1", 1, 20, &value));
    ck_assert(!number_read_integer("99999999999999999999", 1, 20, &value));
}
END_TEST

START_TEST(the_first_number_that_is_not_finite_is_found)
{
    static const double broken[] = {INFINITY, -INFINITY, NAN, -NAN};
    static const double sound[] = {0, -0.0, DBL_MAX, -DBL_MAX, DBL_MIN, 4.9e-324, 1, -1.5};
    enum { COUNT = 3000, KINDS = sizeof sound / sizeof sound[0] };
    double numbers[COUNT];
    for (size_t i = 0; i < COUNT; i++) numbers[i] = sound[i % KINDS];
    ck_assert_uint_eq(number_first_broken(numbers, 0), 0);
    ck_assert_uint_eq(number_first_broken(numbers, 5), 5);
    ck_assert_uint_eq(number_first_broken(numbers, COUNT), COUNT);
    numbers[COUNT - 1] = NAN;
    for (size_t at = 0; at < COUNT - 1; at += 7) {
        numbers[at] = broken[at % 4];
        ck_assert_uint_eq(number_first_broken(numbers, COUNT), at);
        ck_assert_uint_eq(number_first_broken(numbers, at), at);
        numbers[at] = sound[at % KINDS];
    }
    ck_assert_uint_eq(number_first_broken(numbers, COUNT), COUNT - 1);
}
END_TEST

START_TEST(a_norm_is_the_root_of_the_sum_of_squares)
{
    static const double numbers[] = {3, -4, 12, 1e300, 0, INFINITY, NAN};
    ck_assert(number_norm(numbers, 0) == 0);
    ck_assert(number_norm(numbers, 2) == 5);
    ck_assert(number_norm(numbers, 3) == 13);
    ck_assert(number_norm(numbers, 5) == 1e300);
    ck_assert(number_norm(numbers, 6) == INFINITY);
    ck_assert(isnan(number_norm(numbers, 7)));
    ck_assert(isnan(number_norm(numbers + 6, 1)));
}
END_TEST

UNIT("number", numbers_are_spelled_with_so_many_digits, the_shortest_spelling_reads_back_equal,
     every_double_survives_a_round_trip, numbers_are_read_whole_or_not_at_all, integers_have_bounds,
     the_first_number_that_is_not_finite_is_found, a_norm_is_the_root_of_the_sum_of_squares)
