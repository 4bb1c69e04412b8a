/* For tests of the reader: a lesson from text, and what was read as text. */
#ifndef TESTS_LESSONS_H
#define TESTS_LESSONS_H

#include <string.h>

#include "base/text.h"
#include "lesson/lesson.h"
#include "unit.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* What makes a lesson of any text. */
#define STEP "```bp\nbp> init\n```\n"

typedef struct Sample {
    const char *source, *expected;
} Sample;

typedef struct Refusal {
    const char *source;
    long line;
    const char *message;
} Refusal;

static inline void spell_spans(Text *out, const Span *spans, int count)
{
    static const char *const accents[] = {"", "/", "*"};
    for (int i = 0; i < count; i++) {
        const char *sign = spans[i].kind == SPAN_CODE ? "`" : accents[spans[i].accent];
        text_print(out, "%s%s%s", sign, spans[i].text, sign);
    }
}

/* FIRST|REST around the kind and the words, as `• |  P one`; tight ones begin with a comma. */
static inline void spell_passage(Text *out, const Passage *passage)
{
    text_print(out, "%s%s|%s%c", passage->tight ? "," : "", passage->first, passage->rest,
               "HPCR"[passage->kind]);
    if (passage->level) text_print(out, "%d", passage->level);
    if (passage->span_count) text_add_char(out, ' ');
    spell_spans(out, passage->spans, passage->span_count);
}

static inline void spell_table(Text *out, const Table *table)
{
    text_add(out, table->headless ? "HEADLESS" : "TABLE");
    if (table->indent) text_print(out, "+%d", table->indent);
    for (int i = 0; i < table->count; i++) text_print(out, " [%s]", table->columns[i].heading);
}

static inline void spell_page(Text *out, const Passages *page)
{
    int columns = 0;
    for (int i = 0; i < page->count; i++) {
        const Block *block = &page->blocks[i];
        if (block->kind == BLOCK_TABLE) columns = block->table.count;
        if (block->kind == BLOCK_TABLE) spell_table(out, &block->table);
        if (block->kind == BLOCK_TABLE_END) text_add(out, "END");
        if (block->kind == BLOCK_ROW) text_add(out, "ROW");
        for (int j = 0; block->kind == BLOCK_ROW && j < columns; j++) {
            text_add(out, " [");
            spell_spans(out, block->cells[j].prose.spans, block->cells[j].prose.count);
            text_add(out, "]");
        }
        if (block->kind == BLOCK_PASSAGE) spell_passage(out, &block->passage);
        text_add_char(out, '\n');
    }
}

/* LINE command => its lines. */
static inline void spell_step(Text *out, const Step *step)
{
    text_print(out, "%s =>", step->command);
    for (int i = 0; i < step->expected_count; i++) text_print(out, " {%s}", step->expected[i]);
    if (step->any_output) text_add(out, " any");
    if (step->tolerance > 0) text_print(out, " tol %g", step->tolerance);
    text_add_char(out, '\n');
}

static inline void spell_quiz(Text *out, const Question *question)
{
    text_print(out, "%s", question->text);
    if (question->answer) text_print(out, " = %s", question->answer);
    if (question->symbolic) text_add(out, " symbolic");
    if (question->tolerance > 0) text_print(out, " tol %g", question->tolerance);
    for (int i = 0; i < question->choice_count; i++)
        text_print(out, " %c%s", question->choices[i].right ? '+' : '-', question->choices[i].text);
    for (int i = 0; i < question->hint_count; i++) text_print(out, " ?%s", question->hints[i]);
    for (int i = 0; i < question->mistake_count; i++)
        text_print(out, " !%s:%s@%ld", question->mistakes[i].expression,
                   question->mistakes[i].message, question->mistakes[i].line);
    text_print(out, " @%ld\n", question->line);
}

/* Every part, with its line before it. */
static inline void spell_lesson(Text *out, const Lesson *lesson)
{
    for (int i = 0; i < lesson->count; i++) {
        const Part *part = &lesson->parts[i];
        text_print(out, "%ld ", part->line);
        switch (part->kind) {
        case PART_PASSAGES: spell_page(out, &part->passages); break;
        case PART_STEP: spell_step(out, &part->step); break;
        case PART_QUIZ: spell_quiz(out, &part->question); break;
        }
    }
}

/* Reads SOURCE, which must be a lesson. */
static inline Lesson read_lesson(const char *name, const char *source, size_t length)
{
    Lesson lesson;
    long line = -1;
    Error err;
    bool read = lesson_read(&lesson, name, source, length, &line, &err);
    ck_assert_msg(read, "%.60s:\n%ld: %s", source, line, read ? "" : err.message);
    return lesson;
}

static inline void expect_lesson(const char *name, const char *source, const char *expected)
{
    Text spelled = {0};
    Lesson lesson = read_lesson(name, source, strlen(source));
    spell_lesson(&spelled, &lesson);
    ck_assert_str_eq(text_string(&spelled), expected);
    text_release(&spelled);
    lesson_release(&lesson);
}

/* SOURCE is no lesson: LINE is where, and MESSAGE begins to say why. */
static inline void expect_refusal(const char *name, const char *source, size_t length, long line,
                                  const char *message)
{
    Lesson lesson;
    long at = -1;
    Error err;
    bool read = lesson_read(&lesson, name, source, length, &at, &err);
    ck_assert_msg(!read, "%.60s: is a lesson", source);
    ck_assert_msg(!strncmp(err.message, message, strlen(message)), "%.60s: %s", source,
                  err.message);
    ck_assert_msg(at == line, "%.60s: line %ld: %s", source, at, err.message);
    size_t end = strlen(err.message);
    ck_assert_msg(end && err.message[end - 1] != '.', "%s", err.message);
}

#endif
