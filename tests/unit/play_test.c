/* Playing lessons, for somebody who presses what a script says. */
#include "theatre.h"

static const char small[] = "# Small\n"
                            "\n"
                            "A network.\n"
                            "\n"
                            "```bp\n"
                            "bp> init 2-2-1\n"
                            "bp> input 80 8 -> 3\n"
                            "```\n"
                            "\n"
                            "Its forward pass.\n"
                            "\n"
                            "```bp\n"
                            "bp> forward\n"
                            "```\n"
                            "```quiz\n"
                            "q: What is o11?\n"
                            "answer: o11\n"
                            "hint: The sum.\n"
                            "hint: 80 + 8.\n"
                            "wrong: 80 You forgot x2.\n"
                            "```\n"
                            "```bp\n"
                            "bp> print w12^2\n"
                            "error: there is no w12^2\n"
                            "bp> grad w11^2\n"
                            "bp> step\n"
                            "```\n"
                            "```quiz\n"
                            "q: Which one?\n"
                            "- [ ] the first\n"
                            "- [x] the second\n"
                            "```\n"
                            "\n"
                            "That is all.\n";
enum { SMALL_STEPS = 8, SMALL_QUESTIONS = 2 };

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

/* Back, from every wait and from the end to the beginning: what is shown again ends as it did the
   first time, and the network is what it was. */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), least = strlen(end);
    return length >= least && !strcmp(text + length - least, end);
}

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

/* Aside and away. */

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

/* Questions. */

START_TEST(an_answer_gets_what_it_deserves)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "80", "h", "h", "h", "no such thing",
                             "forward", "?", "88", "\n", "\n", "\n", "b", "s"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 6), "You forgot x2."));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 7), "The sum."));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 8), "80 + 8."));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 11), "layer 1\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 12), "these keys"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 13), "right\n\nbp> print w12^2\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 17), "right\n")); /* b) */
    ck_assert_int_eq(theatre.standing.results[0], RESULT_LATER);
    ck_assert_int_eq(theatre.standing.results[1], RESULT_RIGHT);
    theatre_close(&theatre);
}
END_TEST

/* What is wanted is said once. */
START_TEST(what_a_question_says_is_not_said_again)
{
    static const char source[] = "```quiz\nq: What is 2·3, exactly?\nanswer: 6\n```\n"
                                 "```quiz\nq: What is 3·3?\nanswer: 9\n```\n";
    Theatre theatre;
    theatre_open(&theatre, source);
    play_to(&theatre, SCRIPT("6", "9"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 0), "What is 2·3, exactly?\n"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 1), "What is 3·3? (exactly)\n"));
    theatre_close(&theatre);
}
END_TEST

START_TEST(enter_alone_leads_through_questions)
{
    static const char hint[] = "; `?` lists more keys.\n";
    Theatre theatre;
    theatre_open(&theatre, small);
    PlayEnd end = play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "", " ", "", "\n", "\n",
                                           "\n", "", "\n", "\n"));
    ck_assert_int_eq(end, PLAY_FINISHED);
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 5), "Enter alone gives a hint"));
    ck_assert(ends_with(text_of(&theatre, 5), hint));
    check_shown(&theatre, 6, "hint: The sum.\n");
    check_shown(&theatre, 7, "hint: 80 + 8.\n(Enter alone now shows the answer.)\n");
    check_shown(&theatre, 8, "the answer: o₁₁ = 88\n\nbp> print w12^2\n");
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 11), "Enter alone shows it"));
    check_shown(&theatre, 12, "the answer: b) the second\n\nThat is all.\n");
    ck_assert_int_eq(theatre.standing.results[0], RESULT_SHOWN);
    ck_assert_int_eq(theatre.standing.results[1], RESULT_SHOWN);
    theatre_close(&theatre);
}
END_TEST

START_TEST(a_question_is_skipped_and_the_first_time_counts)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre,
            SCRIPT("\n", "s", "\n", "\n", "\n", "\n", "s", "back", "88", "\n", "\n", "\n", "q"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 2), "Only a question can be skipped"));
    ck_assert_ptr_nonnull(strstr(text_of(&theatre, 7), "the answer: "));
    ck_assert_int_eq(theatre.standing.results[0], RESULT_SHOWN);
    ck_assert_int_eq(theatre.standing.results[1], RESULT_NONE);
    theatre_close(&theatre);
}
END_TEST

/* Whoever goes aside, or back and on again, has had the hints. */
START_TEST(aside_and_back_a_question_counts_on)
{
    static const char *const ways[][2] = {{"i", "."}, {"back", "\n"}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        Theatre theatre;
        theatre_open(&theatre, small);
        play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "h", ways[i][0], ways[i][1], "h",
                                 ways[i][0], ways[i][1], "", "back", "back", "\n", "\n", "h", "q"));
        int asked = i ? 8 : 7, again = i ? 11 : 9;
        check_shown(&theatre, 6, "hint: The sum.\n");
        ck_assert_ptr_nonnull(strstr(text_of(&theatre, asked), "Enter alone gives a hint"));
        check_shown(&theatre, asked + 1, "hint: 80 + 8.\n");
        ck_assert_ptr_nonnull(strstr(text_of(&theatre, again), "Enter alone shows it"));
        check_shown(&theatre, again + 1, "the answer: o₁₁ = 88\n\nbp> print w12^2\n");
        ck_assert_int_eq(theatre.standing.results[0], RESULT_SHOWN);
        theatre_close(&theatre);
    }
}
END_TEST

START_TEST(aside_a_wrong_answer_is_not_forgotten)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "80", "i", "ask w11^1", ".", "88", "q"));
    ck_assert_int_eq(theatre.standing.results[0], RESULT_LATER);
    theatre_close(&theatre);
}
END_TEST

/* What is tried in order to answer is not the lesson's. */
START_TEST(commands_at_a_question_leave_no_trace)
{
    Theatre theatre;
    theatre_open(&theatre, small);
    play_to(&theatre, SCRIPT("\n", "\n", "\n", "\n", "\n", "set x", "step 3", "init 5-1", "s"));
    const char *difference =
        portrait_difference(&theatre.moments[9].portrait, &theatre.moments[5].portrait);
    ck_assert_msg(!*difference, "%s", difference);
    theatre_close(&theatre);
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

UNIT("play", one_thing_comes_after_the_other, back_returns_to_the_same_screen_and_state,
     a_live_prompt_leaves_no_trace, it_is_taken_up_where_it_was_left_after_going_back,
     a_lesson_is_left_and_taken_up, the_next_lesson_is_asked_for_at_the_end,
     on_the_last_page_nothing_is_left_to_take_up, ctrl_c_leaves, an_answer_gets_what_it_deserves,
     what_a_question_says_is_not_said_again, enter_alone_leads_through_questions,
     a_question_is_skipped_and_the_first_time_counts, aside_and_back_a_question_counts_on,
     aside_a_wrong_answer_is_not_forgotten, commands_at_a_question_leave_no_trace,
     an_unexpected_failure_is_said_and_stays, it_ends_what_plays_by_itself,
     the_way_to_a_step_ends_at_a_failure, alone_it_answers_its_questions,
     bare_it_is_nothing_but_its_commands, quit_is_the_last_step,
     an_interrupt_at_the_end_leaves_nothing_to_take_up, a_resize_is_followed, memory_is_bounded)
