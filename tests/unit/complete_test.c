#include "command/complete.h"
#include "trial.h"

static void add_candidate(void *self, const char *candidate)
{
    text_print(self, "%s ", candidate);
}

/* Completes LINE at its end: the candidates, where their word starts, and whether a file
   name is expected. */
static void check_candidates(Trial *trial, const char *line, const char *want, size_t start,
                             bool files)
{
    Text seen = {0};
    bool any = !files;
    size_t at = session_complete(trial->session, line, strlen(line), add_candidate, &seen, &any);
    ck_assert_msg(!strcmp(text_string(&seen), want), "%s|: %s", line, text_string(&seen));
    ck_assert_msg(at == start, "%s|: %zu", line, at);
    ck_assert_msg(any == files, "%s|: files", line);
    text_release(&seen);
}

static void start_small(Trial *trial)
{
    trial_start(trial);
    trial_do(trial, "init 2-1:sigmoid-1\ninput 80 8 -> 3");
}

START_TEST(commands)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "in", "init input info ", 0, false);
    check_candidates(&trial, "  gra", "grad ", 2, false);
    check_candidates(&trial, "zzz", "", 0, false);
    check_candidates(&trial, "zzz ", "", 4, false);
    trial_free(&trial);
}
END_TEST

START_TEST(symbols_of_the_present_network)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "grad ", "all layer w11^1 w21^1 b11 w11^2 b21 x1 x2 z11 o11 yhat ", 5,
                     false);
    check_candidates(&trial, "g w1", "w11^1 w11^2 ", 2, false);
    check_candidates(&trial, "grad w11^1 ", "paths ", 11, false);
    check_candidates(&trial, "print 2 * b", "b11 b21 ", 10, false);
    check_candidates(&trial, "print e", "epoch ", 6, false);
    check_candidates(&trial, "print norm",
                     "norm(W^1) norm(dL/dW^1) norm(b^1) norm(dL/db^1) "
                     "norm(W^2) norm(dL/dW^2) norm(b^2) norm(dL/db^2) ",
                     6, false);
    check_candidates(&trial, "plot curve ", "w11^1 w21^1 b11 w11^2 b21 ", 11, false);
    check_candidates(&trial, "plot weights w11^1 b", "b11 b21 ", 19, false);
    check_candidates(&trial, "assume yh", "yhat ", 7, false);
    trial_do(&trial, "init 2-1:tanh+bn-1");
    check_candidates(&trial, "print norm(m", "norm(mean^1) ", 6, false);
    check_candidates(&trial, "train 5 until=norm(dL/dg", "until=norm(dL/dgamma^1) ", 8, false);
    trial_do(&trial, "init 1-1");
    check_candidates(&trial, "grad w", "w11^1 ", 5, false);
    trial_free(&trial);
}
END_TEST

START_TEST(keys_and_their_values)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "init 2-1 lo", "loss= ", 9, false);
    check_candidates(&trial, "init 2-1 loss=m", "loss=mse loss=mae ", 9, false);
    check_candidates(&trial, "init 2-1 biases=", "biases=zeros biases=none ", 9, false);
    check_candidates(&trial, "init 2-1 le", "leaky-relu ", 9, false);
    check_candidates(&trial, "init 2-1 relu s", "seed= ", 14, false);
    check_candidates(&trial, "data n0 header=", "header=yes header=no ", 8, false);
    check_candidates(&trial, "check w11^1 e", "eps= ", 12, false);
    check_candidates(&trial, "train 5 ", "mode= batch= shuffle= until= tol= ", 8, false);
    check_candidates(&trial, "train 5 mode=m", "mode=mini ", 8, false);
    check_candidates(&trial, "train 5 until=a", "until=avgL ", 8, false);
    trial_free(&trial);
}
END_TEST

START_TEST(columns_of_the_data)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "data n0 target=", "", 8, false);
    trial_do(&trial, "data classification");
    check_candidates(&trial, "data classification target=p",
                     "target=placed target=placed:onehot target=placed:signs ", 20, false);
    trial_do(&trial, "data iris target=species:onehot");
    check_candidates(&trial, "data iris target=s",
                     "target=species:onehot target=sepal_length target=sepal_length:onehot "
                     "target=sepal_length:signs target=sepal_width target=sepal_width:onehot "
                     "target=sepal_width:signs ",
                     10, false);
    trial_do(&trial, "data tests/data/spaced.csv target=\"body mass\"");
    check_candidates(&trial, "data n0 target=", "", 8, false);
    trial_free(&trial);
}
END_TEST

START_TEST(settings_and_their_values)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "set opt", "optimizer ", 4, false);
    check_candidates(&trial, "show mem", "memo ", 5, false);
    check_candidates(&trial, "set w", "width w11^1 w21^1 w11^2 ", 4, false);
    check_candidates(&trial, "set memo ", "on off ", 9, false);
    check_candidates(&trial, "set loss h", "half-sse huber hinge ", 9, false);
    check_candidates(&trial, "set optimizer ada", "adagrad adam ", 14, false);
    check_candidates(&trial, "set clip ", "off norm= value= ", 9, false);
    check_candidates(&trial, "set optimizer adam ", "beta1= beta2= ", 19, false);
    check_candidates(&trial, "set optimizer sgd ", "", 18, false);
    check_candidates(&trial, "set schedule cosine mi", "min= ", 20, false);
    trial_free(&trial);
}
END_TEST

START_TEST(breakpoints_and_displays)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "delete ", "", 7, false);
    trial_do(&trial, "break loss\ndisplay L\nwatch w11^1\ndisplay w11^1");
    trial_do(&trial, "delete 1\nbreak update");
    check_candidates(&trial, "delete ", "2 3 ", 7, false);
    check_candidates(&trial, "enable 2 ", "2 3 ", 9, false);
    check_candidates(&trial, "condition 3 upd", "updates ", 12, false);
    check_candidates(&trial, "undisplay ", "1 2 ", 10, false);
    check_candidates(&trial, "break ba", "backward ", 6, false);
    check_candidates(&trial, "break w1", "w11^1 w11^2 ", 6, false);
    check_candidates(&trial, "break loss i", "if ", 11, false);
    check_candidates(&trial, "watch av", "avgL ", 6, false);
    check_candidates(&trial, "watch L if av", "avgL ", 11, false);
    check_candidates(&trial, "help deb", "debugging ", 5, false);
    trial_free(&trial);
}
END_TEST

START_TEST(files)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "source ", "", 7, true);
    check_candidates(&trial, "save x", "", 5, true);
    check_candidates(&trial, "data n", "n0 n1 n4 ", 5, true);
    check_candidates(&trial, "data scale mi", "minmax ", 11, false);
    check_candidates(&trial, "lesson ", "reset 01-first 02-second from= delay= ", 7, true);
    check_candidates(&trial, "lesson reset 02", "02-second ", 13, true);
    trial_free(&trial);
}
END_TEST

START_TEST(topics)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "help act", "activations ", 5, false);
    check_candidates(&trial, "help gr", "grad ", 5, false);
    check_candidates(&trial, "info ", "net data optimizer history breakpoints display ", 5, false);
    trial_free(&trial);
}
END_TEST

START_TEST(inside_a_line)
{
    Trial trial;
    Text seen = {0};
    bool any;
    start_small(&trial);
    ck_assert_uint_eq(session_complete(trial.session, "gra w11^1", 3, add_candidate, &seen, &any),
                      0);
    ck_assert_str_eq(text_string(&seen), "grad ");
    text_release(&seen);
    trial_free(&trial);
}
END_TEST

START_TEST(lines_that_cannot_be_completed)
{
    Trial trial;
    start_small(&trial);
    check_candidates(&trial, "data \"n0 ", "", 9, false);
    check_candidates(&trial, "params ", "", 7, false);
    check_candidates(&trial, "grad w11^1 paths ", "", 17, false);
    check_candidates(&trial, "grad 7 ", "", 7, false);
    check_candidates(&trial, "zzz x ", "", 6, false);
    trial_free(&trial);
}
END_TEST

UNIT("complete", commands, symbols_of_the_present_network, keys_and_their_values,
     columns_of_the_data, settings_and_their_values, breakpoints_and_displays, files, topics,
     inside_a_line, lines_that_cannot_be_completed)
