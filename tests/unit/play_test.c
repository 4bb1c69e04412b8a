/* Playing lessons, for somebody who presses what a script says. */
#include "theatre.h"

/* From the beginning to the end. */

#define FIRST_PAGE "Small\n═════\n\nA network.\n"
#define INITIALISED "2-2-1, linear, loss (y - ŷ)², 9 parameters: weights 1, biases 0, η = 0.1\n"

START_TEST(one_thing_comes_after_the_other)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    PlayEnd end = play_to(
        &theatre, SCRIPT("\n", "\n", " ", "\n", "\n", "88", "\n", "\n", "\n", "b", "\n", "\n"));
    ck_assert_int_eq(end, PLAY_FINISHED);
    check_shown(&theatre, 0, FIRST_PAGE);
    ck_assert_str_eq(theatre.moments[0].hint,
                     "[Enter] goes on  [b] back  [i] live prompt  [q] quit  [?] keys");
    check_shown(&theatre, 1, "\nbp> init 2-2-1\n");
    check_shown(&theatre, 2, INITIALISED "bp> input 80 8 -> 3\n");
    check_shown(&theatre, 3, "x₁ = 80, x₂ = 8, y = 3\n\nIts forward pass.\n");
    check_shown(&theatre, 4, "\nbp> forward\n");
    ck_assert(theatre.moments[5].line);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 5), "\n\nWhat is o11? (exactly)\n"));
    check_shown(&theatre, 6, "right\n\nbp> print w12^2\n");
    check_shown(&theatre, 7, "bp> grad w11^2\n");
    check_shown(&theatre, 10, "right\n\nThat is all.\n");
    check_shown(&theatre, 11,
                "\nThe end of Small: 6 commands.\n2 questions, 2 right at the first try.\n"
                "`i` opens a live prompt to try things at.\n");
    ck_assert_int_eq(theatre.count, 12);
    ck_assert(theatre.standing.finished);
    ck_assert_int_eq(theatre.standing.steps, SMALL_STEPS);
    ck_assert_int_eq(standing_count(&theatre.standing, RESULT_RIGHT), SMALL_QUESTIONS);
    theatre_close(&theatre);
}
END_TEST

/* Away. */

START_TEST(it_is_taken_up_where_it_was_left_after_going_back)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "88", "\n", "b", "b", "q"));
    ck_assert_int_eq(theatre.standing.steps, 3); /* before the question there are three commands */
    theatre_close(&theatre);
}
END_TEST

START_TEST(a_lesson_is_left_and_taken_up)
{
    for (int steps = 1; steps < SMALL_STEPS; steps++) {
        static const char *const forth[] = {"\n", "\n", "\n", "\n", "\n", "88",
                                            "\n", "\n", "\n", "2",  NULL};
        Theatre straight, later;
        theatre_open(&straight, small);
        play_to(&straight, forth);
        theatre_open(&later, small);
        later.standing.steps = steps;
        later.options.resume = "lesson small";
        later.options.anew = "lesson reset small";
        ck_assert_int_eq(play_to(&later, SCRIPT("q")), PLAY_LEFT);
        /* the first page, and from the third step on the second one, are things of their own */
        const Moment *then = &straight.moments[steps + (steps > 2 ? 2 : 1)];
        const char *difference = portrait_difference(&later.moments[0].portrait, &then->portrait);
        ck_assert_msg(!*difference, "%d: %s", steps, difference);
        char taken[80];
        snprintf(taken, sizeof taken, "Small: from step %d of 8 on.\n`lesson reset small` begins",
                 steps + 1);
        ck_assert_ptr_nonnull(strstr(text_of(&later, 0), taken));
        ck_assert_int_eq(later.standing.steps, steps);
        theatre_close(&straight);
        theatre_close(&later);
    }
}
END_TEST

/* Only at the end, and where there is one; at a question an n is an answer. */
START_TEST(the_next_lesson_is_asked_for_at_the_end)
{
    static const char one[] = "One.\n\n```quiz\nq: What is n?\nanswer: 7\n```\n";
    Theatre theatre;
    theatre_open(&theatre, one);
    theatre.options.next_title = "Two";
    ck_assert_int_eq(play_to(&theatre, SCRIPT("n", "\n", "n", "7", "n")), PLAY_NEXT);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 1), "comes after the end of this one"));
    ck_assert(theatre.moments[3].line);
    check_shown(&theatre, 3, "");
    ck_assert(ends_with(text_of(&theatre, 4), "Next: Two\n"));
    ck_assert_ptr_nonnull(strstr(theatre.moments[4].hint, "[n] next lesson"));
    ck_assert(theatre.standing.finished);
    theatre_close(&theatre);
    theatre_open(&theatre, one);
    ck_assert_int_eq(play_to(&theatre, SCRIPT("\n", "7", "n", "\n")), PLAY_FINISHED);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 3), "This is the last lesson."));
    ck_assert_ptr_null(strstr(theatre.moments[2].hint, "[n]"));
    theatre_close(&theatre);
}
END_TEST

START_TEST(on_the_last_page_nothing_is_left_to_take_up)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    theatre.options.resume = "lesson small";
    theatre.standing.steps = SMALL_STEPS;
    ck_assert_int_eq(play_to(&theatre, SCRIPT("q")), PLAY_LEFT);
    ck_assert_str_eq(text_string(&theatre.recorder.out), "");
    theatre_close(&theatre);
}
END_TEST

START_TEST(ctrl_c_leaves)
{
    static const char *const scripts[][8] = {
        {"^C"}, {"\n", "^C"}, {"\n", "\n", "\n", "\n", "\n", "^C"}};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        Theatre theatre;
        theatre_open(&theatre, small);
        ck_assert_int_eq(play_to(&theatre, scripts[i]), PLAY_INTERRUPTED);
        ck_assert(!theatre.standing.finished);
        theatre_close(&theatre);
    }
}
END_TEST

/* Failures. */

static const char failing[] = "```bp\nbp> init 2-2-1\nbp> forward\nbp> params\n```\n";

START_TEST(an_unexpected_failure_is_said_and_stays)
{
    Theatre theatre;
    theatre_open(&theatre, failing);
    play_to(&theatre, SCRIPT("\n", "\n", "\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 2), "small.md:3: the lesson does not expect"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 2), "\n\nbp> forward\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 3), "\n\nbp> forward\n"));
    ck_assert_int_eq(theatre.standing.steps, 1);
    theatre_close(&theatre);
}
END_TEST

START_TEST(it_ends_what_plays_by_itself)
{
    Theatre theatre;
    theatre_open(&theatre, failing);
    theatre.viewer.line = NULL;
    ck_assert_int_eq(play_to(&theatre, SCRIPT("\n", "\n", "\n")), PLAY_FAILED);
    ck_assert_int_eq(theatre.count, 2);
    theatre_close(&theatre);
}
END_TEST

START_TEST(the_way_to_a_step_ends_at_a_failure)
{
    Theatre theatre;
    theatre_open(&theatre, failing);
    theatre.standing.steps = 2;
    play_to(&theatre, SCRIPT("q"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 0), "from step 2 of 3 on"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 0), "bp> forward\n"));
    theatre_close(&theatre);
}
END_TEST

/* By itself. */

static const char *const unattended[WAITS_MOST] = {"\n", "\n", "\n", "\n", "\n", "\n",
                                                   "\n", "\n", "\n", "\n", "\n", "\n"};

START_TEST(alone_it_answers_its_questions)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    theatre.viewer.line = NULL;
    ck_assert_int_eq(play_to(&theatre, unattended), PLAY_FINISHED);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 6), "the answer: "));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 11), "The end of Small: 6 commands.\n"));
    theatre_close(&theatre);
}
END_TEST

START_TEST(bare_it_is_nothing_but_its_commands)
{
    Theatre theatre;
    Text all = {0};
    theatre_open(&theatre, small);
    theatre.viewer.line = NULL;
    theatre.options.bare = true;
    ck_assert_int_eq(play_to(&theatre, unattended), PLAY_FINISHED);
    for (int i = 0; i < theatre.count; i++) text_add(&all, text_of(&theatre, i));
    ck_assert_int_eq(strncmp(text_string(&all), INITIALISED, sizeof INITIALISED - 1), 0);
    ck_assert_ptr_null(strstr(text_string(&all), "bp>"));
    ck_assert_ptr_null(strstr(text_string(&all), "Small"));
    ck_assert_ptr_null(strstr(text_string(&all), "\n\n"));
    ck_assert_ptr_null(strstr(text_string(&all), "the answer"));
    text_release(&all);
    theatre_close(&theatre);
}
END_TEST

START_TEST(quit_is_the_last_step)
{
    Theatre theatre;
    theatre_open(&theatre, "```bp\nbp> init 2-2-1\nbp> quit\nbp> params\n```\n");
    ck_assert_int_eq(play_to(&theatre, SCRIPT("\n", "\n", "\n")), PLAY_FINISHED);
    ck_assert_int_eq(theatre.count, 3);
    theatre_close(&theatre);
}
END_TEST

START_TEST(an_interrupt_at_the_end_leaves_nothing_to_take_up)
{
    Theatre theatre;
    theatre_open(&theatre, "```bp\nbp> echo a\na\n```\n");
    theatre.options.resume = "lesson small";
    ck_assert_int_eq(play_to(&theatre, SCRIPT("\n", "^C")), PLAY_INTERRUPTED);
    ck_assert_str_eq(text_string(&theatre.recorder.out), "");
    theatre_close(&theatre);
}
END_TEST

/* The terminal's width is followed, and what the lesson sets is kept. */
START_TEST(a_resize_is_followed)
{
    Theatre theatre;
    theatre_open(&theatre, "A page.\n\n```bp\nbp> set width 60\nbp> show width\nbp> show width\n"
                           "bp> show width\n```\n");
    theatre.columns = 100;
    play_to(&theatre, SCRIPT("\n", "\n", "\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 3), "60"));
    theatre.columns = 70;
    play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "b", "\n"));
    ck_assert_int_eq(session_style(theatre.session)->width, 60);
    theatre_close(&theatre);
}
END_TEST

UNIT("play", one_thing_comes_after_the_other, it_is_taken_up_where_it_was_left_after_going_back,
     a_lesson_is_left_and_taken_up, the_next_lesson_is_asked_for_at_the_end,
     on_the_last_page_nothing_is_left_to_take_up, ctrl_c_leaves,
     an_unexpected_failure_is_said_and_stays, it_ends_what_plays_by_itself,
     the_way_to_a_step_ends_at_a_failure, alone_it_answers_its_questions,
     bare_it_is_nothing_but_its_commands, quit_is_the_last_step,
     an_interrupt_at_the_end_leaves_nothing_to_take_up, a_resize_is_followed)
