#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nets.h"
#include "stage.h"
#include "unit.h"

/* By hand, with plain loops: 2-2-2-1, sigmoids but for the last layer, L = (y - ŷ)², four
   decimals. Means are taken of whole numbers of units: every fourth of them lies at a half. */

enum { FOUR = 10000, ROWS = 4 };

/* A half that binary numbers have made a little less of is one. */
static double written(double value)
{
    double units = floor(fabs(value) * FOUR + 0.5 + 1e-9);
    return units == 0 ? 0 : copysign(units / FOUR, value);
}

/* Of COUNT written numbers. */
static double mean_of(const double *numbers, int count)
{
    long long sum = 0;
    for (int i = 0; i < count; i++) sum += llround(numbers[i] * FOUR);
    long long size = (2 * llabs(sum) + count) / (2 * count);
    return size == 0 ? 0 : (double)(sum < 0 ? -size : size) / FOUR;
}

enum { W1, B1 = W1 + 4, W2 = B1 + 2, B2 = W2 + 4, W3 = B2 + 2, B3 = W3 + 2, NUMBERS };

static const char *const names[NUMBERS] = {
    [W1] = "w11^1", "w12^1",        "w21^1",        "w22^1", [B1] = "b11",
    "b12",          [W2] = "w11^2", "w12^2",        "w21^2", "w22^2",
    [B2] = "b21",   "b22",          [W3] = "w11^3", "w21^3", [B3] = "b31"};

typedef struct Sheet {
    double p[NUMBERS], g[NUMBERS];
    double o1[2], o2[2], s1[2], s2[2], yhat, loss, outer;
} Sheet;

static void write_layer(const double *w, const double *b, const double *in, double *o, double *s)
{
    for (int j = 0; j < 2; j++) {
        double z = written(w[j] * in[0] + w[2 + j] * in[1] + b[j]);
        o[j] = written(1 / (1 + exp(-z)));
        s[j] = written(o[j] * (1 - o[j]));
    }
}

static void write_forward(Sheet *s, const double *x, double y)
{
    write_layer(s->p + W1, s->p + B1, x, s->o1, s->s1);
    write_layer(s->p + W2, s->p + B2, s->o1, s->o2, s->s2);
    s->yhat = written(s->p[W3] * s->o2[0] + s->p[W3 + 1] * s->o2[1] + s->p[B3]);
    s->loss = written((y - s->yhat) * (y - s->yhat));
    s->outer = written(-2 * (y - s->yhat));
}

static void write_backward(Sheet *s, const double *x)
{
    s->g[B3] = s->outer;
    for (int j = 0; j < 2; j++) {
        double top = s->outer * s->p[W3 + j] * s->s2[j];
        s->g[W3 + j] = written(s->outer * s->o2[j]);
        s->g[B2 + j] = written(top);
        for (int i = 0; i < 2; i++) s->g[W2 + 2 * i + j] = written(top * s->o1[i]);
    }
    for (int i = 0; i < 2; i++) {
        double sum = 0;
        for (int j = 0; j < 2; j++)
            sum += written(s->outer * s->p[W3 + j] * s->s2[j] * s->p[W2 + 2 * i + j]);
        s->g[B1 + i] = written(written(sum) * s->s1[i]);
        for (int k = 0; k < 2; k++) s->g[W1 + 2 * k + i] = written(written(sum) * s->s1[i] * x[k]);
    }
}

static void write_update(Sheet *s, const double *gradient)
{
    for (int i = 0; i < NUMBERS; i++) s->p[i] = written(s->p[i] - 0.3 * gradient[i]);
}

static const double rows[ROWS][3] = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}}; /* xor */

static const char beginning[] =
    "init 2-2:sigmoid-2:sigmoid-1\nset W^1 [0.41 -0.73; 0.37 0.89]\nset b^1 [0.11 -0.13]\n"
    "set W^2 [0.67 -0.43; 0.59 0.31]\nset b^2 [0.17 -0.19]\nset W^3 [0.83; -0.71]\n"
    "set b^3 [0.23]\nset lr 0.3\ndata xor\nset round 4";

static const Sheet first = {.p = {0.41, -0.73, 0.37, 0.89, 0.11, -0.13, 0.67, -0.43, 0.59, 0.31,
                                  0.17, -0.19, 0.83, -0.71, 0.23}};

static size_t named(const Stage *stage, const char *name)
{
    return element_of(session_net(stage->session), name);
}

static void check_number(double got, double want, const char *what)
{
    ck_assert_msg(got == want, "%s: %.17g, on paper %.17g", what, got, want);
}

static void check_parameters(const Stage *stage, const Sheet *s)
{
    for (int i = 0; i < NUMBERS; i++)
        check_number(stage->session->page->numbers[named(stage, names[i])], s->p[i], names[i]);
}

/* The number after the first KEY in what COMMAND says to programs. */
static double said(Stage *stage, const char *command, const char *key)
{
    const char *json = stage_do(stage, command), *at = strstr(json, key);
    ck_assert_msg(at, "%s: no %s in %s", command, key, json);
    return strtod(at + strlen(key), NULL);
}

static double hand_of(Stage *stage, const char *command)
{
    return said(stage, command, "\"hand\":");
}

static void start(Stage *stage)
{
    stage_start_with(stage, render_json, beginning);
}

/* An epoch of updates row by row; returns the average of the losses. */
static double write_epoch(Sheet *s)
{
    double losses[ROWS];
    for (int row = 0; row < ROWS; row++) {
        write_forward(s, rows[row], rows[row][2]);
        write_backward(s, rows[row]);
        write_update(s, s->g);
        losses[row] = s->loss;
    }
    return mean_of(losses, ROWS);
}

START_TEST(averages_of_epochs)
{
    Stage stage;
    Sheet sheet = first;
    start(&stage);
    for (int epoch = 0; epoch < 25; epoch++) {
        double average = write_epoch(&sheet);
        check_number(hand_of(&stage, "train 1"), average, "avgL");
        check_number(hand_of(&stage, "print avgL"), average, "avgL");
        check_parameters(&stage, &sheet);
    }
    stage_free(&stage);
}
END_TEST

/* However the epochs are gone through. */
START_TEST(averages_of_many_epochs)
{
    static const char *const ways[] = {"train 12", "set epochs 12\ncontinue",
                                       "step 46\nset epochs 12\ncontinue",
                                       "train 20\ngoto epoch 13", "step 47\nnext 60\nstep"};
    Sheet sheet = first;
    double average = 0;
    for (int epoch = 0; epoch < 12; epoch++) average = write_epoch(&sheet);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        Stage stage;
        start(&stage);
        stage_do(&stage, ways[i]);
        check_number(stage.session->page->average, average, ways[i]);
        stage_free(&stage);
    }
}
END_TEST

/* One for each, in a single run that keeps few of them. */
START_TEST(averages_in_a_list)
{
    enum { EPOCHS = 3000 };
    Stage stage;
    Sheet sheet = first;
    start(&stage);
    char command[40];
    snprintf(command, sizeof command, "set history memory 1M\ntrain %d", EPOCHS);
    const char *at = stage_do(&stage, command);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        at = strstr(at, "\"hand\":");
        ck_assert_ptr_nonnull(at);
        at += strlen("\"hand\":");
        check_number(strtod(at, NULL), write_epoch(&sheet), "avgL");
    }
    ck_assert_ptr_null(strstr(at, "\"hand\":"));
    stage_free(&stage);
}
END_TEST

START_TEST(averages_of_batches)
{
    Stage stage;
    Sheet sheet = first;
    start(&stage);
    stage_do(&stage, "set mode batch");
    for (int epoch = 0; epoch < 10; epoch++) {
        double losses[ROWS], gradients[NUMBERS][ROWS], gradient[NUMBERS];
        for (int row = 0; row < ROWS; row++) {
            write_forward(&sheet, rows[row], rows[row][2]);
            write_backward(&sheet, rows[row]);
            losses[row] = sheet.loss;
            for (int i = 0; i < NUMBERS; i++) gradients[i][row] = sheet.g[i];
        }
        for (int i = 0; i < NUMBERS; i++) gradient[i] = mean_of(gradients[i], ROWS);
        write_update(&sheet, gradient);
        check_number(hand_of(&stage, "print L"), mean_of(losses, ROWS), "mean of L");
        check_number(hand_of(&stage, "train 1"), mean_of(losses, ROWS), "avgL");
        check_parameters(&stage, &sheet);
    }
    stage_free(&stage);
}
END_TEST

START_TEST(a_page_may_say_what_a_mean_is)
{
    Stage stage;
    start(&stage);
    stage_do(&stage, "set mode batch\npage L = 0.1234");
    check_number(hand_of(&stage, "loss"), 0.1234, "L");
    check_number(hand_of(&stage, "print L"), 0.1234, "L");
    check_number(hand_of(&stage, "train 1"), 0.1234, "avgL");
    stage_free(&stage);
}
END_TEST

/* Other rows begin the epoch anew. */
START_TEST(losses_are_forgotten_with_their_rows)
{
    Stage stage;
    Sheet sheet = first;
    start(&stage);
    stage_do(&stage, "step 3\ndata xor\nset W^1 [0.41 -0.73; 0.37 0.89]\nset b^1 [0.11 -0.13]\n"
                     "set W^2 [0.67 -0.43; 0.59 0.31]\nset b^2 [0.17 -0.19]\n"
                     "set W^3 [0.83; -0.71]\nset b^3 [0.23]");
    check_number(hand_of(&stage, "train 1"), write_epoch(&sheet), "avgL");
    stage_free(&stage);
}
END_TEST

/* What was lost before the page began is given. */
START_TEST(a_page_begins_within_an_epoch)
{
    Stage stage;
    start(&stage);
    stage_do(&stage, "set round off\nstep 2");
    double given = stage.session->setup.course.losses;
    stage_do(&stage, "set round 4");
    double l3 = hand_of(&stage, "loss"), l4;
    stage_do(&stage, "step");
    l4 = hand_of(&stage, "loss");
    stage_do(&stage, "step");
    double sum = written(written(given + l3) + l4);
    check_number(stage.session->page->average, written(sum / ROWS), "avgL");
    stage_free(&stage);
}
END_TEST

START_TEST(full_paths)
{
    Stage stage;
    Sheet s = first;
    const double *x = rows[2];
    start(&stage);
    stage_do(&stage, "row 3");
    write_forward(&s, x, x[2]);
    for (int i = 0; i < 2; i++) {
        double paths[2], sum = 0;
        char command[40], want[200];
        for (int j = 0; j < 2; j++) {
            paths[j] = written(s.outer * s.p[W3 + j] * s.s2[j] * s.p[W2 + 2 * i + j] * s.s1[i]);
            sum += paths[j];
        }
        snprintf(command, sizeof command, "grad b1%d paths", i + 1);
        const char *json = stage_do(&stage, command);
        snprintf(want, sizeof want, "\"hand\":%.6g,", paths[0]);
        const char *list = strstr(json, "\"by_hand\":[{");
        ck_assert(list && strstr(list, want));
        snprintf(want, sizeof want, "\"hand\":%.6g,", paths[1]);
        ck_assert(strstr(list, want));
        check_number(strtod(strstr(strstr(list, "\"total\""), "\"hand\":") + 7, NULL), written(sum),
                     command);
    }
    stage_free(&stage);
}
END_TEST

START_TEST(a_page_may_say_where_paths_begin)
{
    Stage stage;
    Sheet s = first;
    start(&stage);
    stage_do(&stage, "row 3\npage dL/dyhat = 0.5");
    write_forward(&s, rows[2], 1);
    double want = written(0.5 * s.p[W3] * s.s2[0]);
    check_number(hand_of(&stage, "grad b21 paths"), 0.5, "dL/dyhat");
    const char *json = stage_do(&stage, "grad b21 paths");
    check_number(strtod(strstr(strstr(json, "\"by_hand\""), "\"hand\":") + 7, NULL), want, "path");
    stage_free(&stage);
}
END_TEST

/* The terms of a sum are written down first. */
static void check_sums(Stage *stage)
{
    Sheet s = first;
    stage_do(stage, "row 1");
    for (int epoch = 0; epoch < 12; epoch++) {
        write_epoch(&s);
        stage_do(stage, "train 1");
        write_forward(&s, rows[0], rows[0][2]);
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (int j = 0; j < 2; j++) sum += written(s.p[W3 + j] * s.s2[j] * s.p[W2 + 2 * i + j]);
            check_number(hand_of(stage, i ? "print dyhat/do12" : "print dyhat/do11"), written(sum),
                         "dyhat/do1");
        }
    }
}

/* Between any two elements: along one path, and as a sum of two. */
START_TEST(derivatives_between_elements)
{
    Stage stage;
    Sheet s = first;
    const double *x = rows[3];
    double sum = 0;
    start(&stage);
    stage_do(&stage, "row 4");
    write_forward(&s, x, x[2]);
    for (int j = 0; j < 2; j++) sum += written(s.p[W3 + j] * s.s2[j] * s.p[W2 + 2 + j]);
    check_number(hand_of(&stage, "print dyhat/do12"), written(sum), "dyhat/do12");
    check_number(hand_of(&stage, "print dyhat/dw22^1"), written(written(sum) * s.s1[1] * x[1]),
                 "dyhat/dw22^1");
    check_number(hand_of(&stage, "print do22/dz11"), written(s.s2[1] * s.p[W2 + 1] * s.s1[0]),
                 "do22/dz11");
    check_number(hand_of(&stage, "print do12/dw11^1"), 0, "do12/dw11^1");
    check_number(hand_of(&stage, "print do12/do12"), 1, "do12/do12");
    check_number(hand_of(&stage, "print do12/dw11^2"), 0, "do12/dw11^2");
    check_sums(&stage);
    stage_free(&stage);
}
END_TEST

/* What an expression comes to. */
START_TEST(expressions)
{
    Stage stage;
    Sheet s = first;
    start(&stage);
    stage_do(&stage, "row 2\nstep 3\nrow 2\nset b31 0.33333");
    for (int row = 1; row < ROWS; row++) {
        write_forward(&s, rows[row], rows[row][2]);
        write_backward(&s, rows[row]);
        write_update(&s, s.g);
    }
    s.p[B3] = 0.33333;
    write_forward(&s, rows[1], 1);
    write_backward(&s, rows[1]);
    double norm = 0, norm_g = 0;
    for (int i = W2; i < B2; i++) norm += s.p[i] * s.p[i], norm_g += s.g[i] * s.g[i];
    check_number(hand_of(&stage, "print 2*o11 + w11^2"), written(2 * s.o1[0] + s.p[W2]), "sum");
    check_number(hand_of(&stage, "print norm(W^2)"), written(sqrt(norm)), "norm(W^2)");
    check_number(hand_of(&stage, "print norm(dL/dW^2)"), written(sqrt(norm_g)), "norm(dL/dW^2)");
    check_number(hand_of(&stage, "print L/yhat*x2"), written(s.loss / s.yhat), "L/yhat");
    check_number(hand_of(&stage, "print b31"), 0.3333, "b31");
    check_number(hand_of(&stage, "display dL/dw21^1"), s.g[W1 + 2], "dL/dw21^1");
    stage_free(&stage);
}
END_TEST

START_TEST(what_no_page_computes_has_no_verdict)
{
    static const char *const commands[] = {"print 1/3", "print L < 0.3", "print x1 + y",
                                           "print lr*2", "print not (L > 1)"};
    Stage stage;
    start(&stage);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        ck_assert_msg(!strstr(stage_do(&stage, commands[i]), "hand"), "%s", commands[i]);
    stage_do(&stage, "set round off");
    ck_assert_ptr_null(strstr(stage_do(&stage, "print L"), "hand"));
    stage_do(&stage, "set round 4\ninit 2-2:tanh+bn-1\nset mode batch");
    ck_assert_ptr_null(strstr(stage_do(&stage, "print dyhat/dz11"), "hand"));
    ck_assert_ptr_nonnull(strstr(stage_do(&stage, "print dL/dz11"), "hand"));
    stage_do(&stage, "set mode stochastic");
    ck_assert_ptr_nonnull(strstr(stage_do(&stage, "print dyhat/dz11"), "hand"));
    stage_free(&stage);
}
END_TEST

static void check_scores(Stage *stage, Sheet *s)
{
    double losses[ROWS], sum = 0;
    char root[20];
    for (int row = 0; row < ROWS; row++) {
        double y = rows[row][2];
        write_forward(s, rows[row], y);
        losses[row] = s->loss;
        sum += (y - s->yhat) * (y - s->yhat);
    }
    const char *text = stage_do(stage, "evaluate");
    snprintf(root, sizeof root, "%.4f, ", written(sqrt(sum / ROWS)));
    ck_assert_msg(strstr(text, root), "no %s in %s", root, text);
    snprintf(root, sizeof root, "by hand %.4f, ", mean_of(losses, ROWS));
    ck_assert_msg(strstr(text, root), "no %s in %s", root, text);
}

START_TEST(predictions)
{
    Stage stage;
    Sheet s = first;
    char want[40];
    stage_start(&stage, beginning);
    stage_do(&stage, "page o11 = 0.9"); /* in the present row alone */
    write_forward(&s, (double[]){0.35, -1.2}, 0);
    snprintf(want, sizeof want, "(by hand %.4f, ", s.yhat);
    ck_assert_ptr_nonnull(strstr(stage_do(&stage, "predict 0.35 -1.2"), want));
    stage_do(&stage, "undo");
    for (int epoch = 0; epoch < 12; epoch++) {
        write_epoch(&s);
        stage_do(&stage, "train 1");
        check_scores(&stage, &s);
    }
    stage_free(&stage);
}
END_TEST

static double by_hand_after(const char *json, const char *what)
{
    char key[40];
    snprintf(key, sizeof key, "{\"what\":\"%s\"", what);
    const char *at = strstr(json, key);
    ck_assert_msg(at, "no %s in %s", key, json);
    return strtod(strstr(at, "\"hand\":") + 7, NULL);
}

START_TEST(nudges)
{
    Stage stage;
    Sheet s = first, moved = first;
    start(&stage);
    stage_do(&stage, "row 2");
    write_forward(&s, rows[1], 1);
    write_backward(&s, rows[1]);
    moved.p[W2] = s.p[W2] + 0.1;
    write_forward(&moved, rows[1], 1);
    const char *json = stage_do(&stage, "nudge w11^2 0.1");
    check_number(by_hand_after(json, "before"), s.loss, "before");
    check_number(by_hand_after(json, "after"), moved.loss, "after");
    check_number(by_hand_after(json, "slope"), written((moved.loss - s.loss) / 0.1), "slope");
    check_number(by_hand_after(json, "derivative"), s.g[W2], "derivative");
    write_forward(&moved, (double[]){0, 1.5}, 1);
    moved.p[W2] = s.p[W2];
    write_forward(&moved, (double[]){0, 1.5}, 1);
    check_number(by_hand_after(stage_do(&stage, "nudge x2 0.5"), "after"), moved.loss, "x2");
    stage_do(&stage, "page o11 = 0.6");
    s.o1[0] = 0.6 + 0.1;
    write_layer(s.p + W2, s.p + B2, s.o1, s.o2, s.s2);
    s.yhat = written(s.p[W3] * s.o2[0] + s.p[W3 + 1] * s.o2[1] + s.p[B3]);
    check_number(by_hand_after(stage_do(&stage, "nudge o11 0.1"), "after"),
                 written((1 - s.yhat) * (1 - s.yhat)), "o11");
    stage_free(&stage);
}
END_TEST

/* In the middle of the update phase some parameters are new, on the page as well. */
START_TEST(parameters_within_an_update)
{
    Stage stage;
    Sheet old = first, new = first;
    start(&stage);
    stage_do(&stage, "row 2");
    write_forward(&new, rows[1], 1);
    write_backward(&new, rows[1]);
    write_update(&new, new.g);
    const Net *net = session_net(stage.session);
    size_t before = trainer_event_count(stage_trainer(&stage)) - net->parameters;
    char command[40];
    snprintf(command, sizeof command, "next %zu", before);
    stage_do(&stage, command);
    for (size_t done = 0; done < net->parameters; done++) {
        for (int i = 0; i < NUMBERS; i++) {
            size_t index = net_parameter_index(net, named(&stage, names[i]));
            snprintf(command, sizeof command, "print %s", names[i]);
            check_number(hand_of(&stage, command), (index < done ? new : old).p[i], names[i]);
        }
        stage_do(&stage, "next");
    }
    check_parameters(&stage, &new);
    stage_free(&stage);
}
END_TEST

UNIT("page_lines", averages_of_epochs, averages_of_many_epochs, averages_in_a_list,
     averages_of_batches, a_page_may_say_what_a_mean_is, losses_are_forgotten_with_their_rows,
     a_page_begins_within_an_epoch, full_paths, a_page_may_say_where_paths_begin,
     derivatives_between_elements, expressions, what_no_page_computes_has_no_verdict, predictions,
     nudges, parameters_within_an_update)
