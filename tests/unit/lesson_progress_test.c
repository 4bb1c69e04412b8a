#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson/progress.h"
#include "unit.h"

static char folder[64], file[128];

static void begin(void)
{
    snprintf(folder, sizeof folder, "build/progress-%ld", (long)getpid());
    snprintf(file, sizeof file, "%s/a/b/01-nine", folder);
}

static void clear(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void write_file(const char *text, size_t length)
{
    FILE *stream = fopen(file, "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(text, 1, length, stream), length);
    ck_assert_int_eq(fclose(stream), 0);
}

static Standing loaded(int total, int questions)
{
    Standing standing = standing_new(total, questions);
    progress_load(file, &standing);
    return standing;
}

START_TEST(what_was_saved_is_loaded)
{
    Error err;
    begin();
    Standing standing = standing_new(20, 4);
    standing.steps = 7;
    standing_set(&standing, 0, RESULT_RIGHT);
    standing_set(&standing, 1, RESULT_LATER);
    standing_set(&standing, 3, RESULT_SHOWN);
    standing_set(&standing, 4, RESULT_RIGHT); /* there is none */
    ck_assert(progress_save(file, &standing, &err));
    Standing again = loaded(20, 4);
    ck_assert_int_eq(memcmp(&again, &standing, sizeof again), 0);
    ck_assert_int_eq(standing_count(&again, RESULT_RIGHT), 1);
    ck_assert_int_eq(standing_count(&again, RESULT_NONE), 1);
    clear();
}
END_TEST

START_TEST(without_questions_too)
{
    Error err;
    begin();
    Standing standing = standing_new(3, 0);
    standing.steps = 3;
    standing.finished = true;
    ck_assert(progress_save(file, &standing, &err));
    Standing again = loaded(3, 0);
    ck_assert_int_eq(memcmp(&again, &standing, sizeof again), 0);
    clear();
}
END_TEST

START_TEST(it_is_the_users_alone)
{
    Error err;
    struct stat status;
    begin();
    Standing standing = standing_new(3, 0);
    mode_t mask = umask(027);
    ck_assert(progress_save(file, &standing, &err));
    ck_assert_int_eq(umask(mask), 027);
    ck_assert(!stat(file, &status));
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    ck_assert(!stat(folder, &status));
    ck_assert_int_eq(status.st_mode & 0777, 0700);
    clear();
}
END_TEST

START_TEST(a_damaged_file_counts_as_none)
{
    static const char *const texts[] = {"",
                                        "\n",
                                        "steps",
                                        "steps 5",
                                        "steps 5 of 20",
                                        "steps 25 of 20\nfinished 0\nquestions ....\n",
                                        "steps -5 of 20\nfinished 0\nquestions ....\n",
                                        "steps 99999999999999999999 of 20\nfinished 0\n",
                                        "\177ELF\1\2",
                                        "STEPS 5 of 20\nfinished 0\nquestions ....\n"};
    Error err;
    begin();
    Standing none = standing_new(20, 4);
    ck_assert(progress_save(file, &none, &err));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_file(texts[i], strlen(texts[i]));
        Standing standing = loaded(20, 4);
        ck_assert_msg(!memcmp(&standing, &none, sizeof none), "%s", texts[i]);
    }
    clear();
}
END_TEST

/* Whatever bytes are in it, what is loaded is a standing in this lesson. */
START_TEST(so_does_any_damage)
{
    Error err;
    begin();
    Standing standing = standing_new(20, 4);
    standing.steps = 12;
    ck_assert(progress_save(file, &standing, &err));
    static const char good[] = "steps 12 of 20\nfinished 1\nquestions +-.s\n";
    for (size_t at = 0; at < sizeof good - 1; at++)
        for (int byte = 0; byte < 256; byte += 5) {
            char text[sizeof good];
            memcpy(text, good, sizeof good);
            text[at] = (char)byte;
            write_file(text, sizeof good - 1);
            Standing got = loaded(20, 4);
            ck_assert(got.steps >= 0 && got.steps <= 20 && got.total == 20 && got.questions == 4);
            for (int i = 0; i < 4; i++) ck_assert_int_lt(got.results[i], RESULTS);
        }
    clear();
}
END_TEST

START_TEST(of_a_lesson_that_has_changed_only_the_end_is_kept)
{
    Error err;
    begin();
    Standing standing = standing_new(20, 4);
    standing.steps = 12;
    standing.finished = true;
    ck_assert(progress_save(file, &standing, &err));
    Standing other = loaded(21, 4);
    ck_assert_int_eq(other.steps, 0);
    ck_assert(other.finished);
    clear();
}
END_TEST

START_TEST(many_questions_are_bounded)
{
    Error err;
    begin();
    Standing standing = standing_new(5000, 3000);
    ck_assert_int_eq(standing.questions, STANDING_QUESTIONS);
    for (int i = 0; i < 3000; i++) standing_set(&standing, i, RESULT_RIGHT);
    ck_assert(progress_save(file, &standing, &err));
    Standing again = loaded(5000, 3000);
    ck_assert_int_eq(standing_count(&again, RESULT_RIGHT), STANDING_QUESTIONS);
    clear();
}
END_TEST

START_TEST(a_reset_forgets)
{
    Error err;
    begin();
    Standing standing = standing_new(20, 4);
    standing.steps = 12;
    ck_assert(progress_save(file, &standing, &err));
    ck_assert(progress_reset(file, &err));
    ck_assert_int_eq(loaded(20, 4).steps, 0);
    ck_assert(progress_reset(file, &err));
    ck_assert(!progress_save("/dev/null/x/y", &standing, &err));
    clear();
}
END_TEST

UNIT("lesson_progress", what_was_saved_is_loaded, without_questions_too, it_is_the_users_alone,
     a_damaged_file_counts_as_none, so_does_any_damage,
     of_a_lesson_that_has_changed_only_the_end_is_kept, many_questions_are_bounded, a_reset_forgets)
