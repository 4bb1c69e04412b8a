/* What a lesson is: its lines, commands with their output, the bare form. */
#include "lessons.h"

START_TEST(steps_are_commands_and_what_they_print)
{
    static const Sample rows[] = {
        {"```bp\nbp> init 2-2-1\n```\n", "2 init 2-2-1 =>\n"},
        {"```bp\nbp> loss\nL = 3\nbp>  step 2 \n```\n", "2 loss => {L = 3}\n4 step 2 =>\n"},
        {"```bp\n\nbp> a\n\n  b  \n\n```\n", "3 a => {} {  b  } {}\n"},
        {"```bp\nbp> a\nbpx b\nx bp> c\n```\n", "2 a => {bpx b} {x bp> c}\n"},
        {"```bp\nbp>\ta\n```\n", "2 a =>\n"},
        {"```bp\nbp> # nothing\n```\n", "2 # nothing =>\n"},
        {"~~~bp\nbp> a\n```\n~~~\n", "2 a => {```}\n"},
        {"````bp\nbp> a\n```\n```bp\n````\n", "2 a => {```} {```bp}\n"},
        {"``` bp  tol=1e-4 \nbp> a\nbp> b\n```", "2 a => tol 0.0001\n3 b => tol 0.0001\n"},
        {"```bp tol=1e-4\nbp> a\n```\n```bp\nbp> b\n```", "2 a => tol 0.0001\n5 b =>\n"},
        {"```bp\nbp> a\n  ```  \n", "2 a =>\n"},
        {"```bp\nbp> a\n`````\n", "2 a =>\n"},
        {"```bp\nbp> a\n```bp `b`\n```\n", "2 a => {```bp `b`}\n"},
        {"```bp\nbp> a\n```python\n```\n", "2 a => {```python}\n"},
        {"\xef\xbb\xbf```bp\r\nbp> a\r\nb\r\n```\r\n", "2 a => {b}\n"},
        {"text\n```bp\nbp> a\n```\n", "1 |P text\n3 a =>\n"},
        {"- x\n```bp\nbp> a\n```\n", "1 • |  P x\n3 a =>\n"},
        {"    ```bp\n    bp> a\n" STEP, "1 |C ```bp\nbp> a\n\n4 init =>\n"},
        {"```bpx\nbp> a\n```\n" STEP, "1 |C bp> a\n\n5 init =>\n"},
        {"<!--\n```bp\nbp> a\n```\n-->\n" STEP, "7 init =>\n"},
        {"````md\n```bp\nbp> a\n```\n````\n" STEP, "1 |C ```bp\nbp> a\n```\n\n7 init =>\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_lesson("a.md", rows[i].source, rows[i].expected);
}
END_TEST

/* The bytes of the source that an update would replace. */
START_TEST(output_has_a_place_in_the_source)
{
    static const struct {
        const char *source, *before, *output;
    } rows[] = {
        {"x\n```bp\nbp> a\nŷ\nz\nbp> b\n```\n", "x\n```bp\nbp> a\n", "ŷ\nz\n"},
        {"```bp\nbp> a\nbp> b\n```\n", "```bp\nbp> a\n", ""},
        {"\xef\xbb\xbf```bp\r\nbp> a\r\nb\r\n\r\n```\r\n", "\xef\xbb\xbf```bp\r\nbp> a\r\n",
         "b\r\n\r\n"},
        {"---\ntitle: t\n---\n```bp\nbp> a\nb\n```", "---\ntitle: t\n---\n```bp\nbp> a\n", "b\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Lesson lesson = read_lesson("a.md", rows[i].source, strlen(rows[i].source));
        const Part *part = lesson.parts;
        while (part->kind != PART_STEP) part++;
        Range output = part->step.output;
        ck_assert_uint_eq(lesson.length, strlen(rows[i].source));
        ck_assert_mem_eq(lesson.source, rows[i].source, lesson.length);
        ck_assert_uint_eq(output.start, strlen(rows[i].before));
        ck_assert_uint_eq(output.end - output.start, strlen(rows[i].output));
        ck_assert_mem_eq(lesson.source + output.start, rows[i].output, strlen(rows[i].output));
        lesson_release(&lesson);
    }
}
END_TEST

START_TEST(fences_that_are_refused)
{
    static const Refusal rows[] = {
        {"```bp\nbp> a\n", 1, "the fence that begins here is not closed: a line ``` is missing"},
        {"x\n\n````bp\nbp> a\n```\n", 3, "the fence that begins here is not closed: a line ```"},
        {"~~~bp\nbp> a\n```\n", 1, "the fence that begins here is not closed: a line ~~~ is"},
        {STEP "```bp\nbp> a\n``` x\n", 4, "the fence that begins here is not closed"},
        {STEP "```text\nx\n", 4, "the fence that begins here is not closed"},
        {"```\nx\n\n" STEP, 1,
         "the fence that begins here is not closed before another begins in "
         "line 4: a line ```"},
        {"```bp\nbp> a\n```quiz\n```\n", 1, "the fence that begins here is not closed before"},
        {"```bp\n```\n", 1, "the fence has no command"},
        {"```bp\n\n```\n", 1, "the fence has no command"},
        {"```bp\nL = 3\nbp> a\n```\n", 2, "output before any command"},
        {"```bp\nbp>a\n```\n", 2, "a command begins at the left margin, and a blank stands after"},
        {"```bp\nbp> a\nbp>b\n```\n", 3, "a command begins at the left margin"},
        {"```bp\nbp> a\n\tbp> b\n```\n", 3, "a command begins at the left margin"},
        {"```bp\nbp>\n```\n", 2, "a command is missing after `bp>`"},
        {"```bp\nbp> a\nbp>  \n```\n", 3, "a command is missing after `bp>`"},
        {"```bp tol\nbp> a\n```\n", 1, "a bp fence knows no `tol`, but tol=NUMBER"},
        {"x\n```bp tol=1 to=2\nbp> a\n```\n", 2, "a bp fence knows no `to=2`, but tol=NUMBER"},
        {"```bp tol=\nbp> a\n```\n", 1, "tol must be a number greater than 0, not ``"},
        {"```bp tol=x\nbp> a\n```\n", 1, "tol must be a number greater than 0, not `x`"},
        {"```bp tol=0\nbp> a\n```\n", 1, "tol must be a number greater than 0"},
        {"```bp tol=-1\nbp> a\n```\n", 1, "tol must be a number greater than 0"},
        {"```bp tol=inf\nbp> a\n```\n", 1, "tol must be a number greater than 0"},
        {"```bp tol=nan\nbp> a\n```\n", 1, "tol must be a number greater than 0"},
        {"```bp tol=1 tol=1\nbp> a\n```\n", 1, "tol stands twice"},
        {"x\n\n ```bp\n bp> a\n ```\n", 3, "the fence is indented"},
        {"- x\n  ```bp\n  bp> a\n  ```\n", 2, "the fence stands in a list or a quotation"},
        {"> x\n>\n> ```quiz\n> q: a\n> ```\n", 3, "the fence stands in a list or a quotation"},
        {STEP "```BP\nbp> a\n```\n", 4, "a fence of `BP` means nothing; did you mean `bp`?"},
        {"x\n\n```bp>\nbp> a\n```\n" STEP, 3, "a fence of `bp>` means nothing; did you mean `bp`?"},
        {"```bp, tol=1\nbp> a\n```\n" STEP, 1,
         "a fence of `bp, tol=1` means nothing; did you mean `bp`?"},
        {"``` {.bp}\nbp> a\n```\n" STEP, 1, "a fence of `{.bp}` means nothing; did you mean `bp`?"},
        {"~~~ backprop\nbp> a\n~~~\n" STEP, 1,
         "a fence of `backprop` means nothing; did you mean `bp`?"},
        {STEP "```Quiz\nq: a\n```\n", 4, "a fence of `Quiz` means nothing; did you mean `quiz`?"},
        {STEP "```quizz\nq: a\n```\n", 4, "a fence of `quizz` means nothing; did you mean `quiz`?"},
        {STEP "```qiuz tol=1\nq: a\n```\n", 4,
         "a fence of `qiuz tol=1` means nothing; did you mean `quiz`?"},
        {STEP "- x\n  ```Quiz\n  q: a\n  ```\n", 5,
         "a fence of `Quiz` means nothing; did you mean `quiz`?"},
        {"", 0, "there is nothing to do in this lesson"},
        {"# Words\n\nand words\n", 0, "there is nothing to do in this lesson"},
        {"```python\nbp> a\n```\n", 0, "there is nothing to do in this lesson"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_refusal("a.md", rows[i].source, strlen(rows[i].source), rows[i].line,
                       rows[i].message);
}
END_TEST

START_TEST(fences_of_other_languages_are_shown)
{
    static const char *const infos[] = {
        "",           "sh",        "c",    "C++",      "cpp",  "bash",   "bat",
        "bc",         "bf",        "b",    "php",      "jsp",  "bibtex", "text",
        "quint",      "q",         "awk",  "python",   "json", "bp-old", "bpftrace",
        "gnuplot -p", "{.python}", "math", "squirrel", "ps",   "bp1"};
    for (size_t i = 0; i < COUNT(infos); i++) {
        Text source = {0};
        text_print(&source, "```%s\nx\n```\n" STEP, infos[i]);
        expect_lesson("a.md", source.bytes, "1 |C x\n\n5 init =>\n");
        text_release(&source);
    }
}
END_TEST

START_TEST(the_bare_form_is_a_command_a_line)
{
    static const Sample rows[] = {
        {"init\n", "1 init => any\n"},
        {"init\n\n  loss  \nstep", "1 init => any\n3 loss => any\n4 step => any\n"},
        {"#!/usr/bin/env backprop\ninit\n", "2 init => any\n"},
        {"# One\n#  two\ninit\n", "1 |P One two\n3 init => any\n"},
        {"# One\n#\n# two\ninit\n# end\n", "1 |P One\n|P two\n4 init => any\n5 |P end\n"},
        {"# One\n\n## *two*\ninit\n", "1 |P One\n|P *two*\n4 init => any\n"},
        {"init\n#! x\n", "1 init => any\n2 |P ! x\n"},
        {"init # why\n", "1 init # why => any\n"},
        {"\xef\xbb\xbfinit\r\n", "1 init => any\n"},
        {"---\n```bp\n", "1 --- => any\n2 ```bp => any\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_lesson("a.bp", rows[i].source, rows[i].expected);
    expect_refusal("a.bp", "# nothing\n", 10, 0, "there is nothing to do");
}
END_TEST

START_TEST(lines_that_are_no_text)
{
    static const struct {
        const char *source;
        size_t length;
        long line;
        int column;
        const char *message;
    } rows[] = {
        {"a\nb\0c\n", 6, 2, 2,
         "byte 2 of the line is a NUL, which no text contains: save the file as UTF-8"},
        {"a\n\nŷ\xff\n", 7, 3, 3, "byte 3 of the line (0xff) is not UTF-8: save the file as UTF-8"},
        {"caf\xe9\n", 5, 1, 4, "byte 4 of the line (0xe9) is not UTF-8: save the file as UTF-8"},
        {"\xff\xfe#\0\n\0", 6, 1, 4, "byte 4 of the line is a NUL, which no text contains: save"},
        {"a\nb\rc\n", 6, 2, 2, "a carriage return stands alone within the line"},
        {"a\r\r\n", 4, 1, 2, "a carriage return stands alone within the line"},
        {"a\r", 2, 1, 2, "a carriage return stands alone within the line"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Lesson lesson;
        Error err;
        long line;
        expect_refusal("a.md", rows[i].source, rows[i].length, rows[i].line, rows[i].message);
        expect_refusal("a.bp", rows[i].source, rows[i].length, rows[i].line, rows[i].message);
        ck_assert(!lesson_read(&lesson, "a.md", rows[i].source, rows[i].length, &line, &err));
        ck_assert_int_eq(err.column, rows[i].column);
    }
}
END_TEST

START_TEST(what_is_too_long_is_refused)
{
    Text source = {0};
    text_add(&source, "x\n");
    text_repeat(&source, 'x', 64 * 1024 + 1);
    text_add(&source, "\n" STEP);
    expect_refusal("a.md", source.bytes, source.length, 2, "the line is longer than 65536 bytes");
    text_repeat(&source, '\n', LESSON_BYTES);
    expect_refusal("a.md", source.bytes, source.length, 0, "the lesson has more than 16 MB");
    text_release(&source);
}
END_TEST

START_TEST(what_is_read_outlives_its_source)
{
    char source[] = "Words.\n" STEP, name[] = "a.md";
    Lesson lesson = read_lesson(name, source, strlen(source));
    Text spelled = {0};
    memset(source, 'x', sizeof source - 1);
    memset(name, 'x', sizeof name - 1);
    spell_lesson(&spelled, &lesson);
    ck_assert_str_eq(spelled.bytes, "1 |P Words.\n3 init =>\n");
    ck_assert_str_eq(lesson.name, "a.md");
    text_release(&spelled);
    lesson_release(&lesson);
}
END_TEST

UNIT("lesson", steps_are_commands_and_what_they_print, output_has_a_place_in_the_source,
     fences_that_are_refused, fences_of_other_languages_are_shown,
     the_bare_form_is_a_command_a_line, lines_that_are_no_text, what_is_too_long_is_refused,
     what_is_read_outlives_its_source)
