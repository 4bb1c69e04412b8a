#include <math.h>

#include "quiz/alike.h"
#include "quiz/choices.h"
#include "quiz/key.h"
#include "quiz/question.h"

/* "to 3 decimals" for 0.0005. */
static const char *decimals(Session *session, double tolerance)
{
    double places = -log10(2 * tolerance), whole = round(places);
    if (fabs(places - whole) > 1e-6 || whole < 0)
        return arena_print(&session->arena, "within %g", tolerance);
    if (whole == 0) return "to the nearest whole number";
    return arena_print(&session->arena, "to %.0f decimal%s", whole, whole == 1 ? "" : "s");
}

const char *question_wanted(Session *session, const Question *question)
{
    Key key;
    if (!question->answer)
        return choices_right(question) > 1 ? "all that are right" : "one of these";
    if (question->symbolic) return "a formula";
    if (question->tolerance > 0) return decimals(session, question->tolerance);
    bool whole = key_read(session, question->answer, 0, &key, NULL) && key_is_whole(key.value);
    return whole ? "exactly" : "to 4 significant digits";
}

/* All that has to differ: the key, then the mistakes. */
static const char *expression_of(const Question *question, int i)
{
    return i ? question->mistakes[i - 1].expression : question->answer;
}

static const char *name_of(Session *session, const Question *question, int i)
{
    return i ? arena_print(&session->arena, "the mistake `%s`",
                           question->mistakes[i - 1].expression)
             : arena_print(&session->arena, "the answer `%s`", question->answer);
}

static long line_of(const Question *question, int i)
{
    return i ? question->mistakes[i - 1].line : question->line;
}

static bool has_value(Session *session, const Question *question, int i, Error *err)
{
    Key key;
    const char *text = expression_of(question, i);
    return question->symbolic ? alike_ready(session, text, err)
                              : key_read(session, text, 0, &key, err);
}

static bool check_value(Session *session, const Question *question, int i, Error *err)
{
    Error why;
    return has_value(session, question, i, &why) ||
           fail(err, 0, "%s cannot be evaluated: %.300s", name_of(session, question, i),
                why.message);
}

/* Both have values. */
static bool are_same(Session *session, const Question *question, int i, int k)
{
    Key a, b;
    bool same = false;
    const char *first = expression_of(question, i), *second = expression_of(question, k);
    if (question->symbolic) {
        alike_compare(session, first, key_text(session, second), &same, NULL);
        return same;
    }
    return key_read(session, first, 0, &a, NULL) && key_read(session, second, 0, &b, NULL) &&
           key_is_near(b.value, a.value, question->tolerance);
}

static bool check_difference(Session *session, const Question *question, int i, Error *err)
{
    ArenaMark mark = arena_mark(&session->arena);
    for (int k = 0; k < i; k++, arena_reset(&session->arena, mark))
        if (are_same(session, question, k, i))
            return fail(err, 0, "%s comes to the same as %s: nobody could tell which was meant",
                        name_of(session, question, i), name_of(session, question, k));
    return true;
}

/* Whether what is said of the choice NAME can come to be. SAID: of which something is already. */
static bool check_choice(const Question *question, const char *name, bool *said, Error *err)
{
    int choice = choices_find(question, name);
    if (choice < 0)
        return fail(err, 0, "`%s` is none of the choices: a letter is, as in `wrong: b Why not`",
                    name);
    if (question->choices[choice].right)
        return fail(err, 0, "the choice `%s` is right: nothing is to be said against it", name);
    if (said[choice]) return fail(err, 0, "of the choice `%s` something is said already", name);
    return said[choice] = true;
}

static bool check_choices(Session *session, const Question *question, long *line, Error *err)
{
    bool *said = arena_new(&session->arena, (size_t)question->choice_count);
    if (!choices_right(question)) return fail(err, 0, "none of the choices is right");
    for (int i = 0; i < question->mistake_count; i++) {
        const Mistake *mistake = &question->mistakes[i];
        *line = mistake->line;
        if (!check_choice(question, mistake->expression, said, err)) return false;
    }
    return true;
}

bool question_check(Session *session, const Question *question, long *line, Error *err)
{
    *line = question->line;
    if (!question->answer) return check_choices(session, question, line, err);
    for (int i = 0; i <= question->mistake_count; i++) {
        *line = line_of(question, i);
        if (!check_value(session, question, i, err) || !check_difference(session, question, i, err))
            return false;
    }
    return true;
}
