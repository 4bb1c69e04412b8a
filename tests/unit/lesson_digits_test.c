/* A digit that is changed in a shipped lesson does not go unnoticed. */
#include "unit.h"

#include <ctype.h>
#include <float.h>
#include <glob.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "lesson/match.h"
#include "lesson/seal.h"

static void each_lesson(void (*visit)(Lesson *lesson))
{
    glob_t found;
    ck_assert_int_eq(glob("lessons/*.md", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        Error err;
        Lesson lesson;
        Text source = {0};
        long line;
        const char *name = found.gl_pathv[i];
        ck_assert_msg(file_read(name, LESSON_BYTES, &source, 0, &err), "%s", err.message);
        ck_assert_msg(lesson_read(&lesson, name, source.bytes, source.length, &line, &err),
                      "%s:%ld: %s", name, line, err.message);
        visit(&lesson);
        lesson_release(&lesson);
        text_release(&source);
    }
    globfree(&found);
}

static bool is_of_number(char c)
{
    return isdigit((unsigned char)c) || c == '.' || c == 'e' || c == '-' || c == '+';
}

/* Whether the number around byte AT of LINE, which was OLD, may be what it is now: it is within
   a unit of its last digit, or within TOLERANCE. Whole numbers may not. */
static bool may_change(const char *line, const char *old, size_t at, double tolerance)
{
    size_t start = at, end = at;
    while (start > 0 && is_of_number(line[start - 1])) start--;
    while (is_of_number(line[end])) end++;
    while (start < at && !isdigit((unsigned char)line[start]) && line[start] != '-') start++;
    char word[64] = "";
    if (end - start >= sizeof word) return false;
    memcpy(word, line + start, end - start);
    char *exponent = strchr(word, 'e'), *point = strchr(word, '.');
    if (!exponent && !point) return false;
    double now = strtod(line + start, NULL), before = strtod(old + start, NULL);
    size_t last = strcspn(word, "e");
    double decimals = point && point < word + last ? (double)(word + last - point - 1) : 0;
    double unit = pow(10, (exponent ? strtod(exponent + 1, NULL) : 0) - decimals);
    double reach = tolerance > 0 ? tolerance * fmax(1, fabs(now)) : unit;
    return fabs(now - before) <= reach * (1 + 1e-6) + 2 * DBL_EPSILON * fabs(now);
}

/* All other digits in the place of each digit of what STEP prints. */
static void change_digits(const Lesson *lesson, const Part *part)
{
    const Step *step = &part->step;
    for (int i = 0; i < step->expected_count; i++) {
        const char *line = step->expected[i];
        char *changed = memory_copy(line);
        for (size_t at = 0; line[at]; at++) {
            for (char digit = '0'; isdigit((unsigned char)line[at]) && digit <= '9'; digit++) {
                changed[at] = digit;
                if (digit == line[at] || may_change(changed, line, at, step->tolerance)) continue;
                ck_assert_msg(!match_line(changed, line, step->tolerance), "%s:%ld: %s is as %s",
                              lesson->name, part->line, changed, line);
            }
            changed[at] = line[at];
        }
        free(changed);
    }
}

static void change_steps(Lesson *lesson)
{
    for (int i = 0; i < lesson->count; i++)
        if (lesson->parts[i].kind == PART_STEP) change_digits(lesson, &lesson->parts[i]);
}

START_TEST(digits_of_the_output_are_compared)
{
    each_lesson(change_steps);
}
END_TEST

/* The seal is another one for each digit of the file. */
static void change_source(Lesson *lesson)
{
    enum { FIRST = 7 };
    const char *source = lesson->source;
    char *changed = memory_new(lesson->length + 1), seal[SEAL_SIZE], other[SEAL_SIZE];
    memcpy(changed, source, lesson->length);
    seal_make(seal, lesson);
    lesson->source = changed;
    int digits = 0;
    for (size_t at = 0; at < lesson->length; at++) {
        bool own = at >= lesson->seal_range.start && at < lesson->seal_range.end;
        if (!isdigit((unsigned char)source[at]) || own || digits++ % FIRST) continue;
        changed[at] = source[at] == '9' ? '0' : (char)(source[at] + 1);
        seal_make(other, lesson);
        ck_assert_str_ne(seal, other);
        changed[at] = source[at];
    }
    lesson->source = source;
    free(changed);
}

START_TEST(digits_of_the_file_are_sealed)
{
    each_lesson(change_source);
}
END_TEST

UNIT("lesson_digits", digits_of_the_output_are_compared, digits_of_the_file_are_sealed)
