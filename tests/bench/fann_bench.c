/* 784-128-10 with sigmoids and half the squared error, one row per update, against FANN with
   doubles: "stochastic RATIO", the engine's rows per second divided by FANN's. Prints nothing where
   FANN is not installed. */
#include <math.h>

#include "bench.h"

#if __has_include(<doublefann.h>)
#include <doublefann.h>

enum { IN = 784, HIDDEN = 128, OUT = 10, WIDTH = IN + OUT, ROWS = 320 };
static const double rate = 0.01;

typedef struct Contest {
    double rows[ROWS * WIDTH];
    struct fann *fann;
    Pass *pass;
    Online *online;
} Contest;

/* FANN's weight from node I to node J of LAYER: it keeps what leads to a node together, the bias
   last (I = the inputs' number). */
static double *fann_weight(const Contest *c, int layer, int i, int j)
{
    return c->fann->weights + (layer == 1 ? j * (IN + 1) : HIDDEN * (IN + 1) + j * (HIDDEN + 1)) +
           i;
}

static void each_parameter(const Contest *c, void (*visit)(double *fann, double *ours))
{
    const Net *net = c->pass->net;
    for (int layer = 1; layer <= 2; layer++) {
        int in = net->architecture.sizes[layer - 1], out = net->architecture.sizes[layer];
        double *value = c->pass->value;
        for (int j = 0; j < out; j++) {
            for (int i = 0; i < in; i++)
                visit(fann_weight(c, layer, i, j), value + net_weight(net, layer, i + 1, j + 1));
            visit(fann_weight(c, layer, in, j), value + net_bias(net, layer, j + 1));
        }
    }
}

static void copy_parameter(double *fann, double *ours)
{
    *fann = *ours;
}

static void check_parameter(double *fann, double *ours)
{
    demand(fabs(*fann - *ours) < 1e-9, "the parameters differ");
}

static struct fann *fann_new(void)
{
    struct fann *fann = fann_create_standard(3, IN, HIDDEN, OUT);
    fann_set_activation_function_hidden(fann, FANN_SIGMOID);
    fann_set_activation_function_output(fann, FANN_SIGMOID);
    fann_set_activation_steepness_hidden(fann, 0.5);
    fann_set_activation_steepness_output(fann, 0.5);
    fann_set_training_algorithm(fann, FANN_TRAIN_INCREMENTAL);
    fann_set_train_error_function(fann, FANN_ERRORFUNC_LINEAR);
    fann_set_learning_rate(fann, (float)rate);
    return fann;
}

static void by_fann(void *contest)
{
    Contest *c = contest;
    for (double *row = c->rows; row < c->rows + ROWS * WIDTH; row += WIDTH)
        fann_train(c->fann, row, row + IN);
}

static void by_engine(void *contest)
{
    Contest *c = contest;
    OnlineRows rows = {c->rows, WIDTH, NULL};
    LossTest none = {0};
    double sum = 0;
    demand(online_run(c->online, &rows, 0, ROWS, (float)rate, &none, &sum) == ROWS,
           "it overflowed");
}

int main(void)
{
    static Contest c;
    Random random;
    random_seed(&random, 5);
    draw(&random, 0, 1, ROWS * WIDTH, c.rows);
    c.fann = fann_new();
    c.pass = pass_of("784-128:sigmoid-10:sigmoid", "half-sse");
    c.online = online_new(c.pass);
    each_parameter(&c, copy_parameter);
    by_fann(&c);
    by_engine(&c);
    each_parameter(&c, check_parameter);
    double beside;
    printf("stochastic %.4f\n", ratio_of(by_fann, by_engine, &c, &beside));
    fann_destroy(c.fann);
    online_free(c.online);
    pass_free(c.pass);
}

#else

int main(void) {}

#endif
