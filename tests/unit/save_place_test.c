/* A session that is saved in the midst of an update goes on from the same event when it is sourced,
   to the bit. */
#include "portrait.h"
#include "scenes.h"

/* What is not saved: how the run came here. */
static Portrait portrait_here(const Trial *trial)
{
    Portrait portrait = portrait_of(trial->session);
    portrait.updates = portrait.events = 0;
    portrait.record = portrait.record_count = portrait.record_stride = 0;
    return portrait;
}

static void check_same(const Trial *original, const Trial *restored, const char *script)
{
    Portrait first = portrait_here(original), second = portrait_here(restored);
    const char *difference = portrait_difference(&second, &first);
    ck_assert_msg(!*difference, "%s%s", difference, script);
}

static void do_events(Trial *trial, int count)
{
    char line[32];
    snprintf(line, sizeof line, "next %d", count);
    trial_do(trial, line);
}

/* Saves, and goes on in another session with what was saved. */
static void check_round_trip(Trial *original, int events)
{
    Trial restored;
    char *script = trial_script(original);
    trial_start(&restored);
    trial_do(&restored, script);
    char *again = trial_script(&restored);
    ck_assert_str_eq(script, again);
    check_same(original, &restored, script);
    do_events(&restored, events);
    do_events(original, events);
    check_same(original, &restored, script);
    trial_free(&restored);
    free(script);
    free(again);
}

START_TEST(at_every_event_of_random_runs)
{
    enum { ALL = (1 << (PHASE_EPOCH + 1)) - 1 };
    int phases = 0;
    Random random;
    random_seed(&random, 61);
    for (int i = 0; i < 150; i++) {
        Trial trial;
        Scene scene = scene_draw(&random, 30, 0.05);
        trial_start(&trial);
        trial_do(&trial, scene.lines.bytes);
        for (int turn = 0; turn < 8; turn++) {
            phases |= 1 << trial.session->trainer.phase;
            check_round_trip(&trial, random_between(&random, 1, 40));
        }
        trial_free(&trial);
        scene_release(&scene);
    }
    ck_assert_int_eq(phases, ALL);
}
END_TEST

/* Where only the epoch's end is left the update has been made, and yet it is what is saved. */
START_TEST(before_the_end_of_an_epoch)
{
    Random random;
    random_seed(&random, 62);
    for (int i = 0; i < 60; i++) {
        Trial trial;
        Scene scene = scene_draw(&random, 30, 0.05);
        trial_start(&trial);
        trial_do(&trial, scene.lines.bytes);
        for (int epoch = 0; epoch < 3; epoch++) {
            trial_do(&trial, "tbreak epoch\ncontinue");
            ck_assert_int_eq(trial.session->trainer.phase, PHASE_EPOCH);
            check_round_trip(&trial, 1);
        }
        trial_free(&trial);
        scene_release(&scene);
    }
}
END_TEST

START_TEST(the_place_within_an_update_can_be_set)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "set event 0\ndata n0");
    trial_fails(&trial, "set event 1", 0, "there is no network yet");
    trial_do(&trial, "init 3-2-1");
    trial_fails(&trial, "set event 1", 1, "the row has 2 inputs");
    trial_do(&trial, "init 2-2-1\nset lr 1e-6\nset event 22\nset event 4");
    ck_assert_uint_eq(trial.session->trainer.done, 4);
    trial_fails(&trial, "set event 23", 11, "there are 22 events within this update");
    trial_fails(&trial, "set event 0", 0, "`reverse-step` goes to the update's beginning");
    ck_assert_uint_eq(trial.session->trainer.done, 4);
    trial_do(&trial, "row 4\nset event 23");
    ck_assert_int_eq(trial.session->trainer.phase, PHASE_EPOCH);
    trial_do(&trial, "undo");
    ck_assert_uint_eq(trial.session->trainer.done, 0);
    trial_do(&trial, "set lr 1e308");
    trial_fails(&trial, "set event 23", 0, "w11^1 overflowed");
    ck_assert_uint_eq(trial.session->trainer.done, 0);
    trial_free(&trial);
}
END_TEST

UNIT("save_place", at_every_event_of_random_runs, before_the_end_of_an_epoch,
     the_place_within_an_update_can_be_set)
