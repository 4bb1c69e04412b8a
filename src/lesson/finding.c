#include "lesson/report.h"

Edits finding_edits(const Finding *finding)
{
    return finding->failed ? align_apart(finding->want, finding->got)
                           : align(finding->want, finding->got, finding->step->tolerance);
}

bool tally_is_good(const Tally *tally)
{
    return !tally->bad_lessons && !tally->bad_steps && !tally->bad_quizzes && !tally->bad_seals &&
           !tally->interrupted;
}

void tally_spell(Text *text, const Tally *tally)
{
    const struct {
        long count;
        const char *one, *more;
    } rows[] = {
        {tally->rewritten, "step rewritten", "steps rewritten"},
        {tally->failing, "of these fails", "of these fail"},
        {tally->sealed, "lesson sealed anew", "lessons sealed anew"},
        {tally->bad_steps, "step differs", "steps differ"},
        {tally->bad_quizzes, "quiz is stale", "quizzes are stale"},
        {tally->bad_seals, "seal does not hold", "seals do not hold"},
        {tally->bad_lessons, "file cannot be checked", "files cannot be checked"},
    };
    text_print(text, "%ld lesson%s, %ld step%s, %ld %s:", tally->lessons, plural(tally->lessons),
               tally->steps, plural(tally->steps), tally->quizzes,
               tally->quizzes == 1 ? "quiz" : "quizzes");
    const char *before = "";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].count) continue;
        const char *what = rows[i].count == 1 ? rows[i].one : rows[i].more;
        text_print(text, "%s %ld %s", before, rows[i].count, what);
        before = ",";
    }
    if (tally->interrupted)
        text_print(text, "%s interrupted", before);
    else if (!*before)
        text_add(text, " all as written");
}
