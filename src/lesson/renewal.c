#include <stdlib.h>
#include <string.h>

#include "lesson/renewal.h"
#include "lesson/respell.h"
#include "lesson/seal.h"

static void copy_to(Renewal *renewal, size_t end)
{
    size_t begin = renewal->copied;
    text_add_bytes(&renewal->source, renewal->lesson->source + begin, end - begin);
    renewal->copied = end;
}

/* Behind the line that begins where the old source is not done with yet. */
static size_t next_line(const Renewal *renewal)
{
    const Lesson *lesson = renewal->lesson;
    const char *rest = lesson->source + renewal->copied;
    const char *newline = memchr(rest, '\n', lesson->length - renewal->copied);
    return newline ? (size_t)(newline + 1 - lesson->source) : lesson->length;
}

/* What a fence would take for a prompt, or for its own end. */
static bool is_sign(const char *line)
{
    const char *first = line + strspn(line, " ");
    return !strncmp(first, "bp>", 3) || !strncmp(first, "```", 3) || !strncmp(first, "~~~", 3);
}

static const char *line_for(Renewal *renewal, const Finding *finding, const Edit *edit)
{
    Text line = {0};
    const char *got = finding->got.lines[edit->got];
    if (edit->kind == EDIT_CHANGE)
        respell_line(&line, finding->want.lines[edit->want], got, finding->step->tolerance);
    else
        text_add(&line, got);
    if (!is_sign(text_string(&line))) return text_move(&line, &renewal->arena);
    const char *rest = line.bytes + strspn(line.bytes, " ") + 1;
    const char *safe = arena_print(&renewal->arena, "[..]%s", rest);
    text_release(&line);
    return safe;
}

/* The line that EDIT leaves, or NULL. What is kept stays as it is in the source. */
static const char *apply(Renewal *renewal, const Finding *finding, const Edit *edit,
                         const char *line_end)
{
    if (edit->kind == EDIT_KEEP) {
        copy_to(renewal, next_line(renewal));
        return finding->want.lines[edit->want];
    }
    if (edit->want >= 0) renewal->copied = next_line(renewal);
    if (edit->got < 0) return NULL;
    const char *line = line_for(renewal, finding, edit);
    text_add(&renewal->source, line);
    text_add(&renewal->source, line_end);
    return line;
}

static void rewrite(Renewal *renewal, const Finding *finding)
{
    const Lesson *lesson = renewal->lesson;
    size_t start = finding->step->output.start;
    const char *line_end = start > 1 && lesson->source[start - 2] == '\r' ? "\r\n" : "\n";
    Edits edits = finding_edits(finding);
    const char **lines = arena_new(&renewal->arena, (size_t)edits.count * sizeof *lines + 1);
    Finding told = *finding;
    told.kind = FINDING_REWRITTEN;
    told.got = (Sheet){lines, 0};
    copy_to(renewal, start);
    for (int i = 0; i < edits.count; i++) {
        lines[told.got.count] = apply(renewal, finding, &edits.items[i], line_end);
        told.got.count += lines[told.got.count] != NULL;
    }
    renewal->steps++;
    renewal->failing += finding->failed;
    renewal->told->take(renewal->told, &told);
    free(edits.items);
    arena_release(&renewal->arena);
}

static void take(Report *report, const Finding *finding)
{
    Renewal *renewal = (Renewal *)report;
    const Step *step = finding->step;
    if (finding->kind == FINDING_DIFFERS && step && !step->any_output && !finding->lost)
        rewrite(renewal, finding);
}

static void end(Report *report, const Tally *tally)
{
    (void)report;
    (void)tally;
}

void renewal_init(Renewal *renewal, const Lesson *lesson, Report *told)
{
    *renewal = (Renewal){.report = {take, end}, .lesson = lesson, .told = told};
}

/* The seal is about what the source is now. */
static void seal(Renewal *renewal)
{
    const Lesson *old = renewal->lesson;
    char digits[SEAL_SIZE];
    if (!old->seal) return;
    Lesson now = {.seal = old->seal,
                  .seal_range = old->seal_range,
                  .source = renewal->source.bytes,
                  .length = renewal->source.length};
    seal_make(digits, &now);
    Text sealed = {0};
    text_add_bytes(&sealed, now.source, old->seal_range.start);
    text_add(&sealed, digits);
    text_add_bytes(&sealed, now.source + old->seal_range.end, now.length - old->seal_range.end);
    text_release(&renewal->source);
    renewal->source = sealed;
}

void renewal_finish(Renewal *renewal)
{
    copy_to(renewal, renewal->lesson->length);
    seal(renewal);
}

void renewal_release(Renewal *renewal)
{
    text_release(&renewal->source);
    arena_release(&renewal->arena);
}
