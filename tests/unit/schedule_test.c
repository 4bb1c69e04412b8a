#include "base/random.h"
#include "engine/schedule.h"
#include "formulas.h"

static void presets(const Schedule *row, double *knobs)
{
    for (int k = 0; k < KNOBS; k++) knobs[k] = row->knobs[k].preset;
}

static double rate_of(const char *name, const double *knobs, double epoch)
{
    return schedule_find(name)->rate(knobs, 0.8, epoch);
}

static void check_text(const Schedule *row, Random *random)
{
    double knobs[KNOBS] = {0}, rate = random_uniform(random, 0, 2);
    double epoch = (double)random_below(random, 60);
    Variable names[KNOBS + 4] = {{"eta0", rate}, {"epoch", epoch}, {"pi", acos(-1)}};
    for (int k = 0; k < KNOBS && row->knobs[k].name; k++) {
        const Knob *knob = &row->knobs[k];
        knobs[k] = knob->whole ? knob->low + (double)random_below(random, 40)
                               : random_uniform(random, knob->low, 1);
        names[3 + k] = (Variable){knob->letter, knobs[k]};
    }
    assert_same(row->name, evaluate(row->formula, names), row->rate(knobs, rate, epoch));
}

START_TEST(texts_are_what_is_computed)
{
    Random random;
    random_seed(&random, 3);
    for (size_t i = 0; schedule_row(i); i++)
        for (int n = 0; n < 300; n++) check_text(schedule_row(i), &random);
}
END_TEST

START_TEST(the_first_epoch_has_the_rate_that_was_set)
{
    for (size_t i = 0; schedule_row(i); i++) {
        double knobs[KNOBS];
        presets(schedule_row(i), knobs);
        assert_close(schedule_row(i)->name, schedule_row(i)->rate(knobs, 0.8, 0), 0.8, 1e-15);
    }
}
END_TEST

START_TEST(known_rates)
{
    const double steps[] = {3, 0.5}, decay[] = {0.25}, wave[] = {10, 0.2};
    ck_assert_double_eq(rate_of("constant", NULL, 1000), 0.8);
    ck_assert_double_eq(rate_of("step", steps, 2), 0.8);
    ck_assert_double_eq(rate_of("step", steps, 3), 0.4);
    ck_assert_double_eq(rate_of("step", steps, 8), 0.2);
    ck_assert_double_eq(rate_of("1/t", decay, 4), 0.4);
    ck_assert_double_eq(rate_of("1/t", decay, 12), 0.2);
    assert_close("half way", rate_of("cosine", wave, 5), 0.5, 1e-15);
    ck_assert_double_eq(rate_of("cosine", wave, 10), 0.2);
    ck_assert_double_eq(rate_of("cosine", wave, 11), 0.2);
    ck_assert_double_eq(rate_of("cosine", wave, 20), 0.2);
}
END_TEST

START_TEST(rows_are_found_by_name_and_presets_are_in_range)
{
    for (size_t i = 0; schedule_row(i); i++) {
        const Schedule *row = schedule_row(i);
        ck_assert_ptr_eq(schedule_find(row->name), row);
        for (int k = 0; k < KNOBS && row->knobs[k].name; k++) {
            const Knob *knob = &row->knobs[k];
            ck_assert(knob->low <= knob->preset && knob->preset < knob->high);
            ck_assert(!knob->whole || knob->preset == floor(knob->preset));
        }
    }
    ck_assert_ptr_eq(schedule_constant(), schedule_find("constant"));
    ck_assert_ptr_null(schedule_find("linear"));
}
END_TEST

UNIT("schedule", texts_are_what_is_computed, the_first_epoch_has_the_rate_that_was_set, known_rates,
     rows_are_found_by_name_and_presets_are_in_range)
