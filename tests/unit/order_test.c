#include "unit.h"

#include <string.h>

#include "engine/order.h"

/* The same once more, from the papers alone: splitmix64, xoshiro256**, Lemire's remark on
   fair remainders, and the shuffle as drawing from a hat. */
typedef struct Hat {
    uint64_t a, b, c, d;
} Hat;

static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * 13787848793156543929u;
    x = (x ^ x >> 27) * 10723151780598845931u;
    return x ^ x >> 31;
}

static Hat hat_new(uint64_t seed)
{
    const uint64_t golden = 11400714819323198485u;
    return (Hat){mixed(seed + golden), mixed(seed + 2 * golden), mixed(seed + 3 * golden),
                 mixed(seed + 4 * golden)};
}

static uint64_t hat_next(Hat *hat)
{
    uint64_t five = hat->b * 5, result = (five << 7 | five >> 57) * 9;
    Hat old = *hat;
    hat->a = old.a ^ old.b ^ old.d;
    hat->b = old.a ^ old.b ^ old.c;
    hat->c = old.a ^ old.c ^ old.b << 17;
    uint64_t turned = old.b ^ old.d;
    hat->d = turned << 45 | turned >> 19;
    return result;
}

/* Draws the last place first; what stood there takes the place of what was drawn. */
static void draw(Hat *hat, size_t count, size_t *drawn)
{
    size_t slips[100];
    for (size_t i = 0; i < count; i++) slips[i] = i;
    for (size_t left = count; left > 1; left--) {
        uint64_t bits = hat_next(hat), too_low = (UINT64_MAX % left + 1) % left;
        while (bits < too_low) bits = hat_next(hat);
        drawn[left - 1] = slips[bits % left];
        slips[bits % left] = slips[left - 1];
    }
    drawn[0] = slips[0];
}

static Random seeded(uint64_t seed)
{
    Random random;
    random_seed(&random, seed);
    return random;
}

START_TEST(rows_come_in_order_unless_shuffled)
{
    size_t order[4] = {9, 9, 9, 9};
    order_straight(order, 4);
    for (size_t i = 0; i < 4; i++) ck_assert_uint_eq(order[i], i);
}
END_TEST

START_TEST(the_first_permutations_of_a_seed_are_known)
{
    static const size_t five[] = {0, 1, 3, 4, 2};
    static const uint64_t seeds[] = {1, 2, 77};
    size_t order[100], drawn[100];
    Random random = seeded(1);
    order_shuffle(order, 5, &random);
    for (int i = 0; i < 5; i++) ck_assert_uint_eq(order[i], five[i]);
    for (size_t k = 0; k < sizeof seeds / sizeof seeds[0]; k++) {
        Hat hat = hat_new(seeds[k]);
        random = seeded(seeds[k]);
        for (size_t count = 0; count <= 100; count += 5) {
            order_shuffle(order, count, &random);
            if (count) draw(&hat, count, drawn);
            for (size_t i = 0; i < count; i++) ck_assert_uint_eq(order[i], drawn[i]);
        }
        ck_assert_uint_eq(random.state[0], hat.a);
    }
}
END_TEST

START_TEST(the_same_state_gives_the_same_order_whatever_there_was)
{
    size_t first[50], second[50];
    memset(first, 0xff, sizeof first);
    order_straight(second, 50);
    Random random = seeded(5), before = random;
    order_shuffle(first, 50, &random);
    order_shuffle(second, 50, &before);
    ck_assert_int_eq(memcmp(first, second, sizeof first), 0);
    ck_assert_int_eq(memcmp(&random, &before, sizeof random), 0);
    order_shuffle(second, 50, &random);
    ck_assert_int_ne(memcmp(first, second, sizeof first), 0);
}
END_TEST

/* Of 24 orders each is as likely: chi-square with 23 degrees of freedom is above 49.7 once in
   a thousand, and below 7.5 as rarely. */
START_TEST(every_order_of_four_is_as_likely)
{
    enum { DRAWS = 240000, ORDERS = 24 };
    size_t counts[256] = {0}, seen = 0;
    Random random = seeded(11);
    for (int i = 0; i < DRAWS; i++) {
        size_t order[4];
        order_shuffle(order, 4, &random);
        counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
    }
    double square = 0, expected = (double)DRAWS / ORDERS;
    for (int i = 0; i < 256; i++) {
        if (!counts[i]) continue;
        seen++;
        square += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
    }
    ck_assert_uint_eq(seen, ORDERS);
    ck_assert_double_lt(square, 49.7);
    ck_assert_double_gt(square, 7.5);
}
END_TEST

START_TEST(one_row_or_none_is_in_order_already)
{
    size_t order[1] = {7};
    Random random = seeded(1), before = random;
    order_shuffle(order, 0, &random);
    ck_assert_uint_eq(order[0], 7);
    order_shuffle(order, 1, &random);
    ck_assert_uint_eq(order[0], 0);
    ck_assert_int_eq(memcmp(&random, &before, sizeof random), 0);
}
END_TEST

UNIT("order", rows_come_in_order_unless_shuffled, the_first_permutations_of_a_seed_are_known,
     the_same_state_gives_the_same_order_whatever_there_was, every_order_of_four_is_as_likely,
     one_row_or_none_is_in_order_already)
