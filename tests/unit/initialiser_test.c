#include <stdbool.h>
#include <string.h>

#include "close.h"
#include "engine/initialiser.h"

enum { DRAWS = 20000 };

typedef struct Spread {
    double low, high, mean, deviation;
} Spread;

/* Many weights of a layer between 6 and 18 nodes. */
static Spread spread_of(const Initialiser *row)
{
    Random random;
    random_seed(&random, 51);
    Spread spread = {INFINITY, -INFINITY, 0, 0};
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double w = row->draw(&random, 6, 18);
        spread.low = fmin(spread.low, w);
        spread.high = fmax(spread.high, w);
        spread.mean += w / DRAWS;
        squares += w * w / DRAWS;
    }
    spread.deviation = sqrt(fmax(0, squares - spread.mean * spread.mean));
    return spread;
}

/* A uniform spread over ±a has the deviation a/√3. */
START_TEST(weights_are_spread_as_their_papers_say)
{
    static const struct {
        const char *name;
        double mean, deviation;
        double limit; /* 0: none */
    } cases[] = {
        {"ones", 1, 0, 0},
        {"zeros", 0, 0, 0},
        {"uniform", 0, 0.5773502691896258, 1},
        {"normal", 0, 1, 0},
        {"xavier", 0, 0.28867513459481287, 0.5}, /* √(6/24) is 0.5 */
        {"he", 0, 0.5773502691896258, 0},        /* √(2/6) */
    };
    size_t rows = 0;
    for (; initialiser_row(rows); rows++) {
        ck_assert_pstr_eq(initialiser_row(rows)->name, cases[rows].name);
        Spread spread = spread_of(initialiser_row(rows));
        assert_within(cases[rows].name, spread.mean, cases[rows].mean, 0.02);
        assert_within(cases[rows].name, spread.deviation, cases[rows].deviation, 0.01);
        if (cases[rows].limit == 0) continue;
        assert_within(cases[rows].name, spread.low, -cases[rows].limit, 1e-3);
        assert_within(cases[rows].name, spread.high, cases[rows].limit, 1e-3);
        ck_assert(spread.low >= -cases[rows].limit && spread.high < cases[rows].limit);
    }
    ck_assert_uint_eq(rows, sizeof cases / sizeof cases[0]);
}
END_TEST

/* A normal spread has 4.6 % beyond two deviations, a uniform one none. */
START_TEST(normal_spreads_have_tails)
{
    static const char *const names[] = {"normal", "he"};
    for (int i = 0; i < 2; i++) {
        Random random;
        random_seed(&random, 52);
        double limit = i ? 2 / sqrt(3) : 2;
        int beyond = 0;
        for (int n = 0; n < DRAWS; n++)
            beyond += fabs(initialiser_find(names[i])->draw(&random, 6, 18)) > limit;
        assert_within(names[i], beyond / (double)DRAWS, 0.0455, 0.005);
    }
}
END_TEST

START_TEST(a_seed_is_a_run)
{
    for (size_t i = 0; initialiser_row(i); i++) {
        const Initialiser *row = initialiser_row(i);
        Random first, again, other;
        random_seed(&first, 7);
        random_seed(&again, 7);
        random_seed(&other, 8);
        bool differs = false;
        for (int n = 0; n < 10; n++) {
            double w = row->draw(&first, 2, 3);
            assert_same(row->name, row->draw(&again, 2, 3), w);
            differs |= row->draw(&other, 2, 3) != w;
        }
        ck_assert_msg(differs == (strcmp(row->name, "ones") && strcmp(row->name, "zeros")), "%s",
                      row->name);
        ck_assert_ptr_eq(initialiser_find(row->name), row);
    }
    ck_assert_ptr_null(initialiser_find("one"));
}
END_TEST

UNIT("initialiser", weights_are_spread_as_their_papers_say, normal_spreads_have_tails,
     a_seed_is_a_run)
