#include <stdio.h>

#include "engine/classifier.h"
#include "nets.h"

/* Rows of two inputs and TARGETS targets; the inputs do not matter here. */
static Dataset data_of(double *values, size_t rows, int targets)
{
    static char names[][8] = {"a", "b", "placed", "more", "most"};
    static char *columns[] = {names[0], names[1], names[2], names[3], names[4]};
    return (Dataset){.references = 1,
                     .rows = rows,
                     .inputs = 2,
                     .targets = targets,
                     .values = values,
                     .columns = columns};
}

static Net *net_for(const char *activation, int outputs)
{
    char sizes[32];
    snprintf(sizes, sizeof sizes, "2-%d:%s", outputs, activation);
    return net_from(sizes);
}

START_TEST(one_output_tells_two_classes_apart)
{
    static const struct {
        const char *activation;
        double targets[3], values[2], threshold;
    } rows[] = {
        {"sigmoid", {0, 1, 1}, {0, 1}, 0.5},
        {"sigmoid", {1, 1, 1}, {0, 1}, 0.5},
        {"sigmoid", {0.99, 0.01, 0.99}, {0.01, 0.99}, 0.5},
        {"step", {1, -1, 1}, {-1, 1}, 0},
        {"step", {1, 0, 1}, {0, 1}, 0},
        {"step", {-1, -1, -1}, {-1, 1}, 0},
        {"tanh", {1, -1, -1}, {-1, 1}, 0},
        {"tanh", {0, 1, 0}, {0, 1}, 0.5},
        {"linear", {3, 7, 7}, {3, 7}, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const double *y = rows[i].targets, *values = rows[i].values;
        double numbers[] = {0, 0, y[0], 0, 0, y[1], 0, 0, y[2]}, threshold = rows[i].threshold;
        Dataset data = data_of(numbers, 3, 1);
        Net *net = net_for(rows[i].activation, 1);
        Classifier classifier;
        Error err = {0};
        ck_assert_msg(classifier_of(net, &data, &classifier, &err), "%s", err.message);
        ck_assert_int_eq(classifier.count, 2);
        ck_assert_double_eq(classifier.values[0], values[0]);
        ck_assert_double_eq(classifier.values[1], values[1]);
        ck_assert_int_eq(classifier_predicts(&classifier, &(double){threshold}), 0);
        ck_assert_int_eq(classifier_predicts(&classifier, &(double){threshold + 1e-9}), 1);
        ck_assert_int_eq(classifier_predicts(&classifier, &(double){NAN}), -1);
        ck_assert_int_eq(classifier_actual(&classifier, &values[0]), 0);
        ck_assert_int_eq(classifier_actual(&classifier, &values[1]), 1);
        net_release(net);
    }
}
END_TEST

START_TEST(of_several_outputs_the_largest_wins)
{
    double numbers[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0};
    Dataset data = data_of(numbers, 2, 3);
    Net *net = net_for("softmax", 3);
    Classifier classifier;
    Error err = {0};
    ck_assert(classifier_of(net, &data, &classifier, &err));
    ck_assert_int_eq(classifier.count, 3);
    ck_assert_int_eq(classifier_predicts(&classifier, (double[]){0.2, 0.3, 0.5}), 2);
    ck_assert_int_eq(classifier_predicts(&classifier, (double[]){0.4, 0.4, 0.2}), 0);
    ck_assert_int_eq(classifier_predicts(&classifier, (double[]){0.4, NAN, 0.2}), -1);
    ck_assert_int_eq(classifier_actual(&classifier, (double[]){0, 1, 0}), 1);
    net_release(net);
}
END_TEST

static void check_refused(const char *activation, int outputs, double *values, size_t rows,
                          const char *part)
{
    Dataset data = data_of(values, rows, outputs);
    Net *net = net_for(activation, outputs);
    Classifier classifier;
    Error err = {0};
    ck_assert(!classifier_of(net, &data, &classifier, &err));
    ck_assert_msg(strstr(err.message, part), "%s", err.message);
    net_release(net);
}

/* What skips the last layer makes any number of its outputs. */
START_TEST(a_skip_around_the_last_layer_is_no_probability)
{
    double numbers[] = {0, 0.5, 0, 1.5, 0, 1.5};
    Dataset data = data_of(numbers, 3, 1);
    data.inputs = 1;
    Net *net = net_from("2-1-1:sigmoid+skip");
    Classifier classifier;
    Error err = {0};
    ck_assert(classifier_of(net, &data, &classifier, &err));
    ck_assert_int_eq(classifier_predicts(&classifier, &(double){0.9}), 0);
    ck_assert_int_eq(classifier_predicts(&classifier, &(double){1.1}), 1);
    net_release(net);
}
END_TEST

START_TEST(what_is_no_classifier_is_refused)
{
    check_refused("linear", 1, (double[]){0, 0, 1, 0, 0, 2, 0, 0, 3}, 3,
                  "the target placed takes more than two values");
    check_refused("sigmoid", 1, (double[]){0, 0, .1, 0, 0, .2, 0, 0, .3}, 3, "more than two");
    check_refused("linear", 1, (double[]){0, 0, 4, 0, 0, 4}, 2, "placed is the same in all rows");
    check_refused("sigmoid", 2, (double[]){0, 0, 1, 0, 0, 0, 1, 1}, 2, "targets of row 2");
    check_refused("linear", 2, (double[]){0, 0, 0, 0}, 1, "targets of row 1");
    check_refused("linear", 2, (double[]){0, 0, 1, 0.5}, 1, "targets of row 1");
}
END_TEST

UNIT("classifier", one_output_tells_two_classes_apart, of_several_outputs_the_largest_wins,
     a_skip_around_the_last_layer_is_no_probability, what_is_no_classifier_is_refused)
