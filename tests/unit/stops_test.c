/* Breakpoints and watchpoints: where a session stops, why, and how often it has met what. */
#include "bends.h"
#include "point_moves.h"

enum { COMMANDS = 60, PARAMETERS = 25 };

static void move(Walker *walker, bool bending)
{
    Random *random = &walker->random;
    switch (random_below(random, 6)) {
    case 0: point_moves[random_below(random, POINT_MOVES)](walker); break;
    case 1: motions[random_below(random, MOTIONS)](walker); break;
    case 2:
        if (bending) bends[random_below(random, BENDS)](walker);
        break;
    default: stop_moves[random_below(random, STOP_MOVES)](walker);
    }
}

/* Returns how often a point has stopped a motion. */
static int walk(uint64_t seed, double rate, bool bending)
{
    Walker walker;
    walker_start(&walker, seed, PARAMETERS, rate);
    walker_run(&walker, "set epochs 4");
    walker.now.epochs = 4;
    for (int i = 0; i < COMMANDS; i++) {
        move(&walker, bending);
        walker_check(&walker);
    }
    int stops = walker.whys[WHY_POINT];
    walker_release(&walker);
    return stops;
}

static const double rates[] = {0.05, 0.05, 0.05, 5, 1e4, 1e100};

START_TEST(a_session_stops_where_the_straight_run_says)
{
    int stops = 0;
    for (uint64_t seed = 0; seed < 60; seed++) stops += walk(seed, rates[seed % 6], false);
    ck_assert_int_gt(stops, 500);
}
END_TEST

START_TEST(so_it_does_where_commands_change_the_run)
{
    int stops = 0;
    for (uint64_t seed = 100; seed < 160; seed++) stops += walk(seed, rates[seed % 6], true);
    ck_assert_int_gt(stops, 500);
}
END_TEST

UNIT("stops", a_session_stops_where_the_straight_run_says, so_it_does_where_commands_change_the_run)
