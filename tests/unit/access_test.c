/* What the commands of a lesson may do to files. */
#include <sys/stat.h>
#include <unistd.h>

#include "trial.h"

/* A lesson's folder: what stands in it, made by each test anew. */
static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(content, file), 0);
    fclose(file);
}

static void start_lesson(Trial *trial, Access access)
{
    strcpy(folder, "build/backprop-access-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    trial_start_with(trial, (SessionOptions){.access = access, .folder = folder});
}

static void end_lesson(Trial *trial)
{
    static const char *const names[] = {"part.bp", "rows.csv", "other.csv", "pipe",   "large.csv",
                                        "none.bp", "deep.bp",  "saved.bp",  "link.bp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    trial_free(trial);
}

static void in_words(Trial *trial, const char *command, const char *name, const char *part)
{
    char line[256];
    snprintf(line, sizeof line, "%s %s", command, in_folder(name));
    trial_fails(trial, line, (int)strlen(command) + 2, part);
}

START_TEST(a_lesson_reads_what_stands_beside_it)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    write_file(in_folder("part.bp"), "set lr 0.5\ndata rows.csv\n");
    write_file(in_folder("rows.csv"), "a,b\n1,2\n3,5\n");
    write_file(in_folder("other.csv"), "a,b\n7,8\n");
    trial_do(&trial, "source part.bp\nassert lr == 0.5\ninit 1-1\nassert y == 2");
    trial_do(&trial, "evaluate other.csv\ndata n0\ndata lessons/data/n1.csv");
    write_file("build/part.bp", "set lr 0.25\n");
    trial_do(&trial, "source build/part.bp\nassert lr == 0.25");
    trial_fails(&trial, "source no.bp", 8, "cannot read no.bp: No such file");
    trial_fails(&trial, "data no.csv", 6, "there is no file `no.csv`");
    remove("build/part.bp");
    end_lesson(&trial);
}
END_TEST

START_TEST(so_it_does_a_table_by_its_name)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    ck_assert_int_eq(mkdir(in_folder("data"), 0700), 0);
    write_file(in_folder("data/own.csv"), "a,b\n1,2\n");
    write_file(in_folder("data/n0.csv"), "a,b\n3,4\n");
    trial_do(&trial, "data own\ninit 1-1\nassert y == 2\ndata n0\nassert y == 4\ndata n1");
    unlink(in_folder("data/own.csv"));
    unlink(in_folder("data/n0.csv"));
    rmdir(in_folder("data"));
    end_lesson(&trial);
    start_lesson(&trial, ACCESS_SHIPPED);
    trial_fails(&trial, "data own", 6, "only the data shipped");
    end_lesson(&trial);
}
END_TEST

START_TEST(what_stands_beside_a_lesson_comes_first)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    write_file("build/part.bp", "set lr 1\n");
    trial_do(&trial, "source build/part.bp\nassert lr == 1");
    ck_assert_int_eq(mkdir(in_folder("build"), 0700), 0);
    write_file(in_folder("build/part.bp"), "set lr 2\n");
    trial_do(&trial, "source build/part.bp\nassert lr == 2");
    remove("build/part.bp");
    unlink(in_folder("build/part.bp"));
    rmdir(in_folder("build"));
    end_lesson(&trial);
}
END_TEST

START_TEST(a_lesson_reads_ordinary_files_only)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    ck_assert_int_eq(symlink("pipe", in_folder("link.bp")), 0);
    in_words(&trial, "source", "pipe", "no ordinary file");
    in_words(&trial, "data", "pipe", "no ordinary file");
    trial_fails(&trial, "source link.bp", 8, "cannot read link.bp: it is no ordinary file");
    trial_fails(&trial, "source /dev/zero", 8, "no ordinary file");
    trial_fails(&trial, "data /dev/zero", 6, "no ordinary file");
    trial_fails(&trial, "source .", 8, "no ordinary file");
    trial_fails(&trial, "data /proc/self/environ", 6, "it is empty");
    trial_do(&trial, "init 2-2-1\ndata n0");
    trial_fails(&trial, "evaluate pipe", 10, "no ordinary file");
    end_lesson(&trial);
}
END_TEST

START_TEST(a_lesson_reads_no_enormous_file)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    write_file(in_folder("large.csv"), "a,b\n1,2\n");
    ck_assert_int_eq(truncate(in_folder("large.csv"), (256l << 20) + 1), 0);
    trial_fails(&trial, "data large.csv", 6, "a lesson may read at most 256 MB");
    trial_fails(&trial, "source large.csv", 8, "a lesson may read at most 256 MB");
    end_lesson(&trial);
}
END_TEST

START_TEST(a_lesson_writes_only_when_it_may)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    in_words(&trial, "save", "saved.bp", "`--allow-files`");
    ck_assert_int_ne(access(in_folder("saved.bp"), F_OK), 0);
    end_lesson(&trial);
    start_lesson(&trial, ACCESS_ALL);
    char line[256];
    snprintf(line, sizeof line, "save %s", in_folder("saved.bp"));
    trial_do(&trial, line);
    trial_do(&trial, "source saved.bp");
    end_lesson(&trial);
}
END_TEST

START_TEST(files_source_each_other_so_deep)
{
    Trial trial;
    start_lesson(&trial, ACCESS_READ);
    write_file(in_folder("deep.bp"), "source deep.bp\n");
    ck_assert_int_eq(trial_run(&trial, "source deep.bp"), OUTCOME_FAILED);
    ck_assert_int_eq(trial.begun, 17);
    end_lesson(&trial);
    start_lesson(&trial, ACCESS_ALL);
    write_file(in_folder("deep.bp"), "source deep.bp\nset lr 2\n");
    ck_assert_int_eq(trial_run(&trial, "source deep.bp"), OUTCOME_FAILED);
    ck_assert_int_eq(trial.begun, 17);
    trial_do(&trial, "assert lr == 0.1");
    end_lesson(&trial);
}
END_TEST

START_TEST(lessons_are_not_sourced)
{
    Trial trial;
    start_lesson(&trial, ACCESS_ALL);
    trial_fails(&trial, "source no/first.md", 8, "`lesson no/first.md` plays it");
    end_lesson(&trial);
}
END_TEST

UNIT("access", a_lesson_reads_what_stands_beside_it, so_it_does_a_table_by_its_name,
     what_stands_beside_a_lesson_comes_first, a_lesson_reads_ordinary_files_only,
     a_lesson_reads_no_enormous_file, a_lesson_writes_only_when_it_may,
     files_source_each_other_so_deep, lessons_are_not_sourced)
