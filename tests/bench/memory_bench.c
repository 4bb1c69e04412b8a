/* What training takes, in numbers for each parameter: "OPTIMIZER-BATCH NUMBERS MOST", the most
   being two and what the optimizer keeps, beside one batch's nodes, forward and back. Each
   case has a process of its own, so that its peak is its own. */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "bench.h"

enum { ROWS = 64, WIDTH = 1100, KIBIBYTE = 1024 };

static double peak_bytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * KIBIBYTE;
}

/* Trains for two epochs; returns the bytes of a batch's nodes. Leaves all as it is for the end of
   the process. */
static double train(Net *net, const double *values, const char *optimizer, int batch)
{
    Pass *pass = pass_new(net, loss_find("mse"));
    Random random;
    random_seed(&random, 6);
    draw(&random, -0.01, 0.01, net->parameters, pass->value);
    Loop *loop = memory_new(sizeof *loop);
    loop_begin(loop, pass, values, ROWS, batch, 1e-6);
    descent_choose(&loop->descent, optimizer_find(optimizer));
    size_t slots = (size_t)optimizer_slots(loop->descent.optimizer);
    trainer_set_slots(&loop->trainer, memory_new((slots * net->parameters + 1) * sizeof(double)));
    loop_epoch(loop);
    loop_epoch(loop);
    return 2.0 * batch * (double)pass_nodes(net) * sizeof(double);
}

static Net *net_of(const char *sizes)
{
    Architecture architecture;
    architecture_parse(&architecture, sizes, activation_linear(), 1, NULL);
    return net_new(&architecture, 0, NULL);
}

/* A small network first, so that the code is in memory before anything is measured. */
static void measure(const char *optimizer, int batch)
{
    Net *net = net_of("1000-3000:relu-100");
    double *values = memory_new(ROWS * WIDTH * sizeof *values);
    Random random;
    random_seed(&random, 5);
    draw(&random, -1, 1, ROWS * WIDTH, values);
    train(net_of("40-40:relu-40"), values, optimizer, batch);

    double before = peak_bytes(), nodes = train(net, values, optimizer, batch);
    double numbers = (peak_bytes() - before - nodes) / sizeof(double) / (double)net->parameters;
    printf("%s-%d %.4f %d\n", optimizer, batch, numbers,
           2 + optimizer_slots(optimizer_find(optimizer)));
    fflush(stdout);
}

int main(void)
{
    static const char *const optimizers[] = {"sgd", "momentum", "adam"};
    static const int batches[] = {1, 32};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            pid_t child = fork();
            if (!child) {
                measure(optimizers[i], batches[j]);
                _exit(EXIT_SUCCESS);
            }
            int status;
            waitpid(child, &status, 0);
            demand(WIFEXITED(status) && !WEXITSTATUS(status), "a case failed");
        }
}
