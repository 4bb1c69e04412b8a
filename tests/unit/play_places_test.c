/* The places of a lesson that is played: whoever goes back or aside finds them as they were. */
#include "theatre.h"

/* Back, from every wait and from the end to the beginning: what is shown again ends as it did the
   first time, and the network is what it was. */

/* The last paragraph, where a verdict on an answer may come before it. */
static const char *last_paragraph(const char *text)
{
    const char *last = text;
    for (const char *at = text; (at = strstr(at, "\n\n")) && at[2]; at++) last = at;
    return last;
}

START_TEST(back_returns_to_the_same_screen_and_state)
{
    static const char *const forth[] = {"\n", "\n", "\n", "\n", "\n", "88",
                                        "\n", "\n", "\n", "2",  "\n"};
    enum { WAITS = sizeof forth / sizeof *forth + 1 };
    for (int from = 1; from < WAITS; from++) {
        const char *script[2 * WAITS] = {0};
        for (int i = 0; i < from; i++) script[i] = forth[i];
        for (int i = from; i < 2 * from; i++) script[i] = "back"; /* b, too, where it is a key */
        Theatre theatre;
        theatre_open(&theatre, small);
        PlayEnd end = play_to(&theatre, script);
        ck_assert_msg(end == PLAY_LEFT, "from %d: %d after %d", from, end, theatre.count);
        ck_assert_int_eq(theatre.count, 2 * from + 1);
        for (int i = 0; i < from; i++) {
            const Moment *first = &theatre.moments[i], *again = &theatre.moments[2 * from - i];
            ck_assert_msg(ends_with(again->shown, last_paragraph(first->shown)),
                          "from %d to %d: %s\nand not\n%s", from, i, again->shown, first->shown);
            ck_assert_str_eq(first->hint, again->hint);
            const char *difference = portrait_difference(&again->portrait, &first->portrait);
            ck_assert_msg(!*difference, "from %d to %d: %s", from, i, difference);
        }
        theatre_close(&theatre);
    }
}
END_TEST

/* Aside. */

/* After a live prompt that was opened at moment AT, the next thing shown is what was there. */
static void check_same(const Theatre *theatre, int at)
{
    const Moment *before = &theatre->moments[at], *after = &theatre->moments[at + 1];
    const char *difference = portrait_difference(&after->portrait, &before->portrait);
    ck_assert_msg(!*difference, "%d: %s", at, difference);
    ck_assert_str_eq(after->hint, before->hint);
    const char *again = last_paragraph(after->shown);
    ck_assert_msg(ends_with(before->shown, again + strspn(again, "\n")), "%d: %s", at, again);
}

START_TEST(a_live_prompt_leaves_no_trace)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre,
            SCRIPT("\n", "\n", "\n", "i", "input 1 1 -> 1", "set lr 3", "step 5", "set digits 3",
                   "init 3-1", ".", "\n", "\n", "i", "54321", "hint", ".", "88", "\n", "\n", "i",
                   "undo", "undo", "undo", ".", "\n", "2", "\n", "i", "lesson", "."));
    check_same(&theatre, 3);
    check_same(&theatre, 6);
    check_same(&theatre, 10);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 4), "Back in the lesson; all is as it was."));
    ck_assert_int_eq(standing_count(&theatre.standing, RESULT_RIGHT), SMALL_QUESTIONS);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, theatre.count - 1), "The end of Small"));
    theatre_close(&theatre);
}
END_TEST

/* Bookmarks of a large network are dropped; the way back is as exact. */
START_TEST(memory_is_bounded)
{
    enum { STEPS = 60 };
    Text source = {0};
    const char *script[2 * STEPS + 8] = {0};
    text_add(&source, "```bp\nbp> init 2-250-250-1 weights=normal\nbp> input 1 0.5 -> 1\n"
                      "bp> set optimizer adam\nbp> set lr 0.001\n");
    for (int i = 0; i < STEPS; i++) text_add(&source, "bp> train 1\n");
    text_add(&source, "```\n");
    for (int i = 0; i < STEPS + 4; i++) script[i] = "\n";
    for (int i = 0; i < STEPS; i++) script[STEPS + 4 + i] = "b";
    Theatre theatre;
    theatre_open(&theatre, text_string(&source));
    play_to(&theatre, script);
    int last = theatre.count - 1;
    ck_assert_int_eq(last, 2 * STEPS + 4);
    for (int i = 4; i < STEPS + 4; i++) {
        const Portrait *first = &theatre.moments[i].portrait;
        const char *difference =
            portrait_difference(&theatre.moments[last + 4 - i].portrait, first);
        ck_assert_msg(!*difference, "%d: %s", i, difference);
    }
    text_release(&source);
    theatre_close(&theatre);
}
END_TEST

UNIT("play_places", back_returns_to_the_same_screen_and_state, a_live_prompt_leaves_no_trace,
     memory_is_bounded)
