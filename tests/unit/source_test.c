/* Files of commands, and work that is interrupted. */
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include "trial.h"

/* A file in build/ with LENGTH BYTES of commands. */
static void write_file(const char *name, const char *bytes, size_t length)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

#define FILE_OF(name, text) write_file(name, text, sizeof(text) - 1)

START_TEST(a_file_stops_at_its_first_failure)
{
    Trial trial;
    trial_start(&trial);
    FILE_OF("build/a.bp", "set lr 1\n\n# comment\nset lr x\nset lr 2\n");
    ck_assert_int_eq(trial_run(&trial, "source build/a.bp"), OUTCOME_FAILED);
    ck_assert_int_eq(trial.failures, 2);
    ck_assert_str_eq(trial.file, "");
    ck_assert_ptr_nonnull(strstr(trial.message, "build/a.bp"));
    trial_do(&trial, "assert lr == 1");
    remove("build/a.bp");
    trial_free(&trial);
}
END_TEST

START_TEST(lines_of_a_file_are_counted_and_its_bad_ones_skipped)
{
    Trial trial;
    trial_start(&trial);
    FILE_OF("build/b.bp", "set lr 1\r\nset lr \xff\nset lr\0 2\n\nset lr x\nset lr 3");
    int descriptor = open("build/b.bp", O_RDONLY);
    ck_assert_int_eq(session_source(trial.session, descriptor, "b.bp", true), OUTCOME_FAILED);
    ck_assert_int_eq(trial.failures, 3);
    ck_assert_str_eq(trial.file, "b.bp");
    ck_assert_int_eq((int)trial.line, 5);
    ck_assert_int_eq(trial.column, 8);
    trial_do(&trial, "assert lr == 3");
    ck_assert_int_eq((int)lseek(descriptor, 0, SEEK_SET), 0);
    ck_assert_int_eq(session_source(trial.session, descriptor, "b.bp", false), OUTCOME_FAILED);
    ck_assert_int_eq((int)trial.line, 2);
    trial_do(&trial, "assert lr == 1");
    close(descriptor);
    remove("build/b.bp");
    trial_fails(&trial, "set lr x", 8, "`x`");
    ck_assert_str_eq(trial.file, "");
    trial_free(&trial);
}
END_TEST

/* What is typed is there to be seen already; echo and assert would say it twice. */
START_TEST(the_commands_of_a_file_can_be_shown)
{
    Trial trial;
    trial_start(&trial);
    FILE_OF("build/shown.bp", "init 2-2-1\necho hello\nassert lr == 0.1\nparams\n");
    trial_do(&trial, "source build/shown.bp");
    ck_assert_int_eq(trial.echoed, 0);
    trial_do(&trial, "set echo on\nsource build/shown.bp\nparams\n");
    ck_assert_int_eq(trial.echoed, 2);
    remove("build/shown.bp");
    trial_free(&trial);
}
END_TEST

START_TEST(a_file_that_sources_itself_ends)
{
    Trial trial;
    trial_start(&trial);
    FILE_OF("build/c.bp", "set lr 2\nsource build/c.bp\n");
    ck_assert_int_eq(trial_run(&trial, "source build/c.bp"), OUTCOME_FAILED);
    ck_assert_int_eq(trial.failures, 17);
    trial_do(&trial, "assert lr == 2");
    remove("build/c.bp");
    trial_free(&trial);
}
END_TEST

START_TEST(a_file_may_quit)
{
    Trial trial;
    trial_start(&trial);
    FILE_OF("build/d.bp", "set lr 2\nquit\nset lr 3\n");
    ck_assert_int_eq(trial_run(&trial, "source build/d.bp"), OUTCOME_QUIT);
    trial_do(&trial, "assert lr == 2");
    ck_assert_int_eq(trial_run(&trial, "q"), OUTCOME_QUIT);
    ck_assert_int_eq(trial_run(&trial, "echo"), OUTCOME_OK);
    remove("build/d.bp");
    trial_free(&trial);
}
END_TEST

START_TEST(an_empty_line_repeats_only_what_was_typed)
{
    Trial trial;
    trial_start(&trial);
    ck_assert_ptr_null(session_repeat(trial.session));
    trial_do(&trial, "init 2-2-1\ninput 1 2 -> 3\nstep 2");
    ck_assert_str_eq(session_repeat(trial.session), "step 2");
    trial_do(&trial, "# comment\n\n");
    ck_assert_str_eq(session_repeat(trial.session), "step 2");
    trial_do(&trial, "loss");
    ck_assert_ptr_null(session_repeat(trial.session));
    FILE_OF("build/e.bp", "step\n");
    trial_do(&trial, "source build/e.bp");
    ck_assert_ptr_null(session_repeat(trial.session));
    remove("build/e.bp");
    trial_free(&trial);
}
END_TEST

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

/* Sets the flag after some milliseconds of computing. */
static void interrupt_soon(void)
{
    const struct itimerval soon = {.it_value = {.tv_usec = 50 * 1000}};
    interrupted = 0;
    signal(SIGVTALRM, interrupt);
    setitimer(ITIMER_VIRTUAL, &soon, NULL);
}

START_TEST(an_interrupt_keeps_finished_updates)
{
    Trial trial;
    trial_start_with(&trial, (SessionOptions){.interrupted = &interrupted});
    trial_do(&trial, "init 2-2-1\ndata n0\nset lr 1e-6");
    interrupt_soon();
    ck_assert_int_eq(trial_run(&trial, "step 1000000000"), OUTCOME_INTERRUPTED);
    interrupted = 0;
    long made = trial.session->setup.descent.updates;
    ck_assert(made > 0 && made < 1000000000);
    ck_assert_uint_eq(trial.session->setup.course.next, (size_t)made % 4);

    Trial other;
    char line[64];
    trial_start(&other);
    snprintf(line, sizeof line, "step %ld", made);
    trial_do(&other, "init 2-2-1\ndata n0\nset lr 1e-6");
    trial_do(&other, line);
    char *first = trial_script(&trial), *second = trial_script(&other);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
    trial_do(&trial, "undo\nassert updates == 0\nassert w11^1 == 1");
    trial_free(&trial);
    trial_free(&other);
}
END_TEST

START_TEST(an_interrupt_ends_other_work_and_changes_nothing)
{
    Trial trial;
    trial_start_with(&trial, (SessionOptions){.interrupted = &interrupted});
    interrupted = 0;
    trial_do(&trial, "init 6-6:tanh-6:tanh-6:tanh-6:tanh-6:tanh-6:tanh-6:tanh-6:tanh-6:tanh-1\n"
                     "input 1 2 3 4 5 6 -> 1\nset memo off");
    static const char *const lines[] = {"grad all", "grad w11^1", "print dL/dw11^1"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char *before = trial_script(&trial);
        interrupt_soon();
        ck_assert_msg(trial_run(&trial, lines[i]) == OUTCOME_INTERRUPTED, "%s", lines[i]);
        char *after = trial_script(&trial);
        ck_assert_str_eq(after, before);
        free(before);
        free(after);
    }
    interrupted = 0;
    trial_do(&trial, "set memo on\ngrad all");
    trial_free(&trial);
}
END_TEST

START_TEST(an_interrupt_ends_a_file)
{
    Trial trial;
    trial_start_with(&trial, (SessionOptions){.interrupted = &interrupted});
    FILE_OF("build/f.bp", "init 2-2-1\ndata n0\nset lr 1e-6\nstep 1000000000\nset lr 5\n");
    interrupt_soon();
    ck_assert_int_eq(trial_run(&trial, "source build/f.bp"), OUTCOME_INTERRUPTED);
    interrupted = 0;
    trial_do(&trial, "assert lr == 1e-6\nassert updates > 0");
    remove("build/f.bp");
    trial_free(&trial);
}
END_TEST

UNIT("source", a_file_stops_at_its_first_failure,
     lines_of_a_file_are_counted_and_its_bad_ones_skipped, the_commands_of_a_file_can_be_shown,
     a_file_that_sources_itself_ends, a_file_may_quit, an_empty_line_repeats_only_what_was_typed,
     an_interrupt_keeps_finished_updates, an_interrupt_ends_other_work_and_changes_nothing,
     an_interrupt_ends_a_file)
