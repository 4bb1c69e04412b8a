#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/text.h"
#include "command/lesson_file.h"
#include "unit.h"

static const char path[] = "build/02-the-chain_rule.md";
static const char head[] = "---\ntitle: The chain rule\n---\n\n# The chain rule\n\n";

static LessonFile *begin(void)
{
    Error err;
    remove(path);
    LessonFile *file = lesson_file_new(path, 1, &err);
    ck_assert_ptr_nonnull(file);
    return file;
}

static void check_content(const char *want)
{
    char content[4096];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    ck_assert_int_eq(strncmp(content, head, strlen(head)), 0);
    ck_assert_str_eq(content + strlen(head), want);
}

static void add(LessonFile *file, const char *command, const char *output)
{
    Error err;
    ck_assert(lesson_file_command(file, command, output, &err));
}

START_TEST(headings_stand_alone)
{
    LessonFile *file = begin();
    lesson_file_remark(file, "One");
    lesson_file_remark(file, "## Two");
    lesson_file_remark(file, "three, and #4");
    lesson_file_remark(file, "");
    lesson_file_remark(file, "## Five");
    add(file, "x", "y\n");
    lesson_file_remark(file, "## Six");
    check_content("One\n\n## Two\n\nthree, and #4\n\n## Five\n\n```bp\nbp> x\ny\n```\n\n"
                  "## Six\n");
    lesson_file_free(file);
}
END_TEST

START_TEST(it_is_whole_after_every_command)
{
    LessonFile *file = begin();
    check_content("");
    lesson_file_remark(file, "");
    lesson_file_remark(file, "One");
    lesson_file_remark(file, "two.");
    check_content("One\ntwo.\n");
    add(file, "forward", "a\n\nb\n");
    check_content("One\ntwo.\n\n```bp\nbp> forward\na\n\nb\n```\n");
    add(file, "set lr 1", "");
    check_content("One\ntwo.\n\n```bp\nbp> forward\na\n\nb\nbp> set lr 1\n```\n");
    lesson_file_remark(file, "Three");
    lesson_file_remark(file, "");
    lesson_file_remark(file, "");
    lesson_file_remark(file, "four");
    add(file, "x", "y\n");
    check_content("One\ntwo.\n\n```bp\nbp> forward\na\n\nb\nbp> set lr 1\n```\n\n"
                  "Three\n\nfour\n\n```bp\nbp> x\ny\n```\n");
    ck_assert_int_eq(lesson_file_commands(file), 3);
    lesson_file_free(file);
    remove(path);
}
END_TEST

START_TEST(output_stays_output)
{
    LessonFile *file = begin();
    add(file, "a", "bp> b\nbp>\n bp> c\nbpx\n");
    add(file, "d", "x ```\n```\n");
    add(file, "e", "  ````` f\n");
    add(file, "g", "...\n[..]\n~~~\n");
    check_content("```bp\nbp> a\n[..]p> b\n[..]p>\n [..]p> c\nbpx\n```\n\n"
                  "````bp\nbp> d\nx ```\n```\n````\n\n"
                  "``````bp\nbp> e\n  ````` f\nbp> g\n...\n[..]\n~~~\n``````\n");
    lesson_file_remark(file, "words");
    add(file, "h", "");
    ck_assert_int_eq(lesson_file_commands(file), 5);
    lesson_file_free(file);
    remove(path);
}
END_TEST

START_TEST(words_stay_words)
{
    static const char *const rows[][2] = {
        {"```bp", "\\```bp\n"},
        {"~~~", "\\~~~\n"},
        {"- 1. > ```", "- 1. > \\```\n"},
        {"<!-- x", "\\<!-- x\n"},
        {"a ```b``` <c>", "a ```b``` <c>\n"},
        {"## Next: ŷ", "## Next: ŷ\n"},
        {"- a\tb", "- a\tb\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        LessonFile *file = begin();
        lesson_file_remark(file, rows[i][0]);
        check_content(rows[i][1]);
        lesson_file_free(file);
    }
    remove(path);
}
END_TEST

START_TEST(the_name_makes_the_title)
{
    static const char *const rows[][2] = {
        {"build/first_steps.md", "First steps"},
        {"build/2-2-1.md", "2 2 1"},
        {"build/07.why.md", "Why"},
        {"build/.md", "A lesson"},
        {"build/\x1b[31m.md", "\\x1b[31m"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Error err;
        char title[128];
        remove(rows[i][0]);
        LessonFile *file = lesson_file_new(rows[i][0], 1, &err);
        ck_assert_ptr_nonnull(file);
        FILE *made = fopen(rows[i][0], "r");
        ck_assert_int_eq(fscanf(made, "--- title: %100[^\n]", title), 1);
        ck_assert_str_eq(title, rows[i][1]);
        fclose(made);
        lesson_file_free(file);
    }
}
END_TEST

START_TEST(nothing_is_overwritten_and_nothing_empty_left)
{
    Error err;
    lesson_file_free(begin());
    ck_assert_int_ne(access(path, F_OK), 0);
    LessonFile *file = begin();
    add(file, "a", "");
    lesson_file_free(file);
    ck_assert_ptr_null(lesson_file_new(path, 7, &err));
    ck_assert_int_eq(err.column, 7);
    ck_assert_ptr_nonnull(strstr(err.message, "there already"));
    check_content("```bp\nbp> a\n```\n");
    remove(path);
    ck_assert_ptr_null(lesson_file_new("build/no/such.md", 7, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "No such file"));
    file = begin();
    add(file, "a", "");
    lesson_file_discard(file);
    lesson_file_free(file);
    ck_assert_int_ne(access(path, F_OK), 0);
    lesson_file_free(NULL);
}
END_TEST

/* A limit on the size of files stands for a disk that is full, for a while. */
START_TEST(what_could_not_be_written_is_written_later)
{
    Error err;
    struct rlimit usual, small = {0};
    LessonFile *file = begin();
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &usual);
    small.rlim_max = usual.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    lesson_file_remark(file, "words");
    bool written = lesson_file_command(file, "a", "b\n", &err);
    setrlimit(RLIMIT_FSIZE, &usual);
    ck_assert(!written);
    ck_assert_ptr_nonnull(strstr(err.message, "cannot write build/02-the-chain_rule.md: File too"));
    check_content("");
    add(file, "c", "d\n");
    check_content("words\n\n```bp\nbp> a\nb\nbp> c\nd\n```\n");
    lesson_file_free(file);
    remove(path);
}
END_TEST

UNIT("lesson_file", headings_stand_alone, it_is_whole_after_every_command, output_stays_output,
     words_stay_words, the_name_makes_the_title, nothing_is_overwritten_and_nothing_empty_left,
     what_could_not_be_written_is_written_later)
