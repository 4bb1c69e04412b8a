#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/axis.h"
#include "unit.h"

/* The labels of AXIS, with blanks between. */
static void check_labels(const Axis *axis, const char *want)
{
    char label[NUMBER_SIZE];
    Text labels = {0};
    for (int i = 0; i < axis->count; i++) {
        ck_assert_int_eq(axis_label(axis, i, label), (int)strlen(label));
        text_print(&labels, "%s%s", i ? " " : "", label);
    }
    ck_assert_str_eq(text_string(&labels), want);
    text_release(&labels);
}

START_TEST(ticks_are_round_numbers_within_the_range)
{
    static const struct {
        double low, high;
        int most;
        double least;
        const char *labels;
    } rows[] = {
        {0, 1, 6, 0, "0 0.2 0.4 0.6 0.8 1"},
        {0, 1, 5, 0, "0 0.5 1"},
        {0, 1, 3, 0, "0 0.5 1"},
        {0, 1, 2, 0, "0 1"},
        {0, 1, 11, 0, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1"},
        {-3, 7, 6, 0, "-2 0 2 4 6"},
        {-0.35, 0.35, 6, 0, "-0.2 0 0.2"},
        {1, 100, 6, 1, "20 40 60 80 100"},
        {1, 3, 9, 1, "1 2 3"},
        {1, 3, 9, 0, "1 1.5 2 2.5 3"},
        {1.1, 1.9, 1, 0, "1.5"},
        {1e6, 3e6, 3, 0, "1e+06 2e+06 3e+06"},
        {1e6, 1000010, 6, 0, "1000000 1000002 1000004 1000006 1000008 1000010"},
        {-1e-7, 1e-7, 3, 0, "-1e-07 0 1e-07"},
        {1e300, -1e300, 3, 0, "-1e+300 0 1e+300"},
        {5, 5, 3, 0, "5"},
        {0, 0, 3, 0, "-1 0 1"},
        {1, 1, 9, 1, "1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double low = fmin(rows[i].low, rows[i].high), high = fmax(rows[i].low, rows[i].high);
        Axis axis = axis_linear(low, high, rows[i].most, rows[i].least);
        check_labels(&axis, rows[i].labels);
        ck_assert_double_le(axis.low, low);
        ck_assert_double_ge(axis.high, high);
        ck_assert(axis.low < axis.high);
    }
}
END_TEST

START_TEST(an_end_near_a_tick_moves_there)
{
    static const struct {
        double low, high, new_low, new_high;
    } rows[] = {{0.05, 0.98, 0, 1},  {0.1, 0.9, 0.1, 0.9}, {-0.98, 0.98, -1, 1},
                {0.3, 0.98, 0.3, 1}, {2, 10, 2, 10},       {0.02, 95, 0, 100}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Axis axis = axis_rounded(rows[i].low, rows[i].high, 6);
        ck_assert_double_eq_tol(axis.low, rows[i].new_low, 1e-15);
        ck_assert_double_eq_tol(axis.high, rows[i].new_high, 1e-15);
    }
}
END_TEST

START_TEST(a_logarithmic_axis_has_ticks_at_powers_of_ten)
{
    static const struct {
        double low, high;
        int most;
        const char *labels;
    } rows[] = {{0.01, 100, 5, "0.01 0.1 1 10 100"},
                {0.01, 100, 3, "0.01 1 100"},
                {0.02, 99, 9, "0.1 1 10"},
                {1e-12, 1, 4, "1e-10 1e-05 1"},
                {1e-300, 1e300, 4, "1e-200 1 1e+200"},
                {7, 7, 5, "1 10"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Axis axis = axis_logarithmic(rows[i].low, rows[i].high, rows[i].most);
        check_labels(&axis, rows[i].labels);
    }
}
END_TEST

START_TEST(decades_are_worth_a_logarithm_when_there_are_more_than_three)
{
    ck_assert(axis_spans_decades(1, 101));
    ck_assert(!axis_spans_decades(1, 100));
    ck_assert(!axis_spans_decades(0, 1000));
    ck_assert(!axis_spans_decades(-5, 1e9));
    ck_assert(axis_spans_decades(1e-300, 1e300));
    ck_assert(!axis_spans_decades(1e-310, 1));
}
END_TEST

START_TEST(places_go_from_0_to_1)
{
    Axis linear = axis_linear(-2, 6, 5, 0), logarithmic = axis_logarithmic(0.1, 1000, 5);
    ck_assert_double_eq(axis_place(&linear, -2), 0);
    ck_assert_double_eq(axis_place(&linear, 0), 0.25);
    ck_assert_double_eq(axis_place(&linear, 6), 1);
    ck_assert_double_eq_tol(axis_place(&logarithmic, 0.1), 0, 1e-15);
    ck_assert_double_eq_tol(axis_place(&logarithmic, 1), 0.25, 1e-15);
    ck_assert_double_eq_tol(axis_place(&logarithmic, 1000), 1, 1e-15);
    ck_assert_int_eq(axis_step(&linear, -2, 9), 0);
    ck_assert_int_eq(axis_step(&linear, 0, 9), 2);
    ck_assert_int_eq(axis_step(&linear, 6, 9), 8);
    ck_assert_int_eq(axis_step(&linear, 1e300, 9), 8);
    ck_assert_int_eq(axis_step(&linear, -1e300, 9), 0);
}
END_TEST

START_TEST(what_is_not_finite_or_huge_has_no_place)
{
    ck_assert(axis_holds(-1e300));
    ck_assert(axis_holds(0));
    ck_assert(!axis_holds(1.1e300));
    ck_assert(!axis_holds(INFINITY));
    ck_assert(!axis_holds(NAN));
}
END_TEST

UNIT("axis", ticks_are_round_numbers_within_the_range, an_end_near_a_tick_moves_there,
     a_logarithmic_axis_has_ticks_at_powers_of_ten,
     decades_are_worth_a_logarithm_when_there_are_more_than_three, places_go_from_0_to_1,
     what_is_not_finite_or_huge_has_no_place)
