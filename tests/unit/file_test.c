#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char folder[] = "build/backprop-file-XXXXXX", path[64];

static void make_folder(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
}

static void remove_folder(void)
{
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* nothing else was left in it */
}

static void check_content(const char *want)
{
    char bytes[64] = "";
    int descriptor = file_open(path, 1, NULL);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(read(descriptor, bytes, sizeof bytes - 1), (ssize_t)strlen(want));
    ck_assert_str_eq(bytes, want);
    close(descriptor);
}

START_TEST(a_file_is_written_and_replaced)
{
    make_folder();
    ck_assert(file_replace(path, "first", 5, 1, NULL));
    check_content("first");
    ck_assert(file_replace(path, "2nd", 3, 1, NULL));
    check_content("2nd");
    remove_folder();
}
END_TEST

START_TEST(a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own)
{
    struct stat status;
    mode_t mask = umask(022);
    make_folder();
    ck_assert(file_replace(path, "x", 1, 1, NULL) && !stat(path, &status));
    ck_assert_uint_eq(status.st_mode & 0777, 0644);
    chmod(path, 0600);
    ck_assert(file_replace(path, "y", 1, 1, NULL) && !stat(path, &status));
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    remove_folder();
    umask(mask);
}
END_TEST

/* Only root may give files away. */
START_TEST(a_file_stays_its_owners)
{
    enum { OWNER = 4321, GROUP = 1234 };
    struct stat status;
    if (geteuid() != 0) return;
    make_folder();
    ck_assert(file_replace(path, "x", 1, 1, NULL) && !chown(path, OWNER, GROUP));
    chmod(path, 0664);
    ck_assert(file_replace(path, "y", 1, 1, NULL) && !stat(path, &status));
    ck_assert_uint_eq(status.st_uid, OWNER);
    ck_assert_uint_eq(status.st_gid, GROUP);
    ck_assert_uint_eq(status.st_mode & 07777, 0664);
    remove_folder();
}
END_TEST

START_TEST(a_link_stays_and_its_file_is_replaced)
{
    struct stat status;
    char link[80];
    make_folder();
    snprintf(link, sizeof link, "%s/link", folder);
    ck_assert(file_replace(path, "old", 3, 1, NULL) && !symlink("file", link));
    ck_assert(file_replace(link, "new", 3, 1, NULL));
    check_content("new");
    ck_assert(!lstat(link, &status) && S_ISLNK(status.st_mode));
    unlink(link);
    remove_folder();
}
END_TEST

START_TEST(what_cannot_be_is_said)
{
    Error err = {0};
    make_folder();
    ck_assert(!file_replace("/nowhere/at/all", "x", 1, 6, &err));
    ck_assert_str_eq(err.message, "cannot write /nowhere/at/all: No such file or directory");
    ck_assert_int_eq(err.column, 6);
    ck_assert(!file_replace("/dev/null", "x", 1, 6, &err));
    ck_assert_str_eq(err.message, "cannot write /dev/null: it is no ordinary file");
    ck_assert_int_lt(file_open("/nowhere", 3, &err), 0);
    ck_assert_str_eq(err.message, "cannot read /nowhere: No such file or directory");
    ck_assert_int_lt(file_open(folder, 3, &err), 0);
    ck_assert_ptr_nonnull(strstr(err.message, "it is a directory"));
    remove_folder();
}
END_TEST

START_TEST(a_name_says_what_it_is_and_where)
{
    static const struct {
        const char *path, *folder;
        bool lesson;
    } rows[] = {{"a.md", ".", true},       {".md", ".", false},  {"a.mdx", ".", false},
                {"a/b/c.md", "a/b", true}, {"/a.md", "/", true}, {"", ".", false},
                {"a.md/b", "a.md", false}, {"a/", "a", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *got = file_folder(rows[i].path);
        ck_assert_str_eq(got, rows[i].folder);
        ck_assert_int_eq(file_ends_in(rows[i].path, ".md"), rows[i].lesson);
        free(got);
    }
}
END_TEST

UNIT("file", a_file_is_written_and_replaced, a_file_stays_its_owners,
     a_link_stays_and_its_file_is_replaced,
     a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own, what_cannot_be_is_said,
     a_name_says_what_it_is_and_where)
