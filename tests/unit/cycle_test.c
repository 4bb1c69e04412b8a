#include "engine/cycle.h"
#include "base/random.h"
#include "unit.h"

/* A vector that stands for STATE, and differs from another's in its last number alone. */
static const double *vector_of(int state)
{
    static double vector[3];
    vector[2] = state;
    return vector;
}

/* Where the cycle that NEXT leads into from state 0 begins, counted from 1; and its PERIOD. */
static int start_of(const int *next, int *period)
{
    int seen[64] = {0}, state = 0, at = 1;
    for (; !seen[state]; state = next[state]) seen[state] = at++;
    *period = at - seen[state];
    return seen[state];
}

static void follow(const int *next)
{
    int state = 0, at = 1, period, start = start_of(next, &period);
    int latest = 3 * (period > start ? period : start);
    Cycle cycle = cycle_new(3);
    for (; !cycle_returns(&cycle, vector_of(state)); at++) {
        ck_assert_int_lt(at, latest);
        state = next[state];
    }
    ck_assert_int_ge(at, start + period);
    ck_assert_int_eq(cycle.age, period);
    cycle_release(&cycle);
}

START_TEST(a_return_is_seen_in_time)
{
    Random random;
    random_seed(&random, 1);
    for (int trial = 0; trial < 20000; trial++) {
        int next[64], count = 1 + (int)random_below(&random, 64);
        for (int i = 0; i < count; i++) next[i] = (int)random_below(&random, (uint64_t)count);
        follow(next);
    }
}
END_TEST

START_TEST(what_is_new_does_not_return)
{
    Cycle cycle = cycle_new(3);
    for (int state = 0; state < 100000; state++)
        ck_assert(!cycle_returns(&cycle, vector_of(state)));
    cycle_release(&cycle);
}
END_TEST

UNIT("cycle", a_return_is_seen_in_time, what_is_new_does_not_return)
