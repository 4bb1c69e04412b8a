#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/catalog.h"
#include "unit.h"

static char folder[64];

static void put(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fclose(file), 0);
}

static Catalog shelf(void)
{
    static const char *const names[] = {"10-convergence.md",
                                        "01-nine-derivatives.md",
                                        "02-one-weight.md",
                                        "12-batch.md",
                                        "15-local-minima.md",
                                        "16-learning-rate.md",
                                        "17-learn-more.md",
                                        "README.md",
                                        "1-short.md",
                                        "18-old.bp",
                                        "19-.txt",
                                        "20-.md"};
    snprintf(folder, sizeof folder, "build/catalog-%ld", (long)getpid());
    ck_assert(!mkdir(folder, 0700));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) put(names[i]);
    char path[128];
    snprintf(path, sizeof path, "%s/21-a-pipe.md", folder);
    ck_assert(!mkfifo(path, 0600));
    return catalog_new(folder);
}

static void clear(Catalog *catalog)
{
    char command[128];
    catalog_release(catalog);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(lessons_are_files_with_a_number_in_order)
{
    static const char *const names[] = {
        "01-nine-derivatives", "02-one-weight",    "10-convergence", "12-batch",
        "15-local-minima",     "16-learning-rate", "17-learn-more"};
    Catalog catalog = shelf();
    ck_assert_int_eq(catalog.count, 7);
    for (int i = 0; i < 7; i++) ck_assert_str_eq(catalog.entries[i].name, names[i]);
    char path[128];
    snprintf(path, sizeof path, "%s/12-batch.md", folder);
    ck_assert_str_eq(catalog.entries[3].path, path);
    ck_assert_int_eq(catalog_of_file(&catalog, path), 3);
    snprintf(path, sizeof path, "%s/../%s/12-batch.md", folder, strrchr(folder, '/') + 1);
    ck_assert_int_eq(catalog_of_file(&catalog, path), 3);
    ck_assert_int_eq(catalog_of_file(&catalog, "12-batch.md"), -1);
    clear(&catalog);
}
END_TEST

START_TEST(a_word_finds_one_or_says_which)
{
    static const struct {
        const char *word;
        int found;
        const char *error;
    } rows[] = {
        {"1", 0, NULL},
        {"01", 0, NULL},
        {"001", 0, NULL},
        {"10", 2, NULL},
        {"17", 6, NULL},
        {"01-nine-derivatives", 0, NULL},
        {"nine-derivatives", 0, NULL},
        {"nine", 0, NULL},
        {"Nine", 0, NULL},
        {"02-o", 1, NULL},
        {"l", -1, "any of these lessons: 15-local-minima, 16-learning-rate, 17-learn-more"},
        {"learn", -1, "16-learning-rate, 17-learn-more"},
        {"learning-rates", -1, "did you mean `learning-rate`?"},
        {"converjence", -1, "did you mean `convergence`?"},
        {"3", -1, "there is no lesson `3`"},
        {"99999999999", -1, "there is no lesson"},
        {"", -1, "there is no lesson"},
        {"xyzzy", -1, "`lesson` lists them"},
    };
    Catalog catalog = shelf();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Error err = {0};
        int found = catalog_find(&catalog, rows[i].word, 8, &err);
        ck_assert_msg(found == rows[i].found, "%s: %d, %s", rows[i].word, found, err.message);
        if (found >= 0) continue;
        ck_assert_msg(strstr(err.message, rows[i].error), "%s: %s", rows[i].word, err.message);
        ck_assert_int_eq(err.column, 8);
    }
    clear(&catalog);
}
END_TEST

START_TEST(lessons_of_one_number_go_by_name)
{
    Error err = {0};
    Catalog few = shelf();
    put("02-other.md");
    Catalog more = catalog_new(folder);
    ck_assert_int_eq(catalog_find(&more, "02-other", 1, &err), 2);
    ck_assert_int_eq(catalog_find(&more, "2", 1, &err), -1);
    ck_assert_str_eq(err.message, "`2` could be any of these lessons: 02-one-weight, 02-other");
    ck_assert_int_eq(catalog_find(&more, "12", 1, &err), 4);
    catalog_release(&more);
    clear(&few);
}
END_TEST

START_TEST(a_folder_that_is_not_there_has_none)
{
    Error err;
    Catalog none = catalog_new(NULL), missing = catalog_new("build/no/such/folder");
    ck_assert_int_eq(none.count, 0);
    ck_assert_int_eq(missing.count, 0);
    ck_assert_int_eq(catalog_find(&none, "1", 1, &err), -1);
    catalog_release(&none);
    catalog_release(&missing);
}
END_TEST

START_TEST(a_name_is_the_files_without_folder_and_ending)
{
    static const char *const rows[][2] = {{"lessons/01-nine.md", "01-nine"},
                                          {"my.own.md", "my.own"},
                                          {"/plain", "plain"},
                                          {".md", ".md"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *name = catalog_name(rows[i][0]);
        ck_assert_str_eq(name, rows[i][1]);
        free(name);
    }
}
END_TEST

UNIT("catalog", lessons_are_files_with_a_number_in_order, a_word_finds_one_or_says_which,
     lessons_of_one_number_go_by_name, a_folder_that_is_not_there_has_none,
     a_name_is_the_files_without_folder_and_ending)
