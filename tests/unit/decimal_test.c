#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/random.h"
#include "unit.h"

static const struct {
    double value;
    int decimals;
    double rounded;
} cases[] = {
    {0.64565, 4, 0.6457},
    {0.64564999, 4, 0.6456},
    {-0.19025, 4, -0.1903},
    {0.00005, 4, 0.0001},
    {0.00004999, 4, 0},
    {-0.00001, 4, 0},
    {0.00015, 4, 0.0002},
    {2.675, 2, 2.68},
    {1.005, 2, 1.01},
    {0.5, 0, 1},
    {1.5, 0, 2},
    {-2.5, 0, -3},
    {9.99995, 4, 10},
    {30448, 4, 30448},
    {123456789.12345, 4, 123456789.1235},
    {1234567890.12345, 3, 1234567890.123},
    {1e22, 4, 1e22},
    {1e-300, 15, 0},
    {5e-324, 15, 0},
    {0.1, 15, 0.1},
    {1.7976931348623157e308, 15, 1.7976931348623157e308},
    {INFINITY, 4, INFINITY},
};

START_TEST(test_cases)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double rounded = decimal_round(cases[i].value, cases[i].decimals);
        ck_assert_msg(rounded == cases[i].rounded, "%.17g to %d: %.17g", cases[i].value,
                      cases[i].decimals, rounded);
        ck_assert(rounded != 0 || !signbit(rounded));
    }
    ck_assert(isnan(decimal_round(NAN, 3)));
}
END_TEST

static double decimal(int64_t units, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%" PRId64 "e-%d", units, decimals);
    return strtod(text, NULL);
}

/* Whole numbers of units, rounded by whole numbers; every other one lies at a half or beside it. */
START_TEST(test_against_whole_numbers)
{
    Random random;
    random_seed(&random, 1);
    for (int i = 0; i < 200000; i++) {
        int decimals = (int)random_below(&random, 8), more = 1 + (int)random_below(&random, 7);
        int64_t power = 1;
        for (int k = 0; k < more; k++) power *= 10;
        int64_t units = (int64_t)random_below(&random, 100000000);
        if (i % 2) units = units / power * power + power / 2 - (int64_t)random_below(&random, 2);
        int64_t rounded = (2 * units + power) / (2 * power);
        double value = decimal(units, decimals + more), want = decimal(rounded, decimals);
        ck_assert_msg(decimal_round(value, decimals) == want, "%.17g to %d", value, decimals);
        ck_assert_msg(decimal_round(-value, decimals) == -want, "%.17g to %d", -value, decimals);
    }
}
END_TEST

/* Means and updates of four decimals, beside whole numbers of their ten thousandths: many lie at a
   half, which doubles miss. */
START_TEST(test_what_is_computed)
{
    Random random;
    random_seed(&random, 3);
    for (int i = 0; i < 100000; i++) {
        int64_t a = (int64_t)random_below(&random, 30000),
                b = (int64_t)random_below(&random, 30000);
        int64_t c = (int64_t)random_below(&random, 30000);
        double mean = (decimal(a, 4) + decimal(b, 4) + decimal(c, 4)) / 4;
        double update = decimal(a, 4) + 0.1 * decimal(b, 4);
        ck_assert(decimal_round_computed(mean, 4) == decimal((a + b + c + 2) / 4, 4));
        ck_assert(decimal_round_computed(-update, 4) == -decimal((10 * a + b + 5) / 10, 4));
    }
    ck_assert(decimal_round(0.3 + 0.1 * 0.0025, 4) == 0.3002);
    ck_assert(decimal_round_computed(0.3 + 0.1 * 0.0025, 4) == 0.3003);
    ck_assert(decimal_round_computed(0.64564999, 4) == 0.6456);
    ck_assert(decimal_round_computed(1 / (1 + exp(-0.0002)), 4) == 0.5); /* .50004999999983 */
    ck_assert(decimal_round_computed(1 / (1 + exp(-0.002)), 3) == 0.5);
    ck_assert(isinf(decimal_round_computed(INFINITY, 4)) && isnan(decimal_round_computed(NAN, 4)));
}
END_TEST

START_TEST(test_what_is_rounded_stays)
{
    Random random;
    random_seed(&random, 2);
    for (int i = 0; i < 100000; i++) {
        int decimals = (int)random_below(&random, DECIMALS_MOST + 1);
        double value = random_uniform(&random, -1, 1) * pow(10, (double)random_below(&random, 20));
        double rounded = decimal_round(value, decimals);
        ck_assert(decimal_round(rounded, decimals) == rounded);
        ck_assert(fabs(rounded - value) <= 0.5000001 * pow(10, -decimals) + 1e-15 * fabs(value));
    }
}
END_TEST

START_TEST(test_spelling)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } spelled[] = {{0.6457, 4, "0.6457"},
                   {-0.319, 4, "-0.3190"},
                   {88, 4, "88"},
                   {30448, 15, "30448"},
                   {1234.5678, 15, "1234.5678"},
                   {0, 4, "0"},
                   {1e15, 4, "1e+15"},
                   {INFINITY, 4, "inf"},
                   {2.5, 0, "3"},
                   {-999999999999999.9, 15, "-999999999999999.9"}};
    char text[DECIMAL_SIZE];
    for (size_t i = 0; i < sizeof spelled / sizeof spelled[0]; i++) {
        decimal_spell(text, spelled[i].value, spelled[i].decimals);
        ck_assert_str_eq(text, spelled[i].text);
    }
}
END_TEST

UNIT("decimal", test_cases, test_against_whole_numbers, test_what_is_computed,
     test_what_is_rounded_stays, test_spelling)
