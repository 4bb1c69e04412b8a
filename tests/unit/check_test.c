#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "lesson/check.h"
#include "lesson/respell.h"
#include "lesson/seal.h"

/* The lines of TEXT, in place. */
static Sheet sheet_of(char *text, const char *lines[], int most)
{
    Sheet sheet = {lines, 0};
    for (char *line; (line = strsep(&text, "\n"));) {
        ck_assert_int_lt(sheet.count, most);
        if (*line) lines[sheet.count++] = line;
    }
    return sheet;
}

/* One sign for each edit: = kept, ! changed, - dropped, + added. */
static void check_edits(const char *want_text, const char *got_text, const char *signs)
{
    const char *lines[2][12];
    char *want = memory_copy(want_text), *got = memory_copy(got_text);
    Sheet want_sheet = sheet_of(want, lines[0], 12), got_sheet = sheet_of(got, lines[1], 12);
    Edits edits = align(want_sheet, got_sheet, 0);
    Text shown = {0};
    for (int i = 0; i < edits.count; i++) text_add_char(&shown, "=!-+"[edits.items[i].kind]);
    ck_assert_msg(!strcmp(text_string(&shown), signs), "%s|%s: %s", want_text, got_text,
                  text_string(&shown));
    text_release(&shown);
    free(edits.items);
    free(want);
    free(got);
}

START_TEST(least_is_changed)
{
    static const char *const rows[][3] = {
        {"a\nb", "a\nb", "=="},
        {"a\nb", "a\nc", "=!"},
        {"a\nb", "b", "-="},
        {"b", "a\nb", "+="},
        {"a\nb\nc", "c\na\nb", "+==-"},
        {"", "a", "+"},
        {"a", "", "-"},
        {"a\n...\nc", "a\nb\nb\nc", "==="},
        {"a\n...\nz", "b\nm\ny", "!=!"}, /* a gap takes nothing up that a line may become */
        {"a\n...", "b", "!="},
        {"...\nx = 1.5", "a\nb\nx = 2.5", "=!"},
        {"x = 1.5\ny", "b\nx = 2.5\ny", "+!="},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_edits(rows[i][0], rows[i][1], rows[i][2]);
}
END_TEST

START_TEST(lines_without_end_are_aligned_in_time)
{
    enum { COUNT = 20000 };
    const char **want = memory_new(COUNT * sizeof *want), **got = memory_new(COUNT * sizeof *got);
    for (int i = 0; i < COUNT; i++) want[i] = "1.5 want", got[i] = "2.5 got";
    got[COUNT - 1] = want[COUNT - 1];
    Edits edits = align((Sheet){want, COUNT}, (Sheet){got, COUNT}, 0);
    ck_assert_int_eq(edits.count, 2 * COUNT - 1);
    ck_assert_int_eq((int)edits.items[edits.count - 1].kind, EDIT_KEEP);
    free(edits.items);
    free(want);
    free(got);
}
END_TEST

/* A sanitizer takes its time, too. */
#ifdef __SANITIZE_ADDRESS__
enum { SLOWER = 10 };
#else
enum { SLOWER = 1 };
#endif

static double seconds_of_align(const char *want, const char *got, int count)
{
    enum { MOST = 40 };
    const char *wants[MOST], *gots[MOST];
    clock_t begin = clock();
    for (int i = 0; i < count; i++) wants[i] = want, gots[i] = got;
    Edits edits = align((Sheet){wants, count}, (Sheet){gots, count}, 0);
    ck_assert_int_ge(edits.count, count);
    free(edits.items);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Many numbers are as bad as many bytes, where a wildcard lets them begin anywhere. */
START_TEST(so_are_long_lines)
{
    enum { LONG = 64 * 1024, NUMBERS = 2000 };
    Text ones = {0}, twos = {0}, want = {0}, got = {0};
    while (ones.length < LONG) text_add(&ones, "1 "), text_add(&twos, "2 ");
    ck_assert_double_lt(seconds_of_align(ones.bytes, twos.bytes, 40), 2 * SLOWER);
    text_add(&want, "[..] ");
    for (int i = 0; i < NUMBERS; i++) text_add(&want, "1 "), text_add(&got, "1 1 ");
    text_add(&want, "2 [..]");
    ck_assert_double_lt(seconds_of_align(want.bytes, got.bytes, 12), 1 * SLOWER);
    Text *texts[] = {&ones, &twos, &want, &got};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) text_release(texts[i]);
}
END_TEST

START_TEST(changed_numbers_keep_their_digits)
{
    static const struct {
        const char *want, *got;
        double tolerance;
        const char *written;
    } rows[] = {
        {"x = 0.58", "x = 0.666667", 0, "x = 0.67"},
        {"x = 0.58", "x = 0.6", 0, "x = 0.6"},
        {"x = 0.58", "x = -12.3456", 0, "x = -12.35"},
        {"x = 0.58", "x = 0.000666667", 0, "x = 0.00067"},
        {"x = 0.58", "x = 6.66667e-07", 0, "x = 6.7e-07"},
        {"x = 1.2e-5", "x = 0.666667", 0, "x = 0.67"},
        {"x = 5", "x = 0.666667", 0, "x = 0.666667"},
        {"x = 0.5", "x = 7", 0, "x = 7"},
        {"x = 0.000", "x = 0.0123456", 0, "x = 0.012"},
        {"a 0.58 [..] 0.12 w11", "a 0.581 b c 0.777 w11", 0, "a 0.58 [..] 0.78 w11"},
        {"x = 0.58  y = 3", "x = 0.58  z = 3", 0, "x = 0.58  z = 3"},
        {"x = 0.58", "x = 0.666667", 1e-6, "x = 0.666667"}, /* fewer would not do */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Text text = {0};
        respell_line(&text, rows[i].want, rows[i].got, rows[i].tolerance);
        ck_assert_str_eq(text_string(&text), rows[i].written);
        ck_assert(match_line(text.bytes, rows[i].got, rows[i].tolerance));
        text_release(&text);
    }
}
END_TEST

static const char *seal_of(const char *source)
{
    static char seal[SEAL_SIZE];
    Lesson lesson = {.source = source, .length = strlen(source)};
    seal_make(seal, &lesson);
    return seal;
}

START_TEST(a_seal_is_the_published_hash)
{
    ck_assert_str_eq(seal_of(""), "cbf29ce484222325");
    ck_assert_str_eq(seal_of("a"), "af63dc4c8601ec8c");
    ck_assert_str_eq(seal_of("foobar"), "85944171f73967e8");
    ck_assert_str_eq(seal_of("\xef\xbb\xbf"
                             "foo\r"
                             "bar"),
                     "85944171f73967e8");
}
END_TEST

START_TEST(a_seal_leaves_out_its_own_line)
{
    static const char source[] = "---\nseal: 0123456789abcdef\ntitle: T\n---\n";
    char seal[SEAL_SIZE];
    Lesson lesson = {.seal = "0123456789abcdef",
                     .seal_range = {10, 26},
                     .source = source,
                     .length = sizeof source - 1};
    seal_make(seal, &lesson);
    ck_assert_str_eq(seal, seal_of("---\ntitle: T\n---\n"));
    ck_assert(!seal_holds(&lesson));
    lesson.seal = seal;
    ck_assert(seal_holds(&lesson));
}
END_TEST

static void take_no_notice(Report *report, const Finding *finding)
{
    (void)report;
    (void)finding;
}

static Report nobody = {take_no_notice, NULL};

START_TEST(an_interrupt_ends_the_check)
{
    static const char source[] = "```bp\nbp> init 2-2-1\nnothing\n```\n";
    static volatile sig_atomic_t interrupted = 1;
    Text renewed = {0};
    Check check = {.report = &nobody, .interrupted = &interrupted};
    check_source(&check, "x.md", source, sizeof source - 1);
    ck_assert(check.tally.interrupted && !check.tally.steps);
    check.tally = (Tally){0};
    check_renew(&check, "x.md", source, sizeof source - 1, &renewed);
    ck_assert(check.tally.interrupted && !check.tally.bad_steps && !renewed.length);
}
END_TEST

/* Remembers what was said last. */
typedef struct Ear {
    Report report; /* first */
    char message[200];
} Ear;

static void hear(Report *report, const Finding *finding)
{
    const char *message = finding->message ? finding->message : "";
    snprintf(((Ear *)report)->message, sizeof((Ear *)report)->message, "%s", message);
}

static void check_said(const char *source, const char *want)
{
    Ear ear = {.report = {hear, NULL}};
    Check check = {.report = &ear.report};
    check_source(&check, "x.md", source, strlen(source));
    ck_assert_str_eq(ear.message, want);
    ck_assert_int_eq(tally_is_good(&check.tally), !*want);
}

START_TEST(nothing_stands_unchecked_after_quit)
{
    check_said("```bp\nbp> quit\n```\nWords.\n", "");
    check_said("```bp\nbp> quit\nbp> echo a\nb\n```\n", "what comes after it is never run");
    check_said("```bp\nbp> quit\n```\n```quiz\nq: 1?\nanswer: 1\n```\n",
               "what comes after it is never run");
}
END_TEST

static void check_mistakes(int count, const char *want)
{
    Text source = {0};
    text_add(&source, "```quiz\nq: 1?\nanswer: 1\n");
    for (int i = 0; i < count; i++) text_print(&source, "wrong: %d no\n", i + 2);
    text_add(&source, "```\n");
    check_said(text_string(&source), want);
    text_release(&source);
}

START_TEST(mistakes_are_no_more_than_can_be_compared)
{
    check_mistakes(100, "");
    check_mistakes(101, "a quiz has 100 `wrong:` lines at the most");
}
END_TEST

UNIT("check", least_is_changed, lines_without_end_are_aligned_in_time, so_are_long_lines,
     changed_numbers_keep_their_digits, a_seal_is_the_published_hash,
     a_seal_leaves_out_its_own_line, an_interrupt_ends_the_check,
     nothing_stands_unchecked_after_quit, mistakes_are_no_more_than_can_be_compared)
