/* Questions: which can be asked, and which digits they want. */
#include "quiz/question.h"
#include "trial.h"

static const char notes[] = "init 2-2-1\ninput 80 8 -> 3";
static const char curved[] =
    "init 2-2-1 sigmoid weights=uniform seed=3\nset b^1 [0.1 -0.2]\ninput 0.5 -1 -> 1";

static Question numeric(const char *answer, double tolerance)
{
    return (Question){.text = "?", .answer = answer, .tolerance = tolerance, .line = 7};
}

static Question symbolic(const char *answer)
{
    return (Question){.text = "?", .answer = answer, .symbolic = true, .line = 7};
}

static void start(Trial *trial, const char *lines)
{
    trial_start(trial);
    trial_do(trial, lines);
}

static void check_wanted(Trial *trial, Question question, const char *wanted)
{
    const char *found = question_wanted(trial->session, &question);
    ck_assert_msg(!strcmp(found, wanted), "%s: %s, not %s", question.answer, found, wanted);
}

START_TEST(the_digits_wanted_follow_from_the_tolerance_or_the_key)
{
    Trial trial;
    start(&trial, curved);
    check_wanted(&trial, numeric("grad w11^1", 0.0005), "to 3 decimals");
    check_wanted(&trial, numeric("grad w11^1", 0.05), "to 1 decimal");
    check_wanted(&trial, numeric("grad w11^1", 0.5), "to the nearest whole number");
    check_wanted(&trial, numeric("grad w11^1", 0.3), "within 0.3");
    check_wanted(&trial, numeric("grad w11^1", 0), "to 4 significant digits");
    check_wanted(&trial, numeric("2*3", 0), "exactly");
    check_wanted(&trial, numeric("0", 0), "exactly");
    check_wanted(&trial, numeric("1e20", 0), "to 4 significant digits");
    check_wanted(&trial, symbolic("grad w11^1"), "a formula");
    const Choice one[] = {{"a", true}, {"b", false}}, both[] = {{"a", true}, {"b", true}};
    check_wanted(&trial, (Question){.choices = one, .choice_count = 2}, "one of these");
    check_wanted(&trial, (Question){.choices = both, .choice_count = 2}, "all that are right");
    trial_free(&trial);
}
END_TEST

static void check_stale(const char *lines, Question question, long line, const char *part)
{
    Trial trial;
    Error err = {0};
    long found = 0;
    start(&trial, lines);
    bool good = question_check(trial.session, &question, &found, &err);
    ck_assert_msg(good == !part, "%s: %s", question.answer, err.message);
    ck_assert_msg(!part || strstr(err.message, part), "%s: %s", question.answer, err.message);
    ck_assert_msg(!part || found == line, "%s: line %ld", question.answer, found);
    trial_free(&trial);
}

static Question mistaken(Question question, const Mistake *mistakes, int count)
{
    question.mistakes = mistakes;
    question.mistake_count = count;
    return question;
}

START_TEST(a_question_is_stale_when_its_expressions_are)
{
    const Mistake good[] = {{"30", "a page", 8}, {"-grad w11^2", "", 9}};
    const Mistake wrongs[] = {{"-dL/dw11^2", "the sign", 8}, {"-30448", "again", 9}};
    const Mistake same[] = {{"346*88", "the key", 8}}, none[] = {{"w99^9", "nothing", 8}};
    const Mistake signs[] = {{"2*(y - yhat)*o11", "the sign", 8}, {"-dL/dw11^2", "again", 9}};
    const Mistake near[] = {{"0.1234", "", 8}, {"0.1238", "", 9}};
    check_stale(notes, numeric("grad w11^2", 0), 0, NULL);
    check_stale(notes, mistaken(numeric("grad w11^2", 0), good, 1), 0, NULL);
    check_stale(notes, mistaken(numeric("dL/dw11^2", 0), wrongs, 1), 0, NULL);
    check_stale(notes, mistaken(numeric("dL/dw11^2", 0), wrongs, 2), 9, "the same as the mistake");
    check_stale(notes, mistaken(numeric("dL/dw11^2", 0), good, 2), 9, "cannot be evaluated");
    check_stale(notes, mistaken(numeric("grad w11^2", 0), same, 1), 8, "the same as the answer");
    check_stale(notes, mistaken(numeric("grad w11^2", 0), none, 1), 8, "w99^9");
    check_stale(notes, mistaken(numeric("1", 0), near, 2), 0, NULL);
    check_stale(notes, mistaken(numeric("1", 0.0005), near, 2), 9, "the same as");
    check_stale(notes, numeric("grad w99^9", 0), 7, "cannot be evaluated");
    check_stale(notes, numeric("1/0", 0), 7, "inf");
    check_stale(notes, numeric("3 +", 0), 7, "cannot be evaluated");
    check_stale("set lr 1", numeric("grad w11^2", 0), 7, "no network");
    check_stale("set lr 1", numeric("lr + 1", 0), 0, NULL);
    check_stale("init 2-2-1", numeric("yhat", 0), 7, "no row");
    check_stale("init 2-1:sigmoid loss=bce\ninput 1 2 -> 3", numeric("L", 0), 7, "between 0 and 1");
    check_stale(notes, mistaken(symbolic("grad w11^2"), signs, 1), 0, NULL);
    check_stale(notes, mistaken(symbolic("grad w11^2"), signs, 2), 9, "the same as the mistake");
    check_stale("set lr 1", symbolic("2*x + 2*y"), 0, NULL);
    check_stale(notes, symbolic("-2*(y - yhta)"), 7, "unknown name `yhta`; did you mean `yhat`?");
    check_stale(notes, symbolic("-2*(y - m*x - eta2)"), 0, NULL);
    check_stale("set lr 1", symbolic("log(-x^2)"), 7, "too few points");
    const Choice choices[] = {{"the sum z", false}, {"the output o", true}, {"2", false}};
    const Mistake told[] = {{"a", "", 8}, {"2", "", 9}}, words[] = {{"The sum z", "", 8}};
    const Mistake twice[] = {{"c", "", 8}, {"2", "", 9}}, right[] = {{"b)", "", 8}};
    const Mistake number[] = {{"3 + 4", "", 8}}, absent[] = {{"d", "", 8}};
    const Question choosing = {.choices = choices, .choice_count = 3, .line = 7};
    check_stale(notes, mistaken(choosing, told, 2), 0, NULL);
    check_stale(notes, mistaken(choosing, words, 1), 0, NULL);
    check_stale(notes, mistaken(choosing, twice, 2), 9, "something is said already");
    check_stale(notes, mistaken(choosing, right, 1), 8, "the choice `b)` is right");
    check_stale(notes, mistaken(choosing, number, 1), 8, "`3 + 4` is none of the choices");
    check_stale(notes, mistaken(choosing, absent, 1), 8, "`d` is none of the choices");
    check_stale(notes, (Question){.choices = &(Choice){"a", false}, .choice_count = 1, .line = 7},
                7, "none of the choices");
}
END_TEST

UNIT("question", the_digits_wanted_follow_from_the_tolerance_or_the_key,
     a_question_is_stale_when_its_expressions_are)
