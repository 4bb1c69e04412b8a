/* The phases' names, there and back. */
#include "session/phase.h"
#include "unit.h"

START_TEST(every_phase_has_a_name_of_its_own)
{
    for (int i = 0; i < PHASES; i++) {
        Phase found = PHASE_ROW;
        ck_assert(phase_named(phase_name((Phase)i), &found));
        ck_assert_int_eq(found, i);
    }
    ck_assert_str_eq(phase_name(PHASE_BACKWARD), "backward");
}
END_TEST

START_TEST(other_words_are_no_phases)
{
    Phase phase = PHASE_LOSS;
    ck_assert(!phase_named("", &phase));
    ck_assert(!phase_named("back", &phase));
    ck_assert(!phase_named("backwards", &phase));
    ck_assert_int_eq(phase, PHASE_LOSS);
}
END_TEST

UNIT("phase", every_phase_has_a_name_of_its_own, other_words_are_no_phases)
