/* For the yardsticks: two ways to do the same work, timed in turns, so that a slow moment of the
   machine hits both. What counts is the ratio. A program prints lines "NAME NUMBER...". */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "engine/trainer.h"

typedef void (*Work)(void *context);

static inline double seconds_of(Work work, void *context)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    work(context);
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
}

static inline int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static inline double median(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return numbers[count / 2];
}

enum { RUNS = 41 };

/* The median of WORK's seconds divided by OTHER's, of which *BESIDE gets the median. */
static inline double ratio_of(Work work, Work other, void *context, double *beside)
{
    double ratios[RUNS], besides[RUNS];
    for (int run = 0; run < RUNS; run++) {
        besides[run] = seconds_of(other, context);
        ratios[run] = seconds_of(work, context) / besides[run];
    }
    *beside = median(besides, RUNS);
    return median(ratios, RUNS);
}

/* The median of WORK's seconds when nothing else is done. */
static inline double seconds_alone(Work work, void *context)
{
    double taken[RUNS];
    for (int run = 0; run < RUNS; run++) taken[run] = seconds_of(work, context);
    return median(taken, RUNS);
}

static inline void demand(bool good, const char *what)
{
    if (good) return;
    fprintf(stderr, "%s\n", what);
    exit(EXIT_FAILURE);
}

static inline void draw(Random *random, double low, double high, size_t count, double *numbers)
{
    for (size_t i = 0; i < count; i++) numbers[i] = random_uniform(random, low, high);
}

/* A pass of the network SIZES with weights from -1 / inputs to 1 / inputs. */
static inline Pass *pass_of(const char *sizes, const char *loss)
{
    Architecture architecture;
    Error err = {0};
    demand(architecture_parse(&architecture, sizes, activation_linear(), 1, &err), err.message);
    Net *net = net_new(&architecture, 0, &err);
    demand(net != NULL, err.message);
    architecture_release(&architecture);
    Pass *pass = pass_new(net, loss_find(loss));
    net_release(net);
    Random random;
    random_seed(&random, 1);
    for (size_t e = 0; e < net->parameters; e++) {
        double range = 1.0 / net->vectors[net_owner(net, e)->in].size;
        pass->value[e] = random_uniform(&random, -range, range);
    }
    return pass;
}

/* The loop that `train` runs, over rows of INPUTS and TARGETS numbers, with plain gradient
   descent; BATCH 1: row by row. It borrows all that it is given. */
typedef struct Loop {
    Trainer trainer;
    Descent descent;
    Course course;
} Loop;

static inline void loop_begin(Loop *loop, Pass *pass, const double *values, size_t rows, int batch,
                              double rate)
{
    const Net *net = pass->net;
    Plan plan = {batch > 1 ? MODE_MINI : MODE_STOCHASTIC, batch, false};
    Rows given = {values, rows, net->vectors[net->input].size, net->vectors[net->target].size};
    *loop = (Loop){.descent = {.rate = rate, .schedule = schedule_constant()}};
    descent_choose(&loop->descent, optimizer_find("sgd"));
    trainer_begin(&loop->trainer, pass, &loop->descent, NULL, &loop->course, plan, given, 0);
}

/* Trains for one epoch; returns the average loss. */
static inline double loop_epoch(Loop *loop)
{
    double average;
    Run run = {.updates = (long)loop->trainer.rows.count, .epochs = 1, .averages = &average};
    trainer_run(&loop->trainer, &run);
    demand(run.epochs_ended == 1 && run.sound, "it overflowed");
    return average;
}

#endif
