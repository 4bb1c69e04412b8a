#include <math.h>

#include "quiz/alike.h"
#include "quiz/choices.h"
#include "quiz/judge.h"
#include "quiz/key.h"
#include "quiz/misconception.h"
#include "quiz/question.h"
#include "session/emit.h"

static Prose words_of(Session *session, const char *message)
{
    return prose_print(session, "%w", message);
}

/* What is said of the first choice that should not have been PICKED. */
static void answer_choice(Session *session, const Question *question, const bool *picked,
                          Verdict *verdict)
{
    for (int i = 0; i < question->mistake_count && !verdict->words.count; i++) {
        const Mistake *mistake = &question->mistakes[i];
        int choice = choices_find(question, mistake->expression);
        if (choice >= 0 && picked[choice]) verdict->words = words_of(session, mistake->message);
    }
}

static bool judge_choice(Session *session, const Question *question, const char *answer,
                         Verdict *verdict, Error *err)
{
    const bool *picked = choices_read(question, answer, &session->arena);
    if (!picked)
        return fail(err, 1, "this is none of the choices: answer with %s, its number or its words",
                    choices_right(question) > 1 ? "the letter of each right one" : "a letter");
    verdict->right = choices_are_right(question, picked);
    if (!verdict->right) answer_choice(session, question, picked, verdict);
    return true;
}

/* A mistake that the question itself knows. */
static bool find_mistake(Session *session, const Question *question, double value, Verdict *verdict,
                         Error *err)
{
    for (int i = 0; i < question->mistake_count && !verdict->words.count; i++) {
        const Mistake *mistake = &question->mistakes[i];
        Key wrong;
        if (!key_read(session, mistake->expression, 0, &wrong, err)) return false;
        if (key_is_near(value, wrong.value, question->tolerance))
            verdict->words = words_of(session, mistake->message);
    }
    return true;
}

static void name_misconception(Session *session, const Misconception *found, Verdict *verdict)
{
    if (!found) return;
    verdict->misconception = found->name;
    verdict->words = prose_print(session, "%s (%s)", found->message, found->notes);
}

/* VALUE with fewer digits, rounded or cut off. Of one digit that is too little to tell. */
static bool is_shortened(double answer, double value)
{
    enum { FEWEST = 2, MOST = 15 };
    for (int digits = FEWEST; digits <= MOST; digits++) {
        double unit = pow(10, floor(log10(fabs(value))) - (digits - 1)), most = unit * 1e-6;
        double rounded = round(value / unit) * unit, cut = trunc(value / unit) * unit;
        if (fabs(answer - rounded) <= most || fabs(answer - cut) <= most) return true;
    }
    return false;
}

static void ask_for_digits(Session *session, const Question *question, double answer, double value,
                           Verdict *verdict)
{
    if (verdict->words.count || key_is_whole(value) || !is_shortened(answer, value)) return;
    verdict->words = prose_print(session, "right as far as it goes, but it is wanted %s",
                                 question_wanted(session, question));
}

static bool judge_number(Session *session, const Question *question, const char *answer,
                         Verdict *verdict, Error *err)
{
    Key key, given;
    if (!key_read(session, question->answer, 0, &key, err) ||
        !key_read(session, answer, 1, &given, err))
        return false;
    verdict->right = key_is_near(given.value, key.value, question->tolerance);
    if (verdict->right) return true;
    if (!find_mistake(session, question, given.value, verdict, err)) return false;
    if (!verdict->words.count && key.gradient)
        name_misconception(session,
                           misconception_of_number(session, &key, given.value, question->tolerance),
                           verdict);
    ask_for_digits(session, question, given.value, key.value, verdict);
    return true;
}

/* A formula that is wrong. Where all weights are 1 many a one comes to the right number. */
static void explain_wrong_formula(Session *session, const Question *question, const char *answer,
                                  Verdict *verdict)
{
    Key key, given;
    if (!key_read(session, question->answer, 0, &key, NULL)) return;
    if (key.gradient)
        name_misconception(session, misconception_of_formula(session, &key, answer), verdict);
    if (!verdict->words.count && key_read(session, answer, 1, &given, NULL) &&
        key_is_near(given.value, key.value, 0))
        verdict->words = prose_print(
            session, "it comes to %n here, as it should, but not with other numbers", given.value);
}

/* A letter of another formula, or a product read otherwise than it was meant: xw as one name. */
static bool refuse_stranger(Session *session, const Question *question, const char *answer,
                            Error *err)
{
    const char *name = key_stranger(session, question->answer, answer);
    if (!name) return true;
    bool single = !name[1];
    return fail(err, 0, "`%s` is no symbol of this question; %s", name,
                single ? "write the formula with those that it names"
                       : "the factors of a product stand apart, as in 2*x*y^3 or 2 x y³");
}

static bool judge_formula(Session *session, const Question *question, const char *answer,
                          Verdict *verdict, Error *err)
{
    if (!alike_compare(session, question->answer, answer, &verdict->right, err)) return false;
    for (int i = 0; i < question->mistake_count && !verdict->right && !verdict->words.count; i++) {
        const Mistake *mistake = &question->mistakes[i];
        bool same;
        if (!alike_compare(session, mistake->expression, answer, &same, err)) return false;
        if (same) verdict->words = words_of(session, mistake->message);
    }
    if (verdict->right || verdict->words.count) return true;
    explain_wrong_formula(session, question, answer, verdict);
    return verdict->words.count || refuse_stranger(session, question, answer, err);
}

bool question_judge(Session *session, const Question *question, const char *answer,
                    Verdict *verdict, Error *err)
{
    bool formula;
    *verdict = (Verdict){0};
    if (!question->answer) return judge_choice(session, question, answer, verdict, err);
    if (!key_check_answer(session, answer, &formula, err)) return false;
    return (question->symbolic ? judge_formula : judge_number)(session, question, answer, verdict,
                                                               err) ||
           key_refuse_unreadable(answer, err);
}
