/* The one way in: transactions, lines that are no text, and what may not be done. */
#include <math.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/memory.h"
#include "trial.h"

static const char *const failing[] = {
    /* words and names */
    "xyzzy",
    "in",
    "\"open",
    "init \"2-2-1",
    /* usage */
    "init",
    "init 2-2-1 relu extra",
    "init 2-2-1 foo=1",
    "init 2-2-1 seed=",
    "grad",
    "grad layer",
    "input 1 2",
    "input -> 3",
    "assume yhat",
    "derive x^2",
    "data scale sideways",
    "step 0",
    "step -1",
    "step 1.5",
    "undo 2",
    "check eps=x",
    "nudge w11^1",
    "set",
    "set lr",
    "row 1.5",
    /* networks */
    "init 2",
    "init 2-",
    "init 2-0-1",
    "init 2-2:nope-1",
    "init 2-1:softmax",
    "init 2-2-1 loss=bce",
    "init 2-2:softmax loss=hinge",
    "init 2-2-1 weights=some",
    "init 2-2-1 biases=some",
    "init 1000000-1000000",
    "init 99999999-1",
    "init 10000000-10000000-10000000",
    /* symbols */
    "grad w99^9",
    "grad w31^1",
    "grad b13",
    "grad o31",
    "grad x3",
    "grad y",
    "grad L",
    "grad yhat2",
    "grad w0,1^1",
    "grad layer 3",
    "matrices 3",
    "nudge y 1",
    "nudge w11^1 0",
    "check L",
    "check w11^1 eps=0",
    "assume x1 = 1",
    "assume w11^1 = 1",
    /* expressions */
    "print",
    "print 1 +",
    "print )",
    "print foo",
    "print w99^9",
    "print dL/dy",
    "print sin()",
    "assert 0",
    "assert 1 ~ 2",
    "assert nope",
    "derive x < 1 wrt x",
    "derive x^2 wrt x at x",
    "derive x^2 wrt x at x=two",
    /* settings and parameters */
    "set lr -1",
    "set nope 1",
    "set loss cce",
    "set optimizer nope",
    "set clip off norm=1",
    "set w11^1 0/0",
    "set w11^1 1e999",
    "set w11^1 foo",
    "set w99^9 1",
    "set yhat 3",
    "set x1 3",
    "set W^1 [1 2 3]",
    "set W^1 [1 2; 3 4",
    "set W^1 [1 2; 3 4] 5",
    "set W^1 1 2; 3 4]",
    "set W^3 [1]",
    "set b^1 [1 x]",
    "set b^1 [1 inf]",
    "set w22^1 [1 2]",
    "set m.W^1 [1 2; 3 4]",
    "set digits 99",
    "set width 3",
    /* rows and data */
    "row 5",
    "row 99999999",
    "input 1 2 3 -> 4",
    "input 1 2 -> 3 4",
    "data nope",
    "data no/such.csv",
    "data lessons",
    "data n0 target=nope",
    "data n0 target=9",
    "data n0 header=maybe",
    "data target=1",
    "data n0 target=lpa:onehot:onehot",
    /* files */
    "source no/such.bp",
    "source lessons",
    "save no/such/folder/x.bp",
};

static void check_message(const char *message)
{
    size_t length = strlen(message);
    ck_assert_uint_gt(length, 0);
    bool stop = message[length - 1] == '.' && !strstr(message, "; usage: ");
    ck_assert_msg(!stop, "%s", message);
    ck_assert_ptr_null(strchr(message, '\n'));
}

START_TEST(a_command_that_fails_changes_nothing)
{
    static const char *const states[] = {
        "init 2-2-1\ndata n0\nrow 2\nset lr 0.01",
        "init 2-2-1\ndata n0\ninput 80 8 -> 3\nassume yhat = 18\nset digits 3\nset optimizer "
        "momentum\nassume o11 = 2\nset lr 1\nundo",
    };
    for (size_t s = 0; s < sizeof states / sizeof states[0]; s++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, states[s]);
        for (size_t i = 0; i < sizeof failing / sizeof failing[0]; i++) {
            const History *history = &trial.session->history;
            char *before = trial_script(&trial);
            Style style = *session_style(trial.session);
            int undo = history_count(history->undo), redo = history_count(history->redo);
            ck_assert_msg(trial_run(&trial, failing[i]) == OUTCOME_FAILED, "%s", failing[i]);
            check_message(trial.message);
            ck_assert_msg(trial.column >= 0 && trial.column <= (int)strlen(failing[i]) + 1,
                          "%s: column %d", failing[i], trial.column);
            char *after = trial_script(&trial);
            ck_assert_msg(!strcmp(after, before), "%s", failing[i]);
            ck_assert_msg(!memcmp(&style, session_style(trial.session), sizeof style), "%s",
                          failing[i]);
            ck_assert_msg(history_count(history->undo) == undo &&
                              history_count(history->redo) == redo,
                          "%s", failing[i]);
            free(before);
            free(after);
        }
        trial_free(&trial);
    }
}
END_TEST

START_TEST(a_step_that_fails_changes_nothing)
{
    static const char *const explosions[] = {
        "init 2-2-1\ninput 1e200 1e200 -> 3",
        "init 2-2-1 weights=1e300\ninput 1e10 1 -> 3",
        "init 2-2-1\ninput 1e100 1e100 -> 3\nset lr 1e300\nset optimizer momentum",
        "init 1-1\ninput 1e150 -> 0\nset lr 1e100",
        "init 2-1:sigmoid loss=bce\ninput 1 2 -> 7",
        "init 2-2:softmax loss=cce\ninput 1 2 -> 1 1",
        "init 2-1 loss=hinge\ninput 1 2 -> 0",
        "init 1-1 weights=1e100\ninput 1e100 -> 0\nset optimizer rmsprop",
        "init 1-1\ninput 1 -> 1e154\nset optimizer adagrad",
        "init 1-1\ninput 1 -> 1e154\nset optimizer adam",
    };
    for (size_t i = 0; i < sizeof explosions / sizeof explosions[0]; i++) {
        Trial trial;
        trial_start(&trial);
        trial_do(&trial, explosions[i]);
        char *before = trial_script(&trial);
        ck_assert_msg(trial_run(&trial, "step") == OUTCOME_FAILED, "%s", explosions[i]);
        char *after = trial_script(&trial);
        ck_assert_str_eq(after, before);
        free(before);
        free(after);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(an_explosion_keeps_the_last_finite_state)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ndata n0");
    ck_assert_int_eq(trial_run(&trial, "step 100"), OUTCOME_FAILED);
    ck_assert_ptr_nonnull(strstr(trial.message, "stopped after 4 of 100 updates: L overflowed"));
    const Pass *pass = trial.session->pass;
    long made = trial.session->setup.descent.updates;
    ck_assert(made > 1 && made < 100);
    for (size_t e = 0; e < pass->net->parameters; e++) ck_assert(isfinite(pass->value[e]));
    ck_assert_uint_eq(trial.session->setup.course.next, (size_t)made % 4);
    ck_assert_int_eq(trial_run(&trial, "step"), OUTCOME_FAILED);
    ck_assert_ptr_nonnull(strstr(trial.message, "overflowed in epoch"));
    trial_do(&trial, "undo\nassert w11^1 == 1\nassert updates == 0");
    trial_free(&trial);
}
END_TEST

START_TEST(blank_lines_and_comments_do_nothing)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "\n   \n\t\n# init 2-2-1\n   # x\n#\xff");
    ck_assert_int_eq(trial.begun, 0);
    ck_assert_ptr_null(trial.session->pass);
    trial_free(&trial);
}
END_TEST

static void check_bytes(Trial *trial, const char *bytes, size_t length, int column,
                        const char *part)
{
    ck_assert_int_eq(session_execute(trial->session, bytes, length), OUTCOME_FAILED);
    ck_assert_msg(strstr(trial->message, part), "%s", trial->message);
    ck_assert_int_eq(trial->column, column);
}

START_TEST(lines_that_are_no_text_are_refused)
{
    Trial trial;
    trial_start(&trial);
    check_bytes(&trial, "init\0 2-2-1", 11, 5, "NUL");
    check_bytes(&trial, "echo \xff", 6, 6, "UTF-8");
    check_bytes(&trial, "echo \xc3", 6, 6, "UTF-8");
    check_bytes(&trial, "\0", 1, 1, "NUL");
    char *longest = memory_new(LINE_LIMIT + 1);
    memset(longest, ' ', LINE_LIMIT + 1);
    memcpy(longest, "echo x", 6);
    ck_assert_int_eq(session_execute(trial.session, longest, LINE_LIMIT), OUTCOME_OK);
    check_bytes(&trial, longest, LINE_LIMIT + 1, LINE_LIMIT + 1, "longer than 65536 bytes");
    free(longest);
    trial_free(&trial);
}
END_TEST

START_TEST(an_untrusted_session_touches_no_file)
{
    Trial trial;
    trial_start_with(&trial, (SessionOptions){.access = ACCESS_SHIPPED});
    trial_fails(&trial, "save build/x.bp", 6, "no file may be written");
    ck_assert_int_ne(access("build/x.bp", F_OK), 0);
    trial_fails(&trial, "source lessons/data/mazur.bp", 8, "no file may be read");
    trial_fails(&trial, "source first.md", 8, "first.md is a lesson: `lesson first.md` plays it");
    trial_fails(&trial, "data lessons/data/n0.csv", 6, "shipped");
    trial_fails(&trial, "data ./lessons/data/n0.csv", 6, "shipped");
    trial_fails(&trial, "data ../etc/passwd", 6, "shipped");
    trial_fails(&trial, "data /etc/passwd", 6, "shipped");
    trial_fails(&trial, "data Makefile", 6, "");
    ck_assert_ptr_null(trial.session->data);
    trial_do(&trial, "data n0\ninit 2-2-1\nstep");
    trial_free(&trial);
}
END_TEST

START_TEST(the_place_of_a_line_is_told)
{
    Trial trial;
    trial_start(&trial);
    session_set_place(trial.session, "lesson.md", 12);
    trial_fails(&trial, "  set lr x", 10, "`x`");
    ck_assert_str_eq(trial.file, "lesson.md");
    ck_assert_int_eq((int)trial.line, 12);
    trial_free(&trial);
}
END_TEST

/* The spelling of the variable does not matter; what is no variable is refused. */
START_TEST(variables_of_derive)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "derive (y - yhat)^2 wrt ŷ at ŷ=3 y=1\nderive w₁₁²*x wrt w11^2 at x=2");
    trial_fails(&trial, "derive (y - yhat)^2 wrt ŷ at yhat=3", 31, "y has no value");
    trial_fails(&trial, "derive x^2 wrt 3", 16, "`3`");
    trial_fails(&trial, "derive x^2 wrt x at x^2=3", 21, "x^2");
    trial_free(&trial);
}
END_TEST

START_TEST(assertions)
{
    Trial trial;
    trial_start(&trial);
    trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3");
    trial_do(&trial, "assert L == 29929\nassert L ~ 29929\nassert L ~ 29930 1e-3\nassert L > 1 && "
                     "yhat > 2\nassert 1e-10 ~ 0\nassert 2 ~ (2) 1e-3\nassert 1/0 ~ 1/0");
    trial_fails(&trial, "assert L == 1", 8, "L == 1");
    trial_fails(&trial, "assert L ~ 29930", 8, "29929");
    trial_fails(&trial, "assert L ~ 29930 1e-6", 8, "29930");
    trial_fails(&trial, "assert 1e-8 ~ 0", 8, "1e-08");
    trial_fails(&trial, "assert 0/0", 8, "0/0");
    trial_fails(&trial, "assert 0", 8, "0");
    trial_free(&trial);
}
END_TEST

UNIT("session", a_command_that_fails_changes_nothing, a_step_that_fails_changes_nothing,
     an_explosion_keeps_the_last_finite_state, blank_lines_and_comments_do_nothing,
     lines_that_are_no_text_are_refused, an_untrusted_session_touches_no_file,
     the_place_of_a_line_is_told, variables_of_derive, assertions)
