/* Numbers that are printed elsewhere: in the notes and in two published examples. */
#include <string.h>

#include "base/number.h"
#include "engine/optimizer.h"
#include "nets.h"

/* L and the nine derivatives of a 2-2-1 network with weights 1 and biases 0. */
typedef struct Row {
    double inputs[2], target, prediction, loss;
    double slope;  /* ∂L/∂ŷ; also by every bias */
    double second; /* by w11^2 and w21^2 */
    double by_x1, by_x2;
} Row;

static void check_row(Pass *pass, const Row *row, double relative)
{
    run_row(pass, row->inputs, &row->target);
    const struct {
        const char *symbol;
        double expected;
    } derivatives[] = {
        {"yhat", row->slope}, {"w11^2", row->second}, {"w21^2", row->second},
        {"b21", row->slope},  {"w11^1", row->by_x1},  {"w21^1", row->by_x2},
        {"b11", row->slope},  {"w12^1", row->by_x1},  {"w22^1", row->by_x2},
        {"b12", row->slope},
    };
    assert_close("yhat", *number_of(pass, "yhat"), row->prediction, relative);
    assert_close("L", pass_loss(pass), row->loss, relative);
    for (size_t i = 0; i < sizeof derivatives / sizeof derivatives[0]; i++)
        assert_close(derivatives[i].symbol, gradient_of(pass, derivatives[i].symbol),
                     derivatives[i].expected, relative);
}

START_TEST(nine_derivatives)
{
    static const Row rows[] = {
        {{80, 8}, 3, 176, 29929, 346, 30448, 27680, 2768},
        {{60, 9}, 5, 138, 17689, 266, 18354, 15960, 2394},
        {{70, 5}, 8, 150, 20164, 284, 21300, 19880, 1420},
        {{120, 7}, 11, 254, 59049, 486, 61722, 58320, 3402},
    };
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_row(pass, &rows[i], 0);
    pass_free(pass);
}
END_TEST

/* The same with decimals, which doubles only come near to. */
START_TEST(nine_derivatives_with_decimals)
{
    static const Row rows[] = {
        {{80, 3.5}, 1.8, 167, 27291.04, 330.4, 27588.4, 26432, 1156.4},
        {{60, 4}, 2.5, 128, 15750.25, 251, 16064, 15060, 1004},
        {{70, 3.2}, 2, 146.4, 20851.36, 288.8, 21140.16, 20216, 924.16},
    };
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_row(pass, &rows[i], 4e-16);
    pass_free(pass);
}
END_TEST

START_TEST(assumed_predictions)
{
    Pass *pass = pass_from("2-2-1", "mse");
    fill_weights(pass, 1);
    pass_pin(pass, element_of(pass->net, "yhat"), 18);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    ck_assert_double_eq(pass_loss(pass), 225);
    ck_assert_double_eq(gradient_of(pass, "yhat"), 30);
    ck_assert_double_eq(gradient_of(pass, "w11^2"), 30 * 88);
    pass_pin(pass, element_of(pass->net, "yhat"), 5);
    run_row(pass, (double[]){80, 3.5}, (double[]){1.8});
    assert_close("L", pass_loss(pass), 10.24, 1e-15);
    pass_free(pass);
}
END_TEST

/* One update of all parameters, from the derivatives by the old ones. */
static void update(Pass *pass, Descent *descent)
{
    pass_backward(pass);
    descent_update(descent, pass->net->parameters, pass->value, pass->adjoint, NULL);
}

static Descent plain_descent(double rate)
{
    Descent descent = {.rate = rate};
    descent_choose(&descent, optimizer_find("sgd"));
    return descent;
}

START_TEST(raw_columns_explode)
{
    Pass *pass = pass_from("2-2-1", "mse");
    Descent descent = plain_descent(0.1);
    fill_weights(pass, 1);
    run_row(pass, (double[]){80, 8}, (double[]){3});
    update(pass, &descent);
    assert_close("w11^2", *number_of(pass, "w11^2"), -3043.8, 1e-15);
    run_row(pass, (double[]){60, 9}, (double[]){5});
    ck_assert_double_gt(fabs(*number_of(pass, "yhat")), 1e6);
    pass_free(pass);
}
END_TEST

static void prints(double value, const char *expected)
{
    char digits[NUMBER_SIZE];
    number_spell(digits, value, 0);
    ck_assert_pstr_eq(digits, expected);
}

START_TEST(one_weight_to_the_last_digit)
{
    static const struct {
        const char *loss, *weight, *output;
    } lines[] = {
        {"0.19359999999999997", "0.5943999999999999", "0.84"},
        {"0.09814435839999994", "0.5192127999999999", "0.7132799999999999"},
        {"0.04975369362472952", "0.46567951359999993", "0.6230553599999998"},
        {"0.025222336460894872", "0.42756381368319996", "0.5588154163199999"},
        {"0.012786312134831898", "0.40042543534243835", "0.51307657641984"},
        {"0.006481944218880216", "0.3811029099638161", "0.480510522410926"},
        {"0.003285982730096014", "0.3673452718942371", "0.45732349195657934"},
        {"0.0016658092291257965", "0.3575498335886968", "0.44081432627308453"},
        {"0.000844471993849945", "0.3505754815151521", "0.42905980030643615"},
        {"0.0004281000104502661", "0.3456097428387883", "0.42069057781818253"},
        {"0.00021702273169769994", "0.3420741369012173", "0.414731691406546"},
    };
    Pass *pass = pass_from("1-1", "mse");
    Descent descent = plain_descent(0.1);
    double *weight = number_of(pass, "w11^1"), *bias = number_of(pass, "b11");
    *weight = 0.7;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        run_row(pass, (double[]){1.2}, (double[]){0.4});
        update(pass, &descent);
        *bias = 0;
        prints(pass_loss(pass), lines[i].loss);
        prints(*number_of(pass, "yhat"), lines[i].output);
        prints(*weight, lines[i].weight);
    }
    pass_free(pass);
}
END_TEST

START_TEST(regression_epoch_by_epoch)
{
    static const double rows[4][3] = {{8, 8, 4}, {7, 9, 5}, {6, 10, 6}, {5, 12, 7}};
    static const char *const averages[] = {"26.345577666415263", "19.85942891863526",
                                           "10.881602572213675", "3.777037799271362",
                                           "1.223804496951285"};
    Pass *pass = pass_from("2-2-1", "mse");
    Descent descent = plain_descent(0.001);
    fill_weights(pass, 0.1);
    for (int epoch = 0; epoch < 5; epoch++) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            run_row(pass, rows[i], rows[i] + 2);
            sum += pass_loss(pass);
            update(pass, &descent);
        }
        prints(sum / 4, averages[epoch]);
    }
    pass_free(pass);
}
END_TEST

/* A published number: as many digits as were printed. */
static void agrees(const char *what, double found, double printed, int decimals)
{
    assert_within(what, found, printed, 0.5000001 * pow(10, -decimals));
}

static const double mazur[] = {.15, .25, .20, .30, .35, .35, .40, .50, .45, .55, .60, .60};

static Pass *mazurs_pass(void)
{
    Pass *pass = pass_from("2-2:sigmoid-2:sigmoid", "half-sse");
    set_parameters(pass, mazur);
    run_row(pass, (double[]){.05, .10}, (double[]){.01, .99});
    return pass;
}

/* Moves the weights of LAYER (its biases stay) by the gradients as they are now. */
static void descend(const Pass *pass, int layer, double *to)
{
    size_t first = net_weight(pass->net, layer, 1, 1);
    for (size_t e = first; e < first + 4; e++) to[e] = mazur[e] - 0.5 * pass->adjoint[e];
}

START_TEST(mazurs_example)
{
    static const struct {
        const char *symbol;
        double printed;
    } gradients[] = {{"w11^1", .000438568},  {"w21^1", .000877135}, {"w12^1", .000497713},
                     {"w22^1", .000995425},  {"w11^2", .082167041}, {"w21^2", .082667628},
                     {"w12^2", -.022602540}, {"w22^2", -.022740242}};
    Pass *pass = mazurs_pass();
    agrees("E", pass_loss(pass), .298371109, 9);
    for (size_t i = 0; i < sizeof gradients / sizeof gradients[0]; i++)
        agrees(gradients[i].symbol, gradient_of(pass, gradients[i].symbol), gradients[i].printed,
               9);
    pass_free(pass);
}
END_TEST

/* His page says that the old weights are used throughout, which gives .291027774; what it
   prints is what comes out when the hidden gradients see the output's new weights. */
START_TEST(mazurs_update)
{
    for (int early = 0; early < 2; early++) {
        Pass *pass = mazurs_pass();
        double updated[12];
        memcpy(updated, mazur, sizeof updated);
        pass_backward(pass);
        descend(pass, 2, updated);
        if (early) memcpy(pass->value, updated, sizeof updated);
        pass_backward(pass);
        descend(pass, 1, updated);
        set_parameters(pass, updated);
        pass_forward(pass);
        agrees("E after the update", pass_loss(pass), early ? .291027924 : .291027774, 9);
        pass_free(pass);
    }
}
END_TEST

/* smaxx73's 2-2-1 network of sigmoids. His delta of -.1903 is a slip of rounding. */
START_TEST(smaxxs_example)
{
    Pass *pass = pass_from("2-2:sigmoid-1:sigmoid", "mse");
    set_parameters(pass, (double[]){.5, -.2, .3, .8, .1, -.1, .6, -.4, .2});
    run_row(pass, (double[]){1, 0}, (double[]){1});
    agrees("yhat", *number_of(pass, "yhat"), .6028, 4);
    agrees("L", pass_loss(pass), .1578, 4);
    agrees("delta 2", gradient_of(pass, "z21"), -.1902, 4);
    pass_free(pass);
}
END_TEST

UNIT("notes", nine_derivatives, nine_derivatives_with_decimals, assumed_predictions,
     raw_columns_explode, one_weight_to_the_last_digit, regression_epoch_by_epoch, mazurs_example,
     mazurs_update, smaxxs_example)
