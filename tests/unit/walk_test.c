/* Random walks along runs: wherever a session has gone, it is what the straight run was there. */
#include "moves.h"

enum { COMMANDS = 60, PARAMETERS = 25 };

/* Counts in WHYS why motions have ended. */
static void walk(uint64_t seed, double rate, int *whys)
{
    Walker walker;
    walker_start(&walker, seed, PARAMETERS, rate);
    for (int i = 0; i < COMMANDS; i++) {
        motions[random_below(&walker.random, MOTIONS)](&walker);
        walker_check(&walker);
    }
    for (int i = 0; i < WHYS; i++) whys[i] += walker.whys[i];
    walker_release(&walker);
}

START_TEST(every_place_is_that_of_the_straight_run)
{
    int whys[WHYS] = {0};
    for (uint64_t seed = 0; seed < 40; seed++) walk(seed, 0.05, whys);
    ck_assert(whys[WHY_GOAL] > 1000 && whys[WHY_UNTIL] > 50 && whys[WHY_BEGINNING] > 100);
}
END_TEST

/* Training that explodes, sooner or later. */
START_TEST(so_it_is_where_the_run_cannot_go_on)
{
    static const double rates[] = {5, 1e4, 1e100};
    int whys[WHYS] = {0};
    for (uint64_t seed = 100; seed < 160; seed++) walk(seed, rates[seed % 3], whys);
    ck_assert_int_gt(whys[WHY_BROKE], 100);
}
END_TEST

UNIT("walk", every_place_is_that_of_the_straight_run, so_it_is_where_the_run_cannot_go_on)
