#include "nets.h"

#include <string.h>

#include "engine/score.h"

/* Rows that are VALUES: inputs, then targets. */
static Dataset rows_of(size_t rows, int inputs, int targets, double *values)
{
    static char name[] = "table";
    return (Dataset){
        .name = name, .rows = rows, .inputs = inputs, .targets = targets, .values = values};
}

/* A network that hands its inputs on to its last activation: y can be set against them. */
static Pass *mirror(const char *sizes, const char *loss)
{
    Pass *pass = pass_from(sizes, loss);
    const Net *net = pass->net;
    for (int i = 1; i <= net->vectors[net->input].size; i++)
        pass->value[net_weight(net, 1, i, i)] = 1;
    return pass;
}

static Score score_of(const Pass *pass, const Dataset *rows)
{
    Score score;
    Error err = {0};
    bool done = score_rows(&score, pass, rows, score_kind(pass, rows), NULL, &err);
    ck_assert_msg(done, "%s", err.message);
    ck_assert_uint_eq(score.rows, rows->rows);
    ck_assert(!score.stopped);
    return score;
}

START_TEST(the_kind_follows_from_the_last_layer_and_the_targets)
{
    static double bits[] = {5, 0, 5, 1}, signs[] = {5, 1, 5, -1}, numbers[] = {5, 0, 5, 0.5};
    static double one_hot[] = {5, 0, 1, 5, 1, 0}, labels[] = {5, 1, 1, 5, 0, 1};
    static double none[] = {5, 0, 0, 5, 1, 0};
    static double soft[] = {5, 0.25, 0.75, 5, 0, 1}, two_signs[] = {5, 1, 1, 5, -1, 1};
    const struct {
        const char *sizes;
        int targets;
        double *values;
        ScoreKind kind;
    } cases[] = {
        {"1-1:sigmoid", 1, bits, SCORE_HALF},
        {"1-1:sigmoid", 1, numbers, SCORE_REGRESSION},
        {"1-1:sigmoid", 1, signs, SCORE_REGRESSION},
        {"1-1:tanh", 1, signs, SCORE_SIGN},
        {"1-1:step", 1, signs, SCORE_SIGN},
        {"1-1", 1, signs, SCORE_SIGN},
        {"1-1:relu", 1, signs, SCORE_REGRESSION},
        {"1-1", 1, bits, SCORE_REGRESSION},
        {"1-3:tanh-1", 1, numbers, SCORE_REGRESSION},
        {"1-2", 2, one_hot, SCORE_LARGEST},
        {"1-2:sigmoid", 2, one_hot, SCORE_LARGEST},
        {"1-2:sigmoid", 2, labels, SCORE_HALF},
        {"1-2:sigmoid", 2, none, SCORE_HALF},
        {"1-2", 2, labels, SCORE_REGRESSION},
        {"1-2:softmax", 2, one_hot, SCORE_LARGEST},
        {"1-2:softmax", 2, soft, SCORE_LARGEST},
        {"1-2:tanh", 2, two_signs, SCORE_SIGN},
        {"1-1:sigmoid+skip", 1, bits, SCORE_REGRESSION},
        {"1-1:relu+skip", 1, signs, SCORE_SIGN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Pass *pass = pass_from(cases[i].sizes, "mse");
        Dataset rows = rows_of(2, 1, cases[i].targets, cases[i].values);
        ScoreKind kind = score_kind(pass, &rows);
        ck_assert_msg(kind == cases[i].kind, "%s (case %zu): %d", cases[i].sizes, i, (int)kind);
        pass_free(pass);
    }
}
END_TEST

START_TEST(without_rows_only_softmax_tells)
{
    static const char *const sizes[] = {"1-2:softmax", "1-1:sigmoid", "1-1:step", "1-2"};
    static const ScoreKind kinds[] = {SCORE_LARGEST, SCORE_REGRESSION, SCORE_REGRESSION,
                                      SCORE_REGRESSION};
    for (int i = 0; i < 4; i++) {
        Pass *pass = pass_from(sizes[i], "mse");
        ck_assert_int_eq(score_kind(pass, NULL), kinds[i]);
        pass_free(pass);
    }
}
END_TEST

/* Rows that happen to be one-hot do not make a classifier of many labels one of many classes. */
START_TEST(the_kind_for_other_rows_does_for_both)
{
    Dataset labels = rows_of(1, 1, 2, (double[]){5, 1, 1});
    Dataset one_hot = rows_of(1, 1, 2, (double[]){5, 1, 0});
    Dataset numbers = rows_of(1, 1, 2, (double[]){5, 2, 0});
    Pass *pass = pass_from("1-2:sigmoid", "mse");
    ck_assert_int_eq(score_kind_of_both(pass, &one_hot, &one_hot), SCORE_LARGEST);
    ck_assert_int_eq(score_kind_of_both(pass, &labels, &one_hot), SCORE_HALF);
    ck_assert_int_eq(score_kind_of_both(pass, &one_hot, &labels), SCORE_HALF);
    ck_assert_int_eq(score_kind_of_both(pass, &one_hot, &numbers), SCORE_REGRESSION);
    pass_free(pass);
}
END_TEST

START_TEST(of_equals_the_first_and_nan_is_no_class)
{
    static const struct {
        ScoreKind kind;
        int count;
        double outputs[3];
        int class;
    } cases[] = {
        {SCORE_LARGEST, 3, {1, 2, 0}, 1},
        {SCORE_LARGEST, 3, {2, 1, 2}, 0},
        {SCORE_LARGEST, 3, {1, 2, 2}, 1},
        {SCORE_LARGEST, 3, {-3, -2, -1}, 2},
        {SCORE_LARGEST, 3, {9, 1, NAN}, -1},
        {SCORE_LARGEST, 3, {NAN, 1, 2}, -1},
        {SCORE_LARGEST, 3, {0, INFINITY, 2}, 1},
        {SCORE_LARGEST, 2, {1, 2, 3}, 1},
        {SCORE_HALF, 1, {0.5}, 0},
        {SCORE_HALF, 1, {0.50001}, 1},
        {SCORE_HALF, 1, {NAN}, -1},
        {SCORE_SIGN, 1, {0}, 0},
        {SCORE_SIGN, 1, {1e-300}, 1},
        {SCORE_SIGN, 1, {-1e-300}, 0},
        {SCORE_SIGN, 1, {NAN}, -1},
        {SCORE_SIGN, 1, {INFINITY}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int class = score_class(cases[i].kind, cases[i].outputs, cases[i].count);
        ck_assert_msg(class == cases[i].class, "case %zu: %d", i, class);
    }
    ck_assert_int_eq(score_classes(SCORE_LARGEST, 3), 3);
    ck_assert_int_eq(score_classes(SCORE_HALF, 1), 2);
    ck_assert_int_eq(score_classes(SCORE_SIGN, 1), 2);
    ck_assert_int_eq(score_classes(SCORE_HALF, 2), 0);
    ck_assert_int_eq(score_classes(SCORE_REGRESSION, 1), 0);
}
END_TEST

static void check_confusion(const Score *score, int classes, const size_t *counts)
{
    ck_assert_int_eq(score->classes, classes);
    for (int i = 0; i < classes * classes; i++)
        ck_assert_msg(score->confusion[i] == counts[i], "count %d: %zu", i, score->confusion[i]);
}

/* Seven rows of three classes, the outputs as they stand. */
START_TEST(classes_are_counted_by_what_they_were_taken_for)
{
    static double values[] = {
        3, 1, 2, 1, 0, 0, /* first, rightly */
        0, 4, 1, 1, 0, 0, /* first, taken for second */
        1, 2, 0, 0, 1, 0, /* second, rightly */
        5, 5, 1, 0, 1, 0, /* second, taken for the first of two equals */
        0, 0, 7, 0, 0, 1, /* third, rightly */
        0, 0, 8, 0, 0, 1, /* third, rightly */
        9, 1, 2, 0, 0, 1, /* third, taken for first */
    };
    static const size_t counts[] = {1, 1, 0, 1, 1, 0, 1, 0, 2};
    Pass *pass = mirror("3-3", "sse");
    Dataset rows = rows_of(7, 3, 3, values);
    Score score = score_of(pass, &rows);
    check_confusion(&score, 3, counts);
    ck_assert_uint_eq(score.decisions, 7);
    ck_assert_uint_eq(score.right, 4);
    ck_assert_uint_eq(score.undecided, 0);
    /* 4+1+4, 1+16+1, 1+1+0, 25+16+1, 36, 49, 81+1+1 */
    assert_same("loss", score.loss, (9.0 + 18 + 2 + 42 + 36 + 49 + 83) / 7);
    ck_assert_ptr_null(score.fits);
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(the_loss_is_the_mean_of_the_rows_in_order)
{
    static double values[] = {0.3, -1, 1, 0, 2, 0.7, 0, 1, -0.1, 1.4, 0, 1};
    Pass *pass = mirror("2-2:softmax", "cce");
    Dataset rows = rows_of(3, 2, 2, values);
    double sum = 0;
    for (size_t row = 0; row < 3; row++) {
        const double *z = values + 4 * row, *y = z + 2;
        sum += -log(exp(y[0] == 1 ? z[0] : z[1]) / (exp(z[0]) + exp(z[1])));
    }
    Score score = score_of(pass, &rows);
    assert_close("loss", score.loss, sum / 3, 1e-14);
    check_confusion(&score, 2, (size_t[]){1, 0, 1, 1});
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(one_sigmoid_is_two_classes)
{
    static double values[] = {2, 1, -1, 0, 0, 0, 0, 1, -3, 1, 1, 0};
    Pass *pass = mirror("1-1:sigmoid", "bce");
    Dataset rows = rows_of(6, 1, 1, values);
    Score score = score_of(pass, &rows);
    check_confusion(&score, 2, (size_t[]){2, 1, 2, 1});
    ck_assert_uint_eq(score.right, 3);
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(several_sigmoids_decide_each_for_itself)
{
    static double values[] = {2, -2, 1, 1, -1, 3, 0, 1, 1, 1, 0, 0};
    Pass *pass = mirror("2-2:sigmoid", "bce");
    Dataset rows = rows_of(3, 2, 2, values);
    Score score = score_of(pass, &rows);
    ck_assert_int_eq(score.kind, SCORE_HALF);
    ck_assert_uint_eq(score.decisions, 6);
    ck_assert_uint_eq(score.right, 3);
    check_confusion(&score, 0, NULL);
    ck_assert_ptr_null(score.confusion);
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(a_score_is_judged_by_its_sign)
{
    static double values[] = {2, 1, 0.1, -1, -4, -1, 0, 1, 0, -1};
    Pass *pass = mirror("1-1", "hinge");
    Dataset rows = rows_of(5, 1, 1, values);
    Score score = score_of(pass, &rows);
    check_confusion(&score, 2, (size_t[]){2, 1, 1, 1});
    /* 0, 1.1, 0, 1, 1 */
    assert_close("loss", score.loss, 3.1 / 5, 1e-15);
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(what_is_no_number_is_wrong)
{
    static double values[] = {1, 0, 1, 0, NAN, 1, 0, 1, 0, 1, 0, 1};
    Pass *pass = mirror("2-2", "mse");
    Dataset rows = rows_of(3, 2, 2, values);
    Score score = score_of(pass, &rows);
    ck_assert_uint_eq(score.decisions, 3);
    ck_assert_uint_eq(score.right, 2);
    ck_assert_uint_eq(score.undecided, 1);
    check_confusion(&score, 2, (size_t[]){1, 0, 0, 1});
    ck_assert(isnan(score.loss));
    score_release(&score);
    pass_free(pass);
}
END_TEST

/* ŷ is off by 0.1, 0.1, 0.2, 0.2 from 1, 2, 3, 4: Σ(y - ŷ)² = 0.1, Σ(y - 2.5)² = 5. */
START_TEST(a_regression_is_measured_by_output)
{
    static double values[] = {1.1, 0.5, 1, 0.1, 1.9, 0.1, 2, 0.1,
                              3.2, 0.1, 3, 0.1, 3.8, 0.1, 4, 0.1};
    Pass *pass = mirror("2-2", "sse");
    Dataset rows = rows_of(4, 2, 2, values);
    Score score = score_of(pass, &rows);
    ck_assert_int_eq(score.kind, SCORE_REGRESSION);
    assert_close("loss", score.loss, (0.1 + 0.16) / 4, 1e-14);
    assert_close("root", score.fits[0].root, sqrt(0.025), 1e-14);
    assert_close("R²", score.fits[0].r_squared, 0.98, 1e-14);
    assert_close("root", score.fits[1].root, 0.2, 1e-14);
    ck_assert(isnan(score.fits[1].r_squared));
    ck_assert_ptr_null(score.confusion);
    ck_assert_uint_eq(score.decisions, 0);
    score_release(&score);
    pass_free(pass);
}
END_TEST

/* The mean of these, as rounded, is another number than they are. */
START_TEST(what_never_changes_has_no_r_squared)
{
    static double values[] = {1, 0.1, 2, 0.1, 3, 0.1};
    Pass *pass = mirror("1-1", "mse");
    Dataset rows = rows_of(3, 1, 1, values);
    Score score = score_of(pass, &rows);
    ck_assert(isnan(score.fits[0].r_squared));
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(targets_that_the_loss_cannot_take_are_named_by_row)
{
    static double values[] = {1, 1, 2, 0, 3, 2, 4, 7};
    Pass *pass = mirror("1-1:sigmoid", "bce");
    Dataset rows = rows_of(4, 1, 1, values);
    Score score;
    Error err = {0};
    ck_assert(!score_rows(&score, pass, &rows, SCORE_HALF, NULL, &err));
    ck_assert_str_eq(err.message, "row 3 of table: the target y = 2 does not go with the loss bce: "
                                  "it must be between 0 and 1");
    ck_assert(!score.stopped);
    score_release(&score);
    pass_free(pass);
}
END_TEST

START_TEST(it_can_be_interrupted)
{
    static double values[] = {1, 1};
    const volatile sig_atomic_t interrupted = 1;
    Pass *pass = mirror("1-1", "mse");
    Dataset rows = rows_of(1, 1, 1, values);
    Score score;
    Error err = {0};
    ck_assert(!score_rows(&score, pass, &rows, SCORE_REGRESSION, &interrupted, &err));
    ck_assert(score.stopped);
    ck_assert_str_eq(err.message, "interrupted");
    score_release(&score);
    pass_free(pass);
}
END_TEST

/* By hand: 2·80 + 3·8 + 4. A pinned node counts for nothing, and stays as it is. */
START_TEST(the_pass_is_only_looked_at)
{
    static double values[] = {80, 8, 188, 1, 1, 9};
    Pass *pass = pass_from("2-1", "mse");
    double outputs[1];
    set_parameters(pass, (double[]){2, 3, 4});
    pass_pin(pass, element_of(pass->net, "yhat"), 1000);
    run_row(pass, (double[]){1, 2}, (double[]){3});
    size_t size = pass->net->elements * sizeof(double);
    double *before = malloc(size);
    ck_assert_ptr_nonnull(before);
    memcpy(before, pass->value, size);
    score_outputs(pass, (double[]){80, 8}, outputs);
    assert_same("yhat", outputs[0], 188);
    Dataset rows = rows_of(2, 2, 1, values);
    Score score = score_of(pass, &rows);
    assert_same("loss", score.loss, 0);
    assert_same("R²", score.fits[0].r_squared, 1);
    ck_assert_int_eq(memcmp(before, pass->value, size), 0);
    ck_assert(pass->pin_count == 1 && pass->forward_done);
    score_release(&score);
    free(before);
    pass_free(pass);
}
END_TEST

/* A table of so many classes would be larger than the rows. */
START_TEST(too_many_classes_make_no_table)
{
    enum { MANY = SCORE_CLASS_LIMIT + 1 };
    double *values = calloc(1 + MANY, sizeof *values);
    ck_assert_ptr_nonnull(values);
    values[1] = 1;
    Dataset rows = rows_of(1, 1, MANY, values);
    Pass *pass = pass_from("1-1001", "mse");
    Score score = score_of(pass, &rows);
    ck_assert_uint_eq(score.right, 1);
    ck_assert(score.classes == 0 && !score.confusion);
    score_release(&score);
    pass_free(pass);
    free(values);
}
END_TEST

UNIT("score", the_kind_follows_from_the_last_layer_and_the_targets, without_rows_only_softmax_tells,
     the_kind_for_other_rows_does_for_both, of_equals_the_first_and_nan_is_no_class,
     classes_are_counted_by_what_they_were_taken_for, the_loss_is_the_mean_of_the_rows_in_order,
     one_sigmoid_is_two_classes, several_sigmoids_decide_each_for_itself,
     a_score_is_judged_by_its_sign, what_is_no_number_is_wrong, a_regression_is_measured_by_output,
     what_never_changes_has_no_r_squared, targets_that_the_loss_cannot_take_are_named_by_row,
     it_can_be_interrupted, the_pass_is_only_looked_at, too_many_classes_make_no_table)
