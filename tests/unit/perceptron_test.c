/* The perceptron in a session, against a plain loop of its own. */
#include <math.h>
#include <unistd.h>

#include "base/random.h"
#include "close.h"
#include "trial.h"

enum { ROWS = 12, INPUTS = 4, OUTPUTS = 2, EPOCHS = 5000 };

/* What a `train` told programs. */
static double mistakes[EPOCHS];
static size_t epochs;
static int separated; /* -1: not said */

static void listen(Sink *sink, const Block *block)
{
    trial_block(sink, block);
    if (block->kind != BLOCK_FIELD) return;
    if (!strcmp(block->key, "separated")) separated = (int)block->cell.integer;
    if (strcmp(block->key, "mistakes") != 0) return;
    epochs = block->cell.count;
    ck_assert_uint_le(epochs, EPOCHS);
    memcpy(mistakes, block->cell.numbers, epochs * sizeof *mistakes);
}

static void start(Trial *trial)
{
    trial_start(trial);
    trial->sink.block = listen;
    trial->sink.programs = true;
    separated = -1;
    epochs = 0;
}

/* Points, and a perceptron for each output. */
typedef struct Problem {
    int inputs, outputs;
    double x[ROWS][INPUTS], y[ROWS][OUTPUTS];
    double eta, w[INPUTS][OUTPUTS], b[OUTPUTS];
    double line[INPUTS + 1]; /* of length 1, the bias last */
} Problem;

static void draw_line(Random *random, Problem *problem)
{
    double squares = 0;
    for (int i = 0; i <= problem->inputs; i++) {
        problem->line[i] = random_normal(random, 0, 1);
        squares += problem->line[i] * problem->line[i];
    }
    for (int i = 0; i <= problem->inputs; i++) problem->line[i] /= sqrt(squares);
}

/* Draws a point; on which side of the line it lies, and how far inside. */
static double draw_point(Random *random, Problem *problem, int row)
{
    double z = problem->line[problem->inputs];
    for (int i = 0; i < problem->inputs; i++) {
        problem->x[row][i] = random_normal(random, 0, 1);
        z += problem->line[i] * problem->x[row][i];
    }
    return z;
}

/* Points that keep clear of a random line by MARGIN, which parts their classes; 0: of random
   classes. */
static Problem problem_from(Random *random, int inputs, int outputs, double margin)
{
    Problem problem = {.inputs = inputs, .outputs = outputs, .eta = 0.1};
    draw_line(random, &problem);
    for (int row = 0; row < ROWS; row++) {
        double z = draw_point(random, &problem, row);
        while (fabs(z) < margin) z = draw_point(random, &problem, row);
        for (int j = 0; j < outputs; j++)
            problem.y[row][j] = (margin > 0 ? z > 0 : random_below(random, 2)) ? 1 : -1;
    }
    return problem;
}

/* As a table for `data`: inputs, then targets. */
static void load(Trial *trial, const Problem *problem)
{
    char path[] = "build/backprop-perceptron-XXXXXX", line[128];
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs(&"x1,x2,x3,x4"[3 * (INPUTS - problem->inputs)], file);
    for (int j = 0; j < problem->outputs; j++) fprintf(file, ",y%d", j + 1);
    for (int row = 0; row < ROWS; row++) {
        fprintf(file, "\n%.17g", problem->x[row][0]);
        for (int i = 1; i < problem->inputs; i++) fprintf(file, ",%.17g", problem->x[row][i]);
        for (int j = 0; j < problem->outputs; j++) fprintf(file, ",%g", problem->y[row][j]);
    }
    fclose(file);
    snprintf(line, sizeof line, "data %s target=y1%s", path, problem->outputs > 1 ? ",y2" : "");
    trial_do(trial, line);
    unlink(path);
}

/* The rule, for one row and output: what it adds to the gradient; whether it was wrong. */
static bool visit(const Problem *problem, int row, int j, double *slope)
{
    double z = problem->x[row][0] * problem->w[0][j];
    for (int i = 1; i < problem->inputs; i++) z += problem->x[row][i] * problem->w[i][j];
    double y = problem->y[row][j], yhat = z + problem->b[j] >= 0 ? 1 : -1;
    *slope = y == yhat ? 0 : -y / problem->outputs;
    return y != yhat;
}

static int epoch_by_rows(Problem *problem)
{
    int wrong = 0;
    for (int row = 0; row < ROWS; row++)
        for (int j = 0; j < problem->outputs; j++) {
            double slope;
            if (!visit(problem, row, j, &slope)) continue;
            for (int i = 0; i < problem->inputs; i++)
                problem->w[i][j] -= problem->eta * (slope * problem->x[row][i]);
            problem->b[j] -= problem->eta * slope;
            wrong++;
        }
    return wrong;
}

static int epoch_as_batch(Problem *problem)
{
    double w[INPUTS][OUTPUTS] = {{0}}, b[OUTPUTS] = {0}, slope;
    int wrong = 0;
    for (int row = 0; row < ROWS; row++)
        for (int j = 0; j < problem->outputs; j++) {
            wrong += visit(problem, row, j, &slope);
            for (int i = 0; i < problem->inputs; i++) w[i][j] += slope * problem->x[row][i];
            b[j] += slope;
        }
    for (int j = 0; j < problem->outputs; j++) {
        for (int i = 0; i < problem->inputs; i++)
            problem->w[i][j] -= problem->eta * (w[i][j] / ROWS);
        problem->b[j] -= problem->eta * (b[j] / ROWS);
    }
    return wrong;
}

static void check_parameters(const Trial *trial, const Problem *problem)
{
    const Pass *pass = trial->session->pass;
    for (int j = 0; j < problem->outputs; j++) {
        for (int i = 0; i < problem->inputs; i++)
            assert_same("weight", pass->value[net_weight(pass->net, 1, i + 1, j + 1)],
                        problem->w[i][j]);
        assert_same("bias", pass->value[net_bias(pass->net, 1, j + 1)], problem->b[j]);
    }
}

/* Trains a session and the loop beside it. */
static void check_problem(Problem problem, const char *mode, int (*epoch)(Problem *problem))
{
    Trial trial;
    char line[64];
    int wrong = -1;
    start(&trial);
    load(&trial, &problem);
    snprintf(line, sizeof line, "init %d-%d:step loss=hinge weights=0", problem.inputs,
             problem.outputs);
    trial_do(&trial, line);
    snprintf(line, sizeof line, "set optimizer perceptron\ntrain 50 mode=%s", mode);
    trial_do(&trial, line);
    ck_assert_int_eq(trial.session->setup.course.epoch, (long)epochs);
    for (size_t e = 0; e < epochs; e++) {
        ck_assert_int_ne(wrong, 0); /* it would have stopped */
        wrong = epoch(&problem);
        ck_assert_double_eq(mistakes[e], wrong);
    }
    check_parameters(&trial, &problem);
    ck_assert_int_eq(separated == 1, wrong == 0);
    ck_assert(epochs == 50 || separated >= 0);
    trial_free(&trial);
}

START_TEST(it_is_the_plain_loop)
{
    Random random;
    random_seed(&random, 7);
    for (int trial = 0; trial < 40; trial++) {
        int inputs = 1 + trial % INPUTS, outputs = 1 + trial / 4 % OUTPUTS;
        Problem problem = problem_from(&random, inputs, outputs, trial % 3 * 0.05);
        check_problem(problem, "stochastic", epoch_by_rows);
        check_problem(problem, "batch", epoch_as_batch);
    }
}
END_TEST

/* Rosenblatt's theorem: from weights of 0, at most (R/γ)² mistakes, whatever η. */
static double most_mistakes(const Problem *problem, double margin)
{
    double longest = 0;
    for (int row = 0; row < ROWS; row++) {
        double squares = 1;
        for (int i = 0; i < problem->inputs; i++)
            squares += problem->x[row][i] * problem->x[row][i];
        longest = fmax(longest, squares);
    }
    return longest / (margin * margin);
}

static void check_convergence(const Problem *problem, double margin, double eta)
{
    Trial trial;
    char line[64];
    double sum = 0;
    start(&trial);
    load(&trial, problem);
    snprintf(line, sizeof line, "init %d-1:step loss=hinge weights=0\nset lr %g", problem->inputs,
             eta);
    trial_do(&trial, line);
    trial_do(&trial, "set optimizer perceptron\ntrain 5000");
    ck_assert_int_eq(separated, 1);
    ck_assert_double_eq(mistakes[epochs - 1], 0);
    for (size_t e = 0; e < epochs; e++) sum += mistakes[e];
    ck_assert_double_le(sum, most_mistakes(problem, margin));
    trial_do(&trial, "assert avgL == 0");
    trial_free(&trial);
}

START_TEST(it_converges_in_time)
{
    Random random;
    random_seed(&random, 3);
    for (int trial = 0; trial < 40; trial++) {
        double margin = 0.05 + 0.05 * (trial % 4);
        Problem problem = problem_from(&random, 1 + trial % INPUTS, 1, margin);
        check_convergence(&problem, margin, trial % 2 ? 0.01 : 3);
    }
}
END_TEST

/* Whether the trick is on, and does what it is for: x = (1, 1), y = -1, taken for +1. */
static void check_trick(const Trial *trial, bool on)
{
    Pass *pass = trial->session->pass;
    ck_assert_int_eq(pass->trick, on);
    pass_forget(pass);
    pass_forward(pass);
    if (on) ck_assert_double_eq(memo_adjoint(pass, net_weight(pass->net, 1, 1, 1), "test"), 1);
    pass_forget(pass);
}

START_TEST(the_trick_follows_optimizer_loss_and_network)
{
    static const struct {
        const char *line;
        bool on;
    } steps[] = {{"init 2-1:step loss=hinge", false},
                 {"set optimizer perceptron", true},
                 {"set loss mse", false},
                 {"set loss hinge", true},
                 {"set optimizer sgd", false},
                 {"undo", true},
                 {"init 2-2-1 step loss=hinge", false},
                 {"undo", true},
                 {"init 2-1:step+bn loss=hinge", false},
                 {"init 2-1:tanh loss=hinge", false},
                 {"init 2-1:step loss=hinge biases=none", true},
                 {"undo", false},
                 {"undo", false},
                 {"undo", true},
                 {"undo", false},
                 {"redo", true},
                 {"input 1 1 -> -1", true}};
    Trial trial;
    start(&trial);
    trial_do(&trial, "input 1 1 -> -1");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        trial_do(&trial, steps[i].line);
        check_trick(&trial, steps[i].on);
    }
    trial_free(&trial);
}
END_TEST

START_TEST(a_saved_session_keeps_it)
{
    char path[] = "build/backprop-perceptron-XXXXXX", source[64];
    Trial trial;
    start(&trial);
    trial_do(&trial, "set optimizer perceptron\ninput 1 1 -> -1\ninit 2-1:step loss=hinge");
    check_trick(&trial, true);
    char *script = trial_script(&trial);
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs(script, file);
    fclose(file);
    free(script);
    snprintf(source, sizeof source, "source %s", path);
    trial_do(&trial, "set optimizer adam\ninit 2-2-1");
    trial_do(&trial, source);
    unlink(path);
    check_trick(&trial, true);
    trial_do(&trial, "step\nassert w11^1 == 0.9\nassert b11 == -0.1");
    trial_free(&trial);
}
END_TEST

/* The parameters at the ends of epochs do come back, and were told from all others. */
START_TEST(xor_never_ends)
{
    static const char *const starts[] = {"weights=0", "weights=1", "weights=-0.3",
                                         "weights=normal seed=2"};
    for (int i = 0; i < 4; i++) {
        Trial trial;
        char line[96];
        start(&trial);
        trial_do(&trial, "data xor target=y:signs\nset optimizer perceptron\nset lr 0.5");
        snprintf(line, sizeof line, "init 2-1:step loss=hinge %s\ntrain 5000", starts[i]);
        trial_do(&trial, line);
        ck_assert_int_eq(separated, 0);
        double kept[3];
        memcpy(kept, trial.session->pass->value, sizeof kept);
        bool back = false;
        for (size_t e = 0; e < epochs && !back; e++) {
            trial_do(&trial, "train 1");
            back = !memcmp(kept, trial.session->pass->value, sizeof kept);
        }
        ck_assert(back);
        trial_free(&trial);
    }
}
END_TEST

/* Without an order, with an η of many values, or when the moves do not show, a return of the
   parameters proves nothing. */
START_TEST(nothing_is_claimed_without_proof)
{
    static const char *const lines[] = {"set shuffle on",     "set schedule cosine epochs=10",
                                        "set decay 0.1",      "set clip norm=100",
                                        "set clip value=100", "set lr 0"};
    for (int i = 0; i < 6; i++) {
        Trial trial;
        start(&trial);
        trial_do(&trial, "data xor target=y:signs\nset optimizer perceptron\n"
                         "init 2-1:step loss=hinge weights=0");
        trial_do(&trial, lines[i]);
        trial_do(&trial, "train 2000");
        ck_assert_msg(separated == -1, "%s: %d", lines[i], separated);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(moves_lost_in_rounding_prove_nothing)
{
    Trial trial;
    start(&trial);
    trial_do(&trial, "data classification target=placed:signs\nset optimizer perceptron\n"
                     "init 2-1:step loss=hinge weights=1e18 biases=none\ntrain 100");
    ck_assert_uint_eq(epochs, 2);
    ck_assert_int_eq(separated, -1);
    trial_free(&trial);
}
END_TEST

/* Its first rows were right before the line was moved by hand. */
START_TEST(part_of_an_epoch_is_no_proof)
{
    Trial trial;
    start(&trial);
    trial_do(&trial, "data classification target=placed:signs\nset optimizer perceptron\n"
                     "init 2-1:step loss=hinge\nstep 2\nset w11^1 -1\nset w21^1 -1\ntrain 1");
    ck_assert_double_eq(mistakes[0], 0);
    ck_assert_int_eq(separated, -1);
    trial_do(&trial, "train 1");
    ck_assert_double_ne(mistakes[0], 0);
    trial_free(&trial);
}
END_TEST

UNIT("perceptron", it_is_the_plain_loop, it_converges_in_time,
     the_trick_follows_optimizer_loss_and_network, a_saved_session_keeps_it, xor_never_ends,
     nothing_is_claimed_without_proof, moves_lost_in_rounding_prove_nothing,
     part_of_an_epoch_is_no_proof)
