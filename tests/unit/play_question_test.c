/* Questions of a lesson that is played: answers, hints, and what is tried in between. */
#include "theatre.h"

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

UNIT("play_question", an_answer_gets_what_it_deserves, what_a_question_says_is_not_said_again,
     enter_alone_leads_through_questions, a_question_is_skipped_and_the_first_time_counts,
     aside_and_back_a_question_counts_on, aside_a_wrong_answer_is_not_forgotten,
     commands_at_a_question_leave_no_trace)
