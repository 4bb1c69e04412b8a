/* Lessons of many megabytes: what is written to be read is read, what would take hours is not. */
#include "lessons.h"

enum { MEGABYTE = 1000 * 1000 };

/* A lesson of about SIZE bytes: BEFORE and its lines, each of PIECE so often as WIDTH says. */
static Text large(const char *before, const char *piece, size_t width, size_t size)
{
    Text source = {0};
    text_add(&source, before);
    while (source.length < size) {
        for (size_t i = 0; i < width; i++) text_add(&source, piece);
        if (width > 1) text_add(&source, "\n");
    }
    text_add(&source, "\n\n" STEP);
    return source;
}

START_TEST(ten_honest_megabytes)
{
    static const char *const pieces[] = {
        "Words of a paragraph, some of them *stressed*, as people write them,\nwith `code`.\n\n",
        "## A heading\n\n- an item\n- another\n\n```bp\nbp> grad w11^2\n∂L/∂w₁₁² = [1 2] * "
        "3\n```\n\n",
        "text\n\n```bp\nbp> print 1\n1\n```\n\n",
        "```quiz\nq: What?\nanswer: grad w11^2\nhint: y - ŷ\nwrong: 30 you\n```\n\n",
        "| what | that is |\n|---|---|\n| some words of a table | and others in the next column |\n"
        "| a line as long as before | with as many words in the column |\n\n",
        "- an item\n  - with one below\n    - and one more, of some words\n",
        "See the [notes](https://example.org/notes/of/backpropagation) and [these][a].\n\n",
    };
    for (size_t i = 0; i < COUNT(pieces); i++) {
        Text source = large("[a]: u\n\n", pieces[i], 1, 10 * MEGABYTE);
        Lesson lesson = read_lesson("a.md", source.bytes, source.length);
        ck_assert_int_ge(lesson.step_count, 1);
        lesson_release(&lesson);
        text_release(&source);
    }
}
END_TEST

/* The bare form and fences have no Markdown in them. */
START_TEST(ten_megabytes_of_commands)
{
    Text source = {0};
    while (source.length < 10 * MEGABYTE) text_add(&source, "# [[[ **\nset lr 0.1\n");
    Lesson lesson = read_lesson("a.bp", source.bytes, source.length);
    ck_assert_int_ge(lesson.step_count, 500000);
    lesson_release(&lesson);
    text_release(&source);
}
END_TEST

START_TEST(what_would_take_hours)
{
    static const char many[] = "the lesson has too many lines, and signs such as * and [";
    static const char deep[] = "lists, quotations or images are nested too deep for so many lines";
    static const struct {
        const char *before, *piece;
        size_t width, size;
        const char *message;
    } rows[] = {
        {"", "[", 60000, 10 * MEGABYTE, many},
        {"", "*a_ ", 15000, 10 * MEGABYTE, many},
        {"", "`a``", 15000, 14 * MEGABYTE, many},
        {"", "<a ", 15000, 10 * MEGABYTE, many},
        {"", "a\n", 1, 5 * MEGABYTE, many},
        {"", "- - - - - - - -\n", 1, 10 * MEGABYTE, many},
        {"", "1) 1) 1)\n", 1, 10 * MEGABYTE, many},
        {"", "| | | | |\n", 1, 10 * MEGABYTE, many},
        {"", "> ", 30000, 60000, deep},
        {"", ">", 60000, 60000, deep},
        {"", "\t-", 1000, 400000, deep},
        {"- - - - - - - - - - - - - - - - - - - - x\n", "\n", 1, 10 * MEGABYTE, deep},
        {"", "![[]()", 10000, MEGABYTE, deep},
        {"", "x\n\n", 1, 2 * MEGABYTE, "the pages have more than 500000"},
        {"|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "x\n", 1, MEGABYTE / 5, "the pages have more"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Text source = large(rows[i].before, rows[i].piece, rows[i].width, rows[i].size);
        Lesson lesson;
        long line;
        Error err;
        ck_assert_msg(!lesson_read(&lesson, "a.md", source.bytes, source.length, &line, &err),
                      "%zu", i);
        ck_assert_msg(!strncmp(err.message, rows[i].message, strlen(rows[i].message)), "%zu: %s", i,
                      err.message);
        ck_assert_int_gt(line, 0);
        text_release(&source);
    }
}
END_TEST

/* libcmark copies what a reference stands for: an address, or a title over several lines. */
START_TEST(definitions_are_not_copied_without_end)
{
    for (int titled = 0; titled < 2; titled++) {
        Text url = {0}, before = {0};
        text_repeat(&url, 'u', 50000);
        text_print(&before, titled ? "[a]: u '\n%s'\n\n" : "[a]: %s\n\n", url.bytes);
        Text few = large(before.bytes, "[a]\n", 1, before.length + 4 * 1000);
        Text many = large(before.bytes, "[a]\n", 1, before.length + 4 * 10000);
        Lesson lesson = read_lesson("a.md", few.bytes, few.length);
        lesson_release(&lesson);
        expect_refusal("a.md", many.bytes, many.length, 5369 + titled, "a link definition has 500");
        Text *texts[] = {&url, &before, &few, &many};
        for (size_t j = 0; j < COUNT(texts); j++) text_release(texts[j]);
    }
}
END_TEST

UNIT("burden", ten_honest_megabytes, ten_megabytes_of_commands, what_would_take_hours,
     definitions_are_not_copied_without_end)
