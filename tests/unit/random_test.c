#include "unit.h"

#include <math.h>

#include "base/random.h"

/* The first numbers that the authors' own code prints. */
START_TEST(the_generator_is_xoshiro)
{
    static const uint64_t printed[] = {11520,
                                       0,
                                       1509978240,
                                       1215971899390074240,
                                       1216172134540287360,
                                       607988272756665600,
                                       16172922978634559625u,
                                       8476171486693032832,
                                       10595114339597558777u,
                                       2904607092377533576};
    Random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++)
        ck_assert_uint_eq(random_bits(&random), printed[i]);
}
END_TEST

START_TEST(a_seed_is_spread_by_splitmix)
{
    Random random;
    random_seed(&random, 1234567);
    ck_assert_uint_eq(random.state[0], 6457827717110365317u);
    ck_assert_uint_eq(random.state[1], 3203168211198807973u);
    ck_assert_uint_eq(random.state[2], 9817491932198370423u);
    ck_assert_uint_eq(random.state[3], 4593380528125082431u);
}
END_TEST

/* Of 100,000 draws the mean is off by a few thousandths at most. */
START_TEST(numbers_are_spread_as_they_say)
{
    enum { DRAWS = 100000 };
    Random random;
    random_seed(&random, 7);
    double sum = 0, squares = 0, uniform = 0;
    for (int i = 0; i < DRAWS; i++) {
        double u = random_uniform(&random, -2, 4), n = random_normal(&random, 1, 3);
        ck_assert(u >= -2 && u < 4);
        uniform += u;
        sum += n;
        squares += (n - 1) * (n - 1);
    }
    ck_assert_double_eq_tol(uniform / DRAWS, 1, 0.03);
    ck_assert_double_eq_tol(sum / DRAWS, 1, 0.05);
    ck_assert_double_eq_tol(sqrt(squares / DRAWS), 3, 0.05);
}
END_TEST

START_TEST(whole_numbers_are_fair)
{
    enum { SIDES = 6, DRAWS = 60000 };
    int counts[SIDES] = {0};
    Random random;
    random_seed(&random, 3);
    for (int i = 0; i < DRAWS; i++) counts[random_below(&random, SIDES)]++;
    for (int i = 0; i < SIDES; i++) ck_assert_int_le(abs(counts[i] - DRAWS / SIDES), 400);
}
END_TEST

UNIT("random", the_generator_is_xoshiro, a_seed_is_spread_by_splitmix,
     numbers_are_spread_as_they_say, whole_numbers_are_fair)
