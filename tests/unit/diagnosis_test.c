/* Illnesses on networks that truly have them, and none on healthy ones. */
#include <stdio.h>

#include "nets.h"

#include "engine/dataset.h"
#include "engine/diagnosis.h"
#include "engine/initialiser.h"
#include "engine/sweep.h"
#include "engine/update.h"

/* A network with rows to learn, and the losses of its epochs. */
enum { EPOCHS = 3000 };
typedef struct Run {
    Pass *pass;
    Dataset *data;
    Descent descent;
    double *slots;
    double losses[EPOCHS];
    int epochs;
} Run;

static Dataset *load(const char *name, const char *target, Scaling scaling)
{
    char path[64];
    snprintf(path, sizeof path, "lessons/data/%s.csv", name);
    Dataset *raw = dataset_load(path, &(DatasetOptions){.target = target}, NULL);
    ck_assert_ptr_nonnull(raw);
    Dataset *data = dataset_scale(raw, scaling, NULL);
    dataset_release(raw);
    return data;
}

static void draw_weights(Pass *pass, const char *weights, uint64_t seed)
{
    Random random;
    random_seed(&random, seed);
    const Net *net = pass->net;
    for (size_t e = 0; e < net->parameters; e++) {
        const Op *op = net_owner(net, e);
        int in = net->vectors[op->in].size, out = net->vectors[op->out].size;
        if (e < op->biases) pass->value[e] = initialiser_find(weights)->draw(&random, in, out);
    }
}

static Run run_of(const char *sizes, const char *loss, Dataset *data, double rate)
{
    Run run = {.pass = pass_from(sizes, loss), .data = data, .descent = {.rate = rate}};
    descent_choose(&run.descent, optimizer_find("sgd"));
    run.slots = calloc(2 * run.pass->net->parameters, sizeof(double));
    return run;
}

static void release(Run *run)
{
    pass_free(run->pass);
    dataset_release(run->data);
    free(run->slots);
}

static void place(Run *run, size_t row)
{
    const Net *net = run->pass->net;
    double *x = run->pass->value + net->vectors[net->input].at;
    double *y = run->pass->value + net->vectors[net->target].at;
    memcpy(x, dataset_inputs(run->data, row), sizeof *x * (size_t)run->data->inputs);
    memcpy(y, dataset_targets(run->data, row), sizeof *y * (size_t)run->data->targets);
    pass_forget(run->pass);
}

/* Row by row, in order, as far as the numbers stay finite. */
static void train(Run *run, int epochs)
{
    Update update = update_new(run->pass, run->descent.optimizer);
    for (; epochs && run->epochs < EPOCHS; epochs--) {
        double sum = 0;
        for (size_t row = 0; row < run->data->rows; row++) {
            place(run, row);
            if (update_make(&update, run->pass, &run->descent, run->slots) != UPDATE_MADE) break;
            sum += update.loss;
        }
        run->losses[run->epochs++] = sum / (double)run->data->rows;
    }
    update_release(&update);
}

static Patient patient_of(const Run *run)
{
    return (Patient){.pass = run->pass,
                     .descent = &run->descent,
                     .slots = run->slots,
                     .rows = run->data->values,
                     .row_count = run->data->rows,
                     .losses = run->losses,
                     .loss_count = run->epochs};
}

/* The names found, each followed by its layer: "vanishing 1, plateau 2". */
static const char *found(const Run *run)
{
    static char names[256];
    Finding findings[ILLNESSES];
    Facts facts;
    Patient patient = patient_of(run);
    ck_assert(facts_measure(&facts, &patient, NULL));
    int count = diagnose(&facts, findings);
    for (int i = *names = 0; i < count; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s %d", i ? ", " : "",
                 findings[i].illness->name, findings[i].layer);
    facts_release(&facts);
    return names;
}

/* FORMAT and LAYER: "2-2:sigmoid...-2:sigmoid-1" of COUNT layers. */
static const char *chain(const char *input, const char *layer, int count, const char *last)
{
    static char sizes[1024];
    int length = snprintf(sizes, sizeof sizes, "%s", input);
    for (int i = 0; i < count; i++)
        length += snprintf(sizes + length, sizeof sizes - (size_t)length, "-%s", layer);
    snprintf(sizes + length, sizeof sizes - (size_t)length, "-%s", last);
    return sizes;
}

/* The facts. */

static void measure(const Run *run, Facts *facts)
{
    static Patient patient;
    patient = patient_of(run);
    ck_assert(facts_measure(facts, &patient, NULL));
}

/* Every number here follows by hand from the notes' table of derivatives. */
START_TEST(facts_are_those_of_the_notes_table)
{
    Run run = run_of("2-2-1", "mse", load("n0", NULL, SCALING_NONE), 0.1);
    fill_weights(run.pass, 1);
    Facts facts;
    measure(&run, &facts);
    double by_w2 = (30448 + 18354 + 21300 + 61722) / 4.0, by_b = (346 + 266 + 284 + 486) / 4.0;
    double by_x1 = (27680 + 15960 + 19880 + 58320) / 4.0;
    double by_x2 = (2768 + 2394 + 1420 + 3402) / 4.0;
    double second = sqrt(2 * by_w2 * by_w2 + by_b * by_b);
    double first = sqrt(2 * (by_x1 * by_x1 + by_x2 * by_x2 + by_b * by_b));
    double squares = 346 * 346 + 266 * 266 + 284 * 284 + 486 * 486;
    ck_assert_double_eq_tol(facts.loss, (29929 + 17689 + 20164 + 59049) / 4.0, 1e-9);
    ck_assert_double_eq_tol(facts.guess_loss,
                            (3.75 * 3.75 + 1.75 * 1.75 + 1.25 * 1.25 + 4.25 * 4.25) / 4, 1e-12);
    ck_assert_double_eq_tol(facts.layers[0].gradient_norm, first, 1e-9);
    ck_assert_double_eq_tol(facts.layers[1].gradient_norm, second, 1e-9);
    ck_assert_double_eq_tol(facts.layers[0].weight_norm, 2, 1e-12);
    ck_assert_double_eq_tol(facts.layers[1].weight_norm, sqrt(2), 1e-12);
    ck_assert_double_eq_tol(facts.layers[0].update_ratio, 0.1 * first / 2, 1e-9);
    ck_assert_double_eq_tol(facts.layers[1].update_ratio, 0.1 * second / sqrt(2), 1e-9);
    ck_assert_double_eq_tol(facts.layers[0].signal, sqrt(2 * squares / 4), 1e-9);
    ck_assert_double_eq_tol(facts.layers[1].signal, sqrt(squares / 4), 1e-9);
    ck_assert_double_eq(facts.layers[0].slope, 1);
    facts_release(&facts);
    release(&run);
}
END_TEST

/* Adam's first step moves every parameter by η, whatever its gradient. */
START_TEST(the_update_is_the_optimizers_own)
{
    Run run = run_of("2-2-1", "mse", load("n0", NULL, SCALING_NONE), 0.1);
    Facts facts;
    fill_weights(run.pass, 1);
    descent_choose(&run.descent, optimizer_find("adam"));
    measure(&run, &facts);
    ck_assert_double_eq_tol(facts.layers[0].update_ratio, 0.1 * sqrt(6) / 2, 1e-9);
    ck_assert_double_eq_tol(facts.layers[1].update_ratio, 0.1 * sqrt(3) / sqrt(2), 1e-9);
    facts_release(&facts);
    descent_choose(&run.descent, optimizer_find("sgd"));
    run.descent.clip_norm = 1;
    measure(&run, &facts);
    double first = facts.layers[0].update_ratio * 2,
           second = facts.layers[1].update_ratio * sqrt(2);
    ck_assert_double_eq_tol(sqrt(first * first + second * second), 0.1, 1e-6);
    facts_release(&facts);
    release(&run);
}
END_TEST

/* What has been done already counts: momentum goes on though the gradient is 0. */
START_TEST(the_update_goes_on_from_the_optimizers_numbers)
{
    Run run = run_of("1-1", "mse", load("n4", NULL, SCALING_NONE), 0.1);
    Facts facts;
    descent_choose(&run.descent, optimizer_find("momentum"));
    *number_of(run.pass, "w11^1") = 0.4 / 1.2;
    run.slots[0] = 1;
    measure(&run, &facts);
    ck_assert_double_eq_tol(facts.layers[0].gradient_norm, 0, 1e-12);
    ck_assert_double_eq_tol(facts.layers[0].update_ratio, 0.1 * 0.9 / (0.4 / 1.2), 1e-12);
    facts_release(&facts);
    release(&run);
}
END_TEST

START_TEST(measuring_changes_nothing)
{
    Run run = run_of("2-3:tanh-1", "mse", load("n0", NULL, SCALING_NONE), 0.1);
    Facts facts;
    draw_weights(run.pass, "xavier", 1);
    descent_choose(&run.descent, optimizer_find("adam"));
    train(&run, 2);
    size_t elements = run.pass->net->elements, parameters = run.pass->net->parameters;
    double value[64], slots[64];
    Descent descent = run.descent;
    ck_assert_uint_le(elements, 64);
    memcpy(value, run.pass->value, elements * sizeof *value);
    memcpy(slots, run.slots, 2 * parameters * sizeof *slots);
    measure(&run, &facts);
    ck_assert_int_eq(memcmp(value, run.pass->value, elements * sizeof *value), 0);
    ck_assert_int_eq(memcmp(slots, run.slots, 2 * parameters * sizeof *slots), 0);
    ck_assert_int_eq(descent.updates, run.descent.updates);
    facts_release(&facts);
    release(&run);
}
END_TEST

/* Rows 0, 2.5, 5, 7.5, ... rounded down: the last of 2500 that is measured is 2497. */
START_TEST(of_many_rows_some_are_measured_evenly_spaced)
{
    enum { MANY = 2500 };
    static double rows[MANY][2];
    Run run = run_of("1-1", "mse", load("n4", NULL, SCALING_NONE), 0.1);
    for (int i = 0; i < MANY; i++) rows[i][0] = i;
    Patient patient = patient_of(&run);
    patient.rows = rows[0], patient.row_count = MANY;
    *number_of(run.pass, "w11^1") = 1;
    Facts facts;
    ck_assert(facts_measure(&facts, &patient, NULL));
    double squares = 0;
    for (int i = 0; i < FACTS_ROWS; i++) squares += pow(floor(2.5 * i), 2);
    ck_assert_uint_eq(facts.rows, FACTS_ROWS);
    ck_assert_double_eq_tol(facts.loss, squares / FACTS_ROWS, 1e-3);
    facts_release(&facts);
    rows[2497][0] = 1e200;
    ck_assert(facts_measure(&facts, &patient, NULL));
    ck_assert_uint_eq(facts.broken_row, 2497);
    facts_release(&facts);
    release(&run);
}
END_TEST

START_TEST(measuring_can_be_refused_and_interrupted)
{
    Run run = run_of("2-1:sigmoid", "bce", load("n0", NULL, SCALING_NONE), 0.1);
    Patient patient = patient_of(&run);
    Facts facts;
    Error err;
    ck_assert(!facts_measure(&facts, &patient, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "row 1: the target y = 3 does not go with"));
    pass_set_loss(run.pass, loss_find("mse"));
    volatile sig_atomic_t interrupted = 1;
    patient.interrupted = &interrupted;
    ck_assert(!facts_measure(&facts, &patient, &err));
    ck_assert_str_eq(err.message, "interrupted");
    release(&run);
}
END_TEST

/* The illnesses. */

START_TEST(twenty_sigmoid_layers_vanish)
{
    Run run = run_of(chain("2", "2:sigmoid", 19, "1:sigmoid"), "mse",
                     load("xor", NULL, SCALING_NONE), 0.5);
    draw_weights(run.pass, "xavier", 1);
    ck_assert_str_eq(found(&run), "vanishing 1");
    train(&run, 300);
    ck_assert_ptr_nonnull(strstr(found(&run), "vanishing 1, plateau "));
    run.epochs = 9; /* too few to say */
    ck_assert_str_eq(found(&run), "vanishing 1");
    release(&run);
}
END_TEST

START_TEST(twenty_layers_that_pass_the_gradient_on_do_not)
{
    Run run =
        run_of(chain("1", "1:leaky-relu", 19, "1"), "mse", load("n4", NULL, SCALING_NONE), 0.1);
    fill_weights(run.pass, 1);
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

static void set_gammas(Pass *pass, double value)
{
    for (int i = 0; i < pass->net->op_count; i++) {
        const Op *op = &pass->net->ops[i];
        for (int j = 0; op->kind == OP_SCALE && j < pass->net->vectors[op->out].size; j++)
            pass->value[op->weights + (size_t)j] = value;
    }
}

/* The statistics of a batch norm are those of the rows, as they are in training. */
START_TEST(batch_norms_are_measured_in_a_batch)
{
    const double step = 1e-5;
    Run run = run_of("2-3:tanh+bn-1", "mse", load("regression", NULL, SCALING_STANDARD), 0.1);
    draw_weights(run.pass, "xavier", 1);
    set_gammas(run.pass, 1.5);
    Facts facts;
    measure(&run, &facts);
    Pass *trial = pass_copy(run.pass);
    ck_assert(pass_set_rows(trial, 4, 0, NULL));
    for (int row = 0; row < 4; row++)
        pass_load(trial, row, dataset_inputs(run.data, (size_t)row),
                  dataset_targets(run.data, (size_t)row));
    pass_forward(trial);
    ck_assert_double_eq_tol(facts.loss, pass_loss(trial), 1e-12);
    double squares = 0;
    for (size_t e = 0; e < net_affine(trial->net, 2)->weights; e++) {
        double old = trial->value[e];
        trial->value[e] = old + step, pass_forward(trial);
        double above = pass_loss(trial);
        trial->value[e] = old - step, pass_forward(trial);
        double slope = (above - pass_loss(trial)) / (2 * step);
        trial->value[e] = old;
        squares += slope * slope;
    }
    ck_assert_double_eq_tol(facts.layers[0].gradient_norm, sqrt(squares), 1e-7);
    pass_free(trial);
    facts_release(&facts);
    release(&run);
}
END_TEST

/* The remedies that are advised for twenty sigmoid layers. */
START_TEST(twenty_layers_are_cured)
{
    static const char *const layers[][2] = {
        {"8:relu", "he"}, {"8:sigmoid+bn", "xavier"}, {"8:sigmoid+skip", "xavier"}};
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        Run run = run_of(chain("2-8:sigmoid", layers[i][0], 18, "1:sigmoid"), "bce",
                         load("xor", NULL, SCALING_NONE), 0.1);
        draw_weights(run.pass, layers[i][1], 1);
        set_gammas(run.pass, 1);
        ck_assert_ptr_null(strstr(found(&run), "vanishing"));
        release(&run);
    }
}
END_TEST

START_TEST(raw_columns_explode)
{
    Run run = run_of("2-2-1", "mse", load("n0", NULL, SCALING_NONE), 0.1);
    fill_weights(run.pass, 1);
    ck_assert_str_eq(found(&run), "exploding 2");
    train(&run, 1);
    ck_assert_str_eq(found(&run), "diverged 0");
    release(&run);
}
END_TEST

START_TEST(the_rate_that_is_advised_does_not_explode)
{
    Run run = run_of("2-2-1", "mse", load("n0", NULL, SCALING_NONE), 0.1);
    Facts facts;
    fill_weights(run.pass, 1);
    measure(&run, &facts);
    run.descent.rate = diagnosis_rate(&facts);
    descent_refresh(&run.descent);
    facts_release(&facts);
    ck_assert_double_eq_tol(run.descent.rate, 1e-6, 1e-18);
    ck_assert_str_eq(found(&run), "");
    train(&run, 100);
    ck_assert_double_lt(run.losses[99], run.losses[0] / 10);
    measure(&run, &facts);
    ck_assert_double_eq_tol(diagnosis_rate(&facts), 1e-7, 1e-18);
    facts_release(&facts);
    release(&run);
}
END_TEST

START_TEST(a_large_first_update_that_helps_does_not_explode)
{
    Run run = run_of("2-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(weights_that_multiply_the_gradient_explode)
{
    Run run = run_of(chain("1", "1", 9, "1"), "mse", load("n4", NULL, SCALING_NONE), 1e-30);
    fill_weights(run.pass, 3);
    ck_assert_str_eq(found(&run), "exploding 1");
    fill_weights(run.pass, 2);
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(a_loss_that_rises_explodes)
{
    Run run = run_of("2-1", "mse", load("n0", NULL, SCALING_NONE), 1e-9);
    fill_weights(run.pass, 1);
    memcpy(run.losses, (double[]){100, 50, 400, 3000}, 4 * sizeof(double));
    run.epochs = 4;
    ck_assert_str_eq(found(&run), "exploding 0");
    run.losses[3] = 450;
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(relus_that_are_always_off_are_dead)
{
    Run run =
        run_of("4-8:relu-3:softmax", "cce", load("iris", "species:onehot", SCALING_STANDARD), 0.1);
    draw_weights(run.pass, "he", 1);
    for (int j = 1; j <= 8; j++) run.pass->value[net_bias(run.pass->net, 1, j)] = -100;
    ck_assert_str_eq(found(&run), "dead-relu 1");
    train(&run, 30);
    ck_assert_ptr_nonnull(strstr(found(&run), "dead-relu 1"));
    for (int j = 1; j <= 2; j++) run.pass->value[net_bias(run.pass->net, 1, j)] = 0;
    Facts facts;
    measure(&run, &facts);
    ck_assert_double_eq(facts.layers[0].dead, 6 / 8.0);
    facts_release(&facts);
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(a_leaky_relu_does_not_die)
{
    Run run = run_of("2-4:leaky-relu-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    draw_weights(run.pass, "he", 1);
    for (int j = 1; j <= 4; j++) run.pass->value[net_bias(run.pass->net, 1, j)] = -100;
    Facts facts;
    measure(&run, &facts);
    ck_assert_double_eq(facts.layers[0].dead, 0);
    ck_assert_double_eq_tol(facts.layers[0].slope, 0.01, 1e-15);
    facts_release(&facts);
    release(&run);
}
END_TEST

START_TEST(large_weights_and_raw_columns_saturate)
{
    static const char *const squashing[] = {"2-4:sigmoid-1", "2-4:tanh-1"};
    for (int i = 0; i < 2; i++) {
        Run raw = run_of(squashing[i], "mse", load("n0", NULL, SCALING_NONE), 0.01);
        draw_weights(raw.pass, "xavier", 2);
        ck_assert_str_eq(found(&raw), "saturated 1");
        release(&raw);
        Run large = run_of(squashing[i], "mse", load("xor", NULL, SCALING_STANDARD), 0.01);
        draw_weights(large.pass, "xavier", 2);
        ck_assert_str_eq(found(&large), "");
        for (size_t e = 0; e < net_affine(large.pass->net, 2)->weights; e++)
            large.pass->value[e] *= 1000;
        ck_assert_str_eq(found(&large), "saturated 1");
        release(&large);
    }
}
END_TEST

/* The same flat outputs, with a loss whose slope does not cancel theirs and with one that does. */
START_TEST(an_output_may_lie_flat_where_its_slope_does_not_count)
{
    Run run = run_of("2-1:sigmoid", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    *number_of(run.pass, "b11") = -20;
    ck_assert_str_eq(found(&run), "saturated 1");
    pass_set_loss(run.pass, loss_find("bce"));
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

/* OR at one node, AND at the other, and their difference: xor, with every node flat. */
START_TEST(a_network_that_works_may_lie_flat)
{
    Run run = run_of("2-2:sigmoid-1:sigmoid", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    static const double trained[] = {40, 40, 40, 40, -20, -60, 40, -40, -20};
    set_parameters(run.pass, trained);
    Facts facts;
    measure(&run, &facts);
    ck_assert_double_eq(facts.layers[0].saturated, 1);
    ck_assert_double_lt(facts.loss, 1e-12);
    facts_release(&facts);
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

/* ŷ = 12 - x₁ fits all rows; one node in ten does it all. */
START_TEST(a_network_that_works_may_have_dead_nodes)
{
    Run run = run_of("2-10:relu-1", "mse", load("regression", NULL, SCALING_NONE), 1e-6);
    for (size_t e = 0; e < run.pass->net->parameters; e++) run.pass->value[e] = -0.1;
    ck_assert_str_eq(found(&run), "dead-relu 1, symmetry 1");
    *number_of(run.pass, "w11^1") = -1;
    *number_of(run.pass, "w21^1") = 0;
    *number_of(run.pass, "b11") = 12;
    *number_of(run.pass, "w11^2") = 1;
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(a_network_that_works_may_have_small_derivatives)
{
    Run run = run_of("2-1-1-1", "mse", load("regression", NULL, SCALING_NONE), 1e-6);
    static const double fitted[] = {-1e4, 0, 12e4, 0.01, 0, 0.01, 0.01};
    set_parameters(run.pass, fitted);
    ck_assert_str_eq(found(&run), "");
    *number_of(run.pass, "b31") = 10;
    ck_assert_str_eq(found(&run), "vanishing 1");
    release(&run);
}
END_TEST

/* Nothing comes back through dead nodes or weights of 0; depth has no part in that. */
START_TEST(a_gradient_that_is_cut_off_does_not_vanish)
{
    Run run = run_of("2-2:tanh-2:relu-2:tanh-1", "mse", load("xor", NULL, SCALING_NONE), 1e-3);
    draw_weights(run.pass, "xavier", 1);
    *number_of(run.pass, "b21") = *number_of(run.pass, "b22") = -9;
    ck_assert_str_eq(found(&run), "dead-relu 2");
    *number_of(run.pass, "b21") = *number_of(run.pass, "b22") = 9;
    size_t third = net_affine(run.pass->net, 3)->weights;
    for (size_t e = third; e < third + 4; e++) run.pass->value[e] = 0;
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(nodes_that_are_alike_are_symmetric)
{
    Run run = run_of("2-2:sigmoid-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    fill_weights(run.pass, 1);
    ck_assert_str_eq(found(&run), "symmetry 1");
    train(&run, 20);
    ck_assert_str_eq(found(&run), "symmetry 1");
    *number_of(run.pass, "w21^1") += 1e-9;
    ck_assert_str_eq(found(&run), "");
    *number_of(run.pass, "w21^1") = *number_of(run.pass, "w22^1");
    *number_of(run.pass, "w11^2") += 1e-9;
    ck_assert_str_eq(found(&run), "");
    *number_of(run.pass, "w11^2") = *number_of(run.pass, "w21^2");
    *number_of(run.pass, "b11") += 1e-9;
    ck_assert_str_eq(found(&run), "");
    release(&run);
}
END_TEST

START_TEST(weights_of_0_are_symmetric)
{
    Run run = run_of("2-2-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    ck_assert_str_eq(found(&run), "symmetry 1");
    train(&run, 20);
    ck_assert_str_eq(found(&run), "symmetry 1");
    release(&run);
}
END_TEST

/* One node, linear nodes, nodes whose way out is their own. */
START_TEST(being_alike_may_cost_nothing)
{
    static const char *const sizes[] = {"2-1:sigmoid-1", "2-2-1", "2-2:sigmoid+skip-1",
                                        "2-2:sigmoid-2+skip-1"};
    static const bool alike[] = {false, true, false, false};
    for (int i = 0; i < 4; i++) {
        Run run = run_of(sizes[i], "mse", load("xor", NULL, SCALING_NONE), 0.1);
        Facts facts;
        fill_weights(run.pass, 0.5);
        ck_assert_msg(!*found(&run), "%s: %s", sizes[i], found(&run));
        measure(&run, &facts);
        ck_assert_int_eq(facts.layers[0].alike, alike[i]);
        facts_release(&facts);
        release(&run);
    }
}
END_TEST

/* A flat record alone is no plateau: it depends on what has been learned by then. */
START_TEST(a_plateau_is_a_flat_loss_with_nothing_learned)
{
    Run run = run_of("2-2:relu-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    draw_weights(run.pass, "xavier", 1);
    *number_of(run.pass, "b11") = *number_of(run.pass, "b12") = -5;
    train(&run, 100);
    ck_assert_str_eq(found(&run), "dead-relu 1, plateau 1");
    run.losses[91] *= 1.01;
    ck_assert_str_eq(found(&run), "dead-relu 1");
    release(&run);
}
END_TEST

/* XOR without a curve to bend the line. */
START_TEST(a_straight_line_may_be_too_simple)
{
    static const struct {
        const char *sizes, *data;
        double rate;
        bool too_straight;
    } cases[] = {{"2-2-1", "xor", 0.02, true},
                 {"2-1", "xor", 0.02, true},
                 {"2-2:tanh-1", "xor", 0.02, false},
                 {"2-2-1", "regression", 0.02, false},
                 {"2-1", "regression", 1e-9, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Run run = run_of(cases[i].sizes, "mse", load(cases[i].data, NULL, SCALING_STANDARD),
                         cases[i].rate);
        Facts facts;
        draw_weights(run.pass, "xavier", 1);
        measure(&run, &facts);
        ck_assert(!diagnosis_too_straight(&facts));
        facts_release(&facts);
        train(&run, 1000);
        measure(&run, &facts);
        ck_assert_int_eq(diagnosis_too_straight(&facts), cases[i].too_straight);
        facts_release(&facts);
        if (cases[i].too_straight) ck_assert_str_eq(found(&run), "");
        release(&run);
    }
}
END_TEST

/* xor is beyond a linear network: 1/4 is the best it can do, and no plateau. */
START_TEST(a_converged_run_is_no_plateau)
{
    Run linear = run_of("2-2-1", "mse", load("xor", NULL, SCALING_NONE), 0.01);
    draw_weights(linear.pass, "xavier", 1);
    train(&linear, 3000);
    ck_assert_double_eq_tol(linear.losses[2999], 0.25, 0.01);
    ck_assert_str_eq(found(&linear), "");
    release(&linear);
    Run fitted = run_of("1-2:tanh-1", "mse", load("n4", NULL, SCALING_NONE), 0.1);
    draw_weights(fitted.pass, "xavier", 1);
    train(&fitted, 1000);
    ck_assert_double_lt(fitted.losses[999], 1e-20);
    *number_of(fitted.pass, "b21") += 1e-12;
    for (int i = 990; i < 1000; i++) fitted.losses[i] = 1e-24;
    ck_assert_str_eq(found(&fitted), "");
    release(&fitted);
}
END_TEST

/* Halfway: hidden nodes that see one of three kinds of row right. */
START_TEST(a_run_may_rest_where_something_is_learned)
{
    Run run = run_of("2-2:sigmoid-1:sigmoid", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    static const double half[] = {40, 40, 40, 40, -20, -20, 20, 20, -39.3};
    Facts facts;
    set_parameters(run.pass, half);
    for (run.epochs = 0; run.epochs < 20; run.epochs++) run.losses[run.epochs] = 0.1667;
    measure(&run, &facts);
    ck_assert(diagnosis_rests(&facts));
    facts_release(&facts);
    run.losses[15] = 0.17;
    measure(&run, &facts);
    ck_assert(!diagnosis_rests(&facts));
    facts_release(&facts);
    release(&run);
}
END_TEST

/* What went first is named: a parameter, a node, a derivative. */
static void check_broken(const Run *run, const char *symbol, bool gradient, size_t row)
{
    Facts facts;
    measure(run, &facts);
    ck_assert(facts.broken);
    ck_assert_uint_eq(facts.broken_element, element_of(run->pass->net, symbol));
    ck_assert_int_eq(facts.broken_gradient, gradient);
    ck_assert_uint_eq(facts.broken_row, row);
    ck_assert(!isfinite(facts.broken_value));
    ck_assert(isnan(facts.layers[0].gradient_norm));
    facts_release(&facts);
    ck_assert_str_eq(found(run), "diverged 0");
}

START_TEST(what_is_not_finite_has_diverged)
{
    Run run = run_of("2-2-1", "mae", load("xor", NULL, SCALING_NONE), 0.1);
    draw_weights(run.pass, "xavier", 1);
    *number_of(run.pass, "w12^1") = NAN;
    check_broken(&run, "w12^1", false, 0);
    *number_of(run.pass, "w12^1") = 1e308;
    *number_of(run.pass, "w22^1") = 1e308;
    check_broken(&run, "o12", false, 3);
    *number_of(run.pass, "w22^1") = *number_of(run.pass, "w12^1") = 1;
    run.losses[0] = 1, run.losses[1] = INFINITY;
    run.epochs = 2;
    ck_assert_str_eq(found(&run), "diverged 0");
    run.losses[1] = 0.5;
    ck_assert_str_eq(found(&run), "");
    release(&run);
    run = run_of("2-1-1", "mae", load("n0", NULL, SCALING_NONE), 0.1);
    *number_of(run.pass, "w11^2") = 1e307;
    check_broken(&run, "w11^1", true, 0);
    release(&run);
    run = run_of("2-2:relu-1", "mse", load("xor", NULL, SCALING_NONE), 0.1);
    fill_weights(run.pass, 1e308); /* alike as well: but that cannot be known of what is broken */
    check_broken(&run, "yhat", false, 1);
    release(&run);
}
END_TEST

/* The healthy. */

static void check_healthy(Run *run, const char *name, uint64_t seed, int epochs)
{
    for (int i = 0; i <= 10; i++) {
        ck_assert_msg(!*found(run), "%s, seed %d, epoch %d: %s", name, (int)seed, run->epochs,
                      found(run));
        if (i < 10) train(run, epochs / 10);
    }
    ck_assert_double_lt(run->losses[run->epochs - 1], run->losses[0]);
}

START_TEST(iris_is_healthy)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        Run run = run_of("4-8:relu-3:softmax", "cce",
                         load("iris", "species:onehot", SCALING_STANDARD), 0.05);
        draw_weights(run.pass, "he", seed);
        check_healthy(&run, "iris", seed, 100);
        ck_assert_double_lt(run.losses[99], 0.15);
        release(&run);
    }
}
END_TEST

START_TEST(xor_is_healthy)
{
    for (uint64_t seed = 0; seed < 8; seed++) {
        Run run = run_of("2-2:sigmoid-1:sigmoid", "mse", load("xor", NULL, SCALING_NONE), 0.5);
        draw_weights(run.pass, "uniform", seed);
        check_healthy(&run, "xor", seed, 3000);
        release(&run);
    }
}
END_TEST

START_TEST(the_notes_regression_is_healthy)
{
    Run run = run_of("2-2-1", "mse", load("regression", NULL, SCALING_NONE), 0.001);
    fill_weights(run.pass, 0.1);
    check_healthy(&run, "regression", 0, 50);
    ck_assert_double_eq_tol(run.losses[0], 26.345577666415263, 1e-12);
    check_healthy(&run, "regression", 0, 2000);
    release(&run);
}
END_TEST

START_TEST(every_illness_is_complete)
{
    for (size_t i = 0; i < ILLNESSES; i++) {
        const Illness *row = illness_row(i);
        ck_assert_ptr_nonnull(row);
        ck_assert(row->name && row->meaning && row->test && row->remedies[0].why);
    }
    ck_assert_ptr_null(illness_row(ILLNESSES));
}
END_TEST

UNIT("diagnosis", facts_are_those_of_the_notes_table, the_update_is_the_optimizers_own,
     the_update_goes_on_from_the_optimizers_numbers, measuring_changes_nothing,
     of_many_rows_some_are_measured_evenly_spaced, measuring_can_be_refused_and_interrupted,
     twenty_sigmoid_layers_vanish, twenty_layers_that_pass_the_gradient_on_do_not,
     batch_norms_are_measured_in_a_batch, twenty_layers_are_cured, raw_columns_explode,
     the_rate_that_is_advised_does_not_explode, a_large_first_update_that_helps_does_not_explode,
     weights_that_multiply_the_gradient_explode, a_loss_that_rises_explodes,
     relus_that_are_always_off_are_dead, a_leaky_relu_does_not_die,
     large_weights_and_raw_columns_saturate, an_output_may_lie_flat_where_its_slope_does_not_count,
     a_network_that_works_may_lie_flat, a_network_that_works_may_have_dead_nodes,
     a_network_that_works_may_have_small_derivatives, a_gradient_that_is_cut_off_does_not_vanish,
     nodes_that_are_alike_are_symmetric, weights_of_0_are_symmetric, being_alike_may_cost_nothing,
     a_plateau_is_a_flat_loss_with_nothing_learned, a_straight_line_may_be_too_simple,
     a_converged_run_is_no_plateau, a_run_may_rest_where_something_is_learned,
     what_is_not_finite_has_diverged, iris_is_healthy, xor_is_healthy,
     the_notes_regression_is_healthy, every_illness_is_complete)
