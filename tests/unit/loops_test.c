/* The trainer against the plain loops of plain_loops.h. */
#include <stdio.h>

#include "base/memory.h"
#include "engine/trainer.h"
#include "nets.h"
#include "plain_loops.h"

/* Calls EACH with the place of every weight in the network and in Weights. */
static void for_weights(Pass *pass, Plain *plain, void (*each)(double *, double *, const char *))
{
    Weights *at = &plain->at;
    char name[32];
    for (int j = 0; j < IN; j++) {
        for (int i = 0; i < IN; i++) {
            snprintf(name, sizeof name, "w%d%d^1", i + 1, j + 1);
            each(number_of(pass, name), &at->w1[i][j], name);
        }
        for (int k = 0; k < OUT; k++) {
            snprintf(name, sizeof name, "w%d%d^2", j + 1, k + 1);
            each(number_of(pass, name), &at->w2[j][k], name);
        }
        const struct {
            const char *name;
            double *number;
        } others[] = {{"b1%d", &at->b1[j]},
                      {"gamma1%d", &at->gamma[j]},
                      {"beta1%d", &at->beta[j]},
                      {"mean1%d", &plain->mean[j]},
                      {"var1%d", &plain->var[j]}};
        for (int o = plain->norm ? 1 : 0; o < (plain->norm ? 5 : 1); o++) {
            snprintf(name, sizeof name, others[o].name, j + 1);
            each(number_of(pass, name), others[o].number, name);
        }
    }
    each(number_of(pass, "b21"), &at->b2[0], "b21");
    each(number_of(pass, "b22"), &at->b2[1], "b22");
}

static void give(double *to, double *from, const char *name)
{
    (void)name;
    *to = *from;
}

static double tolerance;

static void compare(double *found, double *expected, const char *name)
{
    assert_within(name, *found, *expected, tolerance * fmax(fabs(*expected), 0.1));
}

typedef struct Trained {
    Pass *pass;
    Descent descent;
    Course course;
    double *slots;
    Trainer trainer;
} Trained;

static void trained_begin(Trained *trained, const Recipe *recipe, Plain *plain)
{
    static const Mode modes[] = {MODE_STOCHASTIC, MODE_MINI, MODE_BATCH};
    Mode mode = modes[(recipe->batch > 1) + (recipe->batch == ROWS)];
    *trained = (Trained){.pass = pass_from(recipe->sizes, "mse")};
    for_weights(trained->pass, plain, give);
    Descent *descent = &trained->descent;
    descent->rate = recipe->eta;
    descent->decay = recipe->decay;
    descent_choose(descent, optimizer_find(rules[recipe->rule]));
    if (recipe->slower > 0) descent_choose_schedule(descent, schedule_find("1/t"));
    descent->schedule_knobs[0] = recipe->slower;
    descent_refresh(descent);
    trained->slots = memory_new(2 * trained->pass->net->parameters * sizeof(double));
    trainer_begin(&trained->trainer, trained->pass, descent, trained->slots, &trained->course,
                  (Plan){mode, recipe->batch, false}, (Rows){table[0], ROWS, IN, OUT}, 0);
}

static void trained_release(Trained *trained)
{
    trainer_release(&trained->trainer);
    pass_free(trained->pass);
    free(trained->slots);
}

/* What comes out for a single row afterwards. */
static void check_outputs(const Trained *trained, const Plain *plain)
{
    Pass *pass = pass_copy(trained->pass);
    pass_set_rows(pass, 1, 0, NULL);
    for (int r = 0; r < ROWS; r++) {
        Way way;
        plain_forward(plain, &way, table + r, 1);
        pass_load(pass, 0, table[r], table[r] + IN);
        pass_forward(pass);
        for (int k = 0; k < OUT; k++)
            assert_within("yhat",
                          pass->value[pass->net->vectors[pass->net->prediction].at + (size_t)k],
                          way.yhat[0][k], tolerance * fmax(1, fabs(way.yhat[0][k])));
        assert_close("L", pass_loss(pass), plain_loss(&way, 0, table[r] + IN), 10 * tolerance);
    }
    pass_free(pass);
}

static void check_recipe(const Recipe *recipe)
{
    Plain plain = plain_new(recipe->norm, recipe->skip);
    Trained trained;
    trained_begin(&trained, recipe, &plain);
    for (int epoch = 0; epoch < recipe->epochs; epoch++) {
        double expected = plain_epoch(&plain, recipe, epoch), average;
        Run run = {.updates = ROWS, .epochs = 1, .averages = &average};
        trainer_run(&trained.trainer, &run);
        ck_assert_int_eq(run.epochs_ended, 1);
        assert_close("average loss", average, expected, tolerance);
        for_weights(trained.pass, &plain, compare);
    }
    ck_assert_int_eq(trained.descent.updates, plain.updates);
    check_outputs(&trained, &plain);
    trained_release(&trained);
}

/* In these the operations and their order are the same. */
START_TEST(rows_and_batches_exactly)
{
    static const Recipe recipes[] = {
        {"3-3:tanh-2", false, false, 1, SGD, 0.05, 0, 0, 40},
        {"3-3:tanh-2", false, false, ROWS, SGD, 0.2, 0, 0, 40},
        {"3-3:tanh-2", false, false, 3, SGD, 0.1, 0, 0, 40},
        {"3-3:tanh-2", false, false, 3, SGD, 0.1, 0.03, 0.5, 40},
        {"3-3:tanh-2", false, false, 1, SGD, 0.1, 0, 0.25, 40},
        {"3-3:tanh-2", false, false, 4, MOMENTUM, 0.02, 0, 0, 40},
        {"3-3:tanh+skip-2", false, true, 1, SGD, 0.05, 0, 0, 40},
        {"3-3:tanh+skip-2", false, true, 3, MOMENTUM, 0.02, 0.01, 0, 40},
    };
    tolerance = 0;
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) check_recipe(&recipes[i]);
}
END_TEST

START_TEST(what_rounds_otherwise_to_twelve_digits)
{
    static const Recipe recipes[] = {
        {"3-3:tanh-2", false, false, ROWS, ADAM, 0.02, 0, 0, 30},
        {"3-3:tanh+skip-2", false, true, 2, ADAM, 0.01, 0.02, 0.1, 30},
        {"3-3:tanh+bn-2", true, false, ROWS, SGD, 0.2, 0, 0, 20},
        {"3-3:tanh+bn-2", true, false, 4, SGD, 0.1, 0, 0, 20},
        {"3-3:tanh+bn-2", true, false, 5, MOMENTUM, 0.02, 0.01, 0.1, 20},
        {"3-3:tanh+bn+skip-2", true, true, 4, SGD, 0.05, 0.01, 0, 20},
        {"3-3:tanh+bn+skip-2", true, true, ROWS, ADAM, 0.005, 0, 0, 20},
    };
    tolerance = 1e-12;
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) check_recipe(&recipes[i]);
}
END_TEST

/* The notes' regression, whose losses they print: weights 0.1, η 0.001, a row at a time. */
START_TEST(the_losses_of_the_notes)
{
    static const double rows[] = {8, 8, 4, 7, 9, 5, 6, 10, 6, 5, 12, 7};
    static const double losses[] = {26.345577666415263, 19.85942891863526, 10.881602572213675,
                                    3.777037799271362, 1.223804496951285};
    double averages[5];
    Trained trained = {.pass = pass_from("2-2-1", "mse"), .descent = {.rate = 0.001}};
    fill_weights(trained.pass, 0.1);
    descent_choose(&trained.descent, optimizer_find("sgd"));
    trainer_begin(&trained.trainer, trained.pass, &trained.descent, NULL, &trained.course,
                  (Plan){MODE_STOCHASTIC, 32, false}, (Rows){rows, 4, 2, 1}, 0);
    Run run = {.updates = 20, .epochs = 5, .averages = averages};
    trainer_run(&trained.trainer, &run);
    for (int epoch = 0; epoch < 5; epoch++)
        assert_same("average loss", averages[epoch], losses[epoch]);
    trained_release(&trained);
}
END_TEST

UNIT("loops", rows_and_batches_exactly, what_rounds_otherwise_to_twelve_digits,
     the_losses_of_the_notes)
