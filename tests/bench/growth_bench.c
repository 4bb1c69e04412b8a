/* What an update costs for each parameter, from nine of them to ten million: lines
   "SIZES PARAMETERS NANOSECONDS". */
#include "base/memory.h"
#include "bench.h"

enum { ROUNDS = 5, ROWS = 64 };

static const char *const sizes[] = {
    "2-2-1",      "4-4-1",      "10-10-1",      "30-30-3",       "100-100-10",
    "300-300-30", "784-128-10", "1000-1000-10", "3000-3000-300",
};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

typedef struct Runner {
    Pass *pass;
    Loop loop;
    double *values;
    size_t repeats; /* of the table, so that a run takes long enough to be timed */
    double taken[ROUNDS];
} Runner;

static void runner_begin(Runner *runner, const char *spelled)
{
    *runner = (Runner){.pass = pass_of(spelled, "mse")};
    const Net *net = runner->pass->net;
    size_t width = (size_t)(net->vectors[net->input].size + net->vectors[net->target].size);
    Random random;
    random_seed(&random, 4);
    runner->values = memory_new(ROWS * width * sizeof(double));
    draw(&random, -1, 1, ROWS * width, runner->values);
    loop_begin(&runner->loop, runner->pass, runner->values, ROWS, 1, 1e-6);
    runner->repeats = 1 + 5000000 / (ROWS * net->parameters);
}

static void run(void *context)
{
    Runner *runner = context;
    for (size_t n = 0; n < runner->repeats; n++) loop_epoch(&runner->loop);
}

int main(void)
{
    Runner runners[SIZES];
    for (size_t s = 0; s < SIZES; s++) runner_begin(&runners[s], sizes[s]);
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t s = 0; s < SIZES; s++) runners[s].taken[round] = seconds_of(run, &runners[s]);
    for (size_t s = 0; s < SIZES; s++) {
        Runner *runner = &runners[s];
        size_t parameters = runner->pass->net->parameters;
        double updates = (double)runner->repeats * ROWS;
        printf("%s %zu %.4f\n", sizes[s], parameters,
               median(runner->taken, ROUNDS) * 1e9 / updates / (double)parameters);
        trainer_release(&runner->loop.trainer);
        pass_free(runner->pass);
        free(runner->values);
    }
}
