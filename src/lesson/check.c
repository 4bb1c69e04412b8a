#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/replay.h"
#include "lesson/check.h"
#include "lesson/renewal.h"
#include "lesson/seal.h"
#include "lesson/sheet.h"

enum { PRINTED_BYTES = 64 * 1024 * 1024 }; /* kept of one command */

/* A lesson while it runs. */
typedef struct Run {
    Check *check;
    const Lesson *lesson;
    Replay *replay;
    SheetRoom room; /* of what the present step has printed */
} Run;

static bool is_interrupted(const Check *check)
{
    return check->interrupted && *check->interrupted;
}

static void find(const Run *run, const Finding *finding, long *bad)
{
    if (finding->kind != FINDING_OK) ++*bad;
    run->check->report->take(run->check->report, finding);
}

/* Whether nothing is left to be checked after PART. */
static bool is_last(const Lesson *lesson, const Part *part)
{
    while (++part < lesson->parts + lesson->count)
        if (part->kind != PART_PASSAGES) return false;
    return true;
}

/* Whether what FINDING's command has printed is what it was to print; says what else is wrong.
   EARLY: the lesson ends with it, before its last step. */
static bool judge(Finding *finding, Outcome outcome, bool early)
{
    const Step *step = finding->step;
    finding->failed = outcome == OUTCOME_FAILED && !lesson_expects_failure(step);
    finding->message = finding->lost     ? "it prints more than 64 MiB"
                       : finding->failed ? "it fails"
                       : early           ? "what comes after it is never run"
                                         : NULL;
    if (finding->message) return false;
    return step->any_output || match_lines(finding->want, finding->got, step->tolerance);
}

/* Whether the lesson goes on after it. */
static bool run_step(Run *run, const Part *part)
{
    const Step *step = &part->step;
    Tally *tally = &run->check->tally;
    Printed printed;
    Outcome outcome = replay_execute(run->replay, step->command, &printed);
    if (outcome == OUTCOME_INTERRUPTED || is_interrupted(run->check)) return false;
    Finding finding = {.file = run->lesson->name,
                       .line = part->line,
                       .subject = step->command,
                       .step = step,
                       .want = match_trim((Sheet){step->expected, step->expected_count}),
                       .got = match_trim(sheet_cut(&run->room, printed.text)),
                       .lost = printed.cut};
    bool early = outcome == OUTCOME_QUIT && !step->any_output && !is_last(run->lesson, part);
    bool ok = judge(&finding, outcome, early);
    finding.kind = ok ? FINDING_OK : FINDING_DIFFERS;
    tally->steps++;
    find(run, &finding, &tally->bad_steps);
    return outcome != OUTCOME_QUIT && (ok || !step->any_output);
}

static bool run_quiz(Run *run, const Part *part)
{
    Error err = {0};
    long line = part->line;
    Tally *tally = &run->check->tally;
    bool ok = question_check(replay_session(run->replay), &part->question, &line, &err);
    if (is_interrupted(run->check)) return false;
    tally->quizzes++;
    find(run,
         &(Finding){.kind = ok ? FINDING_OK : FINDING_DIFFERS,
                    .file = run->lesson->name,
                    .line = ok ? part->line : line,
                    .subject = part->question.text,
                    .message = ok ? NULL : err.message},
         &tally->bad_quizzes);
    return true;
}

static bool run_page(Run *run, const Part *part)
{
    (void)run;
    (void)part;
    return true;
}

static long line_of(const Lesson *lesson, size_t at)
{
    long line = 1;
    for (size_t i = 0; i < at; i++) line += lesson->source[i] == '\n';
    return line;
}

static void check_seal(Run *run)
{
    if (seal_holds(run->lesson)) return;
    bool broken = strcmp(run->lesson->seal, "0") != 0;
    find(run,
         &(Finding){.kind = FINDING_DIFFERS,
                    .file = run->lesson->name,
                    .line = line_of(run->lesson, run->lesson->seal_range.start),
                    .message = broken ? "the seal is broken: the file has changed since it was "
                                        "sealed (`backprop --check --update` seals it anew)"
                                      : "not sealed yet: `backprop --check --update` seals it"},
         &run->check->tally.bad_seals);
}

static void run_parts(Run *run)
{
    static bool (*const runners[])(Run *, const Part *) = {
        [PART_PASSAGES] = run_page, [PART_STEP] = run_step, [PART_QUIZ] = run_quiz};
    bool going = true;
    for (int i = 0; going && i < run->lesson->count; i++) {
        const Part *part = &run->lesson->parts[i];
        going = runners[part->kind](run, part);
    }
}

void check_lesson(Check *check, const Lesson *lesson)
{
    Run run = {.check = check, .lesson = lesson};
    char *folder = file_folder(lesson->name);
    run.replay = replay_new(&(SessionOptions){.interrupted = check->interrupted,
                                              .lessons = check->lessons,
                                              .access = check->access,
                                              .folder = folder},
                            PRINTED_BYTES);
    check->tally.lessons++;
    check_seal(&run);
    run_parts(&run);
    check->tally.interrupted = is_interrupted(check);
    replay_free(run.replay);
    sheet_room_release(&run.room);
    free(folder);
}

static void refuse(Check *check, const Finding *finding)
{
    check->tally.bad_lessons++;
    check->report->take(check->report, finding);
}

void check_refuse(Check *check, const char *name, const Error *err)
{
    refuse(
        check,
        &(Finding){.kind = FINDING_REFUSED, .file = name, .message = err->message, .unread = true});
}

static bool read_lesson(Check *check, Lesson *lesson, const char *name, const char *source,
                        size_t length)
{
    Error err = {0};
    long line = 0;
    if (lesson_read(lesson, name, source, length, &line, &err)) return true;
    refuse(check,
           &(Finding){.kind = FINDING_REFUSED, .file = name, .line = line, .message = err.message});
    return false;
}

bool check_source(Check *check, const char *name, const char *source, size_t length)
{
    Lesson lesson;
    if (!read_lesson(check, &lesson, name, source, length)) return false;
    check_lesson(check, &lesson);
    lesson_release(&lesson);
    return true;
}

/* Whether the file is to be what RENEWAL has made of it, now that it was checked. */
static bool is_worth(Check *check, const Renewal *renewal, const Tally *before)
{
    const Lesson *old = renewal->lesson;
    bool steady = check->tally.bad_steps == before->bad_steps &&
                  check->tally.bad_lessons == before->bad_lessons;
    if (!steady && renewal->steps)
        check->report->take(check->report,
                            &(Finding){.kind = FINDING_DIFFERS,
                                       .file = old->name,
                                       .message = "not rewritten, as it would still differ: `[..]` "
                                                  "and `...` stand for what changes every time"});
    bool same = renewal->source.length == old->length &&
                !memcmp(renewal->source.bytes, old->source, old->length);
    return steady && !same && !check->tally.interrupted;
}

static void renew(Check *check, const Lesson *lesson, Text *renewed)
{
    Renewal renewal;
    Tally before = check->tally;
    renewal_init(&renewal, lesson, check->report);
    Check first = *check;
    first.report = &renewal.report;
    check_lesson(&first, lesson);
    renewal_finish(&renewal);
    if (is_interrupted(check))
        check->tally.interrupted = true;
    else
        check_source(check, lesson->name, renewal.source.bytes, renewal.source.length);
    if (is_worth(check, &renewal, &before)) {
        text_add_bytes(renewed, renewal.source.bytes, renewal.source.length);
        check->tally.rewritten += renewal.steps;
        check->tally.failing += renewal.failing;
        check->tally.sealed += lesson->seal != NULL;
    }
    renewal_release(&renewal);
}

bool check_renew(Check *check, const char *name, const char *source, size_t length, Text *renewed)
{
    Lesson lesson;
    if (!read_lesson(check, &lesson, name, source, length)) return false;
    renew(check, &lesson, renewed);
    lesson_release(&lesson);
    return true;
}
