#include <math.h>
#include <stdio.h>

#include "session/alike.h"
#include "session/choices.h"
#include "session/key.h"
#include "session/question.h"

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

static bool check_choices(const Question *question, Error *err)
{
    return choices_right(question) > 0 || fail(err, 0, "none of the choices is right");
}

bool question_check(Session *session, const Question *question, long *line, Error *err)
{
    *line = question->line;
    if (!question->answer) return check_choices(question, err);
    for (int i = 0; i <= question->mistake_count; i++) {
        *line = line_of(question, i);
        if (!check_value(session, question, i, err) || !check_difference(session, question, i, err))
            return false;
    }
    return true;
}
