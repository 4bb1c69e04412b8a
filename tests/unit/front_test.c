/* What stands at the head of a lesson, and what it is called. */
#include "lessons.h"

START_TEST(front_matter_is_read)
{
    static const char source[] = "\xef\xbb\xbf---\r\ntitle:  \"One: two\" \r\n\r\nnotes: N0 N1\r\n"
                                 "needs: " VERSION "\r\nseal: 0123456789abcdef\r\n--- \r\n"
                                 "# Heading\r\n\r\n" STEP;
    Lesson lesson = read_lesson("a.md", source, strlen(source));
    ck_assert_str_eq(lesson.name, "a.md");
    ck_assert_str_eq(lesson.title, "One: two");
    ck_assert_str_eq(lesson.notes, "N0 N1");
    ck_assert_str_eq(lesson.needs, VERSION);
    ck_assert_str_eq(lesson.seal, "0123456789abcdef");
    ck_assert_uint_eq(lesson.seal_range.end - lesson.seal_range.start, 16);
    ck_assert_mem_eq(source + lesson.seal_range.start, lesson.seal, 16);
    ck_assert_int_eq(lesson.count, 2);
    ck_assert_int_eq(lesson.step_count, 1);
    ck_assert_int_eq(lesson.parts[0].line, 8);
    ck_assert_int_eq(lesson.parts[1].line, 11);
    lesson_release(&lesson);
}
END_TEST

START_TEST(a_title_is_found)
{
    static const Sample rows[] = {
        {STEP, "dir/a.md"},
        {"x\n## The `loss` *L*\n\n# Other\n" STEP, "The loss L"},
        {"#\n# Other\n" STEP, "Other"},
        {"---\nnotes: N0\n---\n# Other\n" STEP, "Other"},
        {"Other\n---\n" STEP, "Other"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Lesson lesson = read_lesson("dir/a.md", rows[i].source, strlen(rows[i].source));
        ck_assert_str_eq(lesson.title, rows[i].expected);
        ck_assert_ptr_null(lesson.seal);
        ck_assert_ptr_null(lesson.needs);
        lesson_release(&lesson);
    }
}
END_TEST

START_TEST(front_matter_that_is_refused)
{
    static const Refusal rows[] = {
        {"---\ntitle: a\n", 1, "the front matter is not closed"},
        {"---\ntitle a\n---\n", 2, "front matter consists of lines `key: value`"},
        {"---\ntitel: a\n---\n", 2, "front matter knows no `titel:`; did you mean `title:`?"},
        {"---\nauthor: a\n---\n", 2, "front matter knows no `author:`, but title, notes, needs"},
        {"---\ntitle:\n---\n", 2, "nothing stands after `title:`"},
        {"---\ntitle: \"\"\n---\n", 2, "nothing stands after `title:`"},
        {"---\ntitle: a\ntitle: b\n---\n", 3, "`title:` stands twice"},
        {"---\nneeds: 1000.0\n---\n" STEP, 2,
         "the lesson needs backprop 1000.0, and this is " VERSION},
        {"---\nneeds: new\n---\n", 2, "needs: takes a version such as " VERSION ", not `new`"},
        {"---\nneeds: 1\n---\n", 2, "needs: takes a version"},
        {"---\nneeds: 1.\n---\n", 2, "needs: takes a version"},
        {"---\nneeds: 0.1.0.0\n---\n", 2, "needs: takes a version"},
        {"---\nneeds: 99999999999.0\n---\n", 2, "needs: takes a version"},
        {"---\nseal: 0123\n---\n", 2, "seal: takes 16 hexadecimal digits"},
        {"---\nseal: 0123456789abcdeg\n---\n", 2, "seal: takes 16 hexadecimal digits"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_refusal("a.md", rows[i].source, strlen(rows[i].source), rows[i].line,
                       rows[i].message);
}
END_TEST

START_TEST(older_versions_will_do)
{
    static const char *const versions[] = {"0.0", "0.0.99", VERSION, VERSION ".0"};
    for (size_t i = 0; i < COUNT(versions); i++) {
        Text source = {0};
        text_print(&source, "---\nneeds: %s\n---\n" STEP, versions[i]);
        Lesson lesson = read_lesson("a.md", source.bytes, source.length);
        ck_assert_str_eq(lesson.needs, versions[i]);
        lesson_release(&lesson);
        text_release(&source);
    }
}
END_TEST

UNIT("front", front_matter_is_read, a_title_is_found, front_matter_that_is_refused,
     older_versions_will_do)
