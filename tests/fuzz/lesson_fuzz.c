/* Fuzzer: any bytes are read as a lesson, and as one of the bare form.

   What was read must lie in order within the source, and what was refused must be said with a
   line that there is. The sanitizers watch over the rest. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/lesson.h"

static void insist(bool condition)
{
    if (!condition) abort();
}

static void check_words(const Span *spans, int count)
{
    for (int i = 0; i < count; i++) insist(strlen(spans[i].text) > 0);
}

static void check_page(const Passages *page)
{
    int columns = 0;
    insist(page->count > 0);
    for (int i = 0; i < page->count; i++) {
        const Block *block = &page->blocks[i];
        const Passage *passage = &block->passage;
        if (block->kind == BLOCK_PASSAGE) {
            insist(passage->first && passage->rest);
            check_words(passage->spans, passage->span_count);
        }
        if (block->kind == BLOCK_TABLE) columns = block->table.count;
        for (int j = 0; block->kind == BLOCK_ROW && j < columns; j++)
            check_words(block->cells[j].prose.spans, block->cells[j].prose.count);
    }
}

/* The lines that are expected are those of the range. */
static void check_step(const Lesson *lesson, const Step *step, size_t *end)
{
    insist(*step->command && step->output.start >= *end && step->output.end <= lesson->length);
    *end = step->output.start;
    for (int i = 0; i < step->expected_count; i++) {
        size_t length = strlen(step->expected[i]);
        insist(!memcmp(lesson->source + *end, step->expected[i], length));
        *end += length;
        *end += lesson->source[*end] == '\r';
        insist(lesson->source[(*end)++] == '\n');
    }
    insist(*end == step->output.end);
}

static void check_quiz(const Question *question)
{
    insist(*question->text && !question->answer == (question->choice_count > 1));
    for (int i = 0; i < question->hint_count; i++) insist(*question->hints[i]);
    for (int i = 0; i < question->mistake_count; i++)
        insist(*question->mistakes[i].expression && *question->mistakes[i].message);
}

static void check_lesson(const Lesson *lesson)
{
    size_t end = 0;
    insist(*lesson->title && lesson->step_count > 0);
    for (int i = 0; i < lesson->count; i++) {
        const Part *part = &lesson->parts[i];
        insist(part->line > (i ? part[-1].line : 0));
        switch (part->kind) {
        case PART_PASSAGES: check_page(&part->passages); break;
        case PART_STEP: check_step(lesson, &part->step, &end); break;
        case PART_QUIZ: check_quiz(&part->question); break;
        }
    }
}

static void read_one(const char *name, const char *source, size_t length)
{
    Lesson lesson;
    long line, lines = 1;
    Error err = {0};
    for (size_t i = 0; i < length; i++) lines += source[i] == '\n';
    if (lesson_read(&lesson, name, source, length, &line, &err)) {
        check_lesson(&lesson);
        lesson_release(&lesson);
        return;
    }
    insist(*err.message && line >= 0 && line <= lines && !lesson.arena.page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_one("fuzz.md", (const char *)data, size);
    read_one("fuzz.bp", (const char *)data, size);
    return 0;
}
