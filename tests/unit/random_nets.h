/* For tests over many networks: random ones, in which every activation stands before
   every loss that fits it. */
#ifndef TESTS_RANDOM_NETS_H
#define TESTS_RANDOM_NETS_H

#include <stdio.h>

#include "base/random.h"
#include "nets.h"

static inline int random_between(Random *random, int low, int high)
{
    return low + (int)random_below(random, (uint64_t)(high - low + 1));
}

static inline const Activation *random_activation(Random *random)
{
    size_t count = 0;
    while (activation_row(count)) count++;
    return activation_row(random_below(random, count));
}

/* What layers may have besides their activation. A skip makes a layer as wide as its input, and
   comes last only where LOSS takes any number. */
static inline void draw_extras(Random *random, const Loss *loss, int layers, int *sizes,
                               unsigned *extras)
{
    bool anything = loss_fits(loss, activation_linear(), 1, NULL);
    for (int k = 0; k < layers; k++) {
        if (!random_below(random, 3)) extras[k] |= EXTRA_NORM;
        if (random_below(random, 2) || (k == layers - 1 && !anything)) continue;
        extras[k] |= EXTRA_SKIP;
        sizes[k + 1] = sizes[k];
    }
}

/* 1 to 5 layers, 1 to 6 nodes wide; a distribution needs two outputs. WITH_EXTRAS: with batch norms
   and skips here and there. */
static inline Net *random_net(Random *random, const Activation *last, const Loss *loss,
                              bool with_extras)
{
    int sizes[6], layers = random_between(random, 1, 5);
    const Activation *activations[5];
    unsigned extras[5] = {0};
    for (int k = 0; k <= layers; k++) sizes[k] = random_between(random, 1, 6);
    for (int k = 0; k < layers; k++) activations[k] = random_activation(random);
    activations[layers - 1] = last;
    if (with_extras) draw_extras(random, loss, layers, sizes, extras);
    if (last->total && sizes[layers] == 1) {
        sizes[layers] = 2;
        extras[layers - 1] &= ~(unsigned)EXTRA_SKIP;
    }
    bool biases = random_below(random, 4) > 0;
    Net *net = net_new(&(Architecture){layers, sizes, activations, extras, biases}, 0, NULL);
    ck_assert_ptr_nonnull(net);
    return net;
}

/* Targets that LOSS accepts: found by trying, made to sum to 1 where that is asked. */
static inline void draw_targets(Random *random, const Loss *loss, double *y, int count)
{
    static const double labels[] = {-1, 0, 1};
    double sum = 0;
    for (int i = 0; i < count; i++) {
        do
            y[i] = random_below(random, 2) ? labels[random_below(random, 3)]
                                           : random_uniform(random, -2, 2);
        while (!loss->demands.accepts(y[i]) || (loss->demands.distribution && y[i] == 0));
        sum += y[i];
    }
    for (int i = 0; loss->demands.distribution && i < count; i++) y[i] /= sum;
    ck_assert(loss_accepts(loss, y, count, NULL));
}

/* A pass of NET with numbers of no meaning, gone forward with ROWS rows. */
static inline Pass *draw_pass(Random *random, Net *net, const Loss *loss, int rows)
{
    Pass *pass = pass_new(net, loss);
    net_release(net);
    double inputs[6], targets[6];
    for (size_t e = 0; e < net->stored; e++)
        pass->value[e] = e < net->parameters ? random_uniform(random, -1.5, 1.5)
                                             : random_uniform(random, 0.5, 2);
    pass_set_rows(pass, rows, 0, NULL);
    for (int row = 0; row < rows; row++) {
        for (int i = 0; i < 6; i++) inputs[i] = random_uniform(random, -2, 2);
        draw_targets(random, loss, targets, net->vectors[net->target].size);
        pass_load(pass, row, inputs, targets);
    }
    pass_forward(pass);
    ck_assert_uint_eq(pass_broken(pass), net->elements);
    return pass;
}

static inline Pass *random_pass(Random *random, const Activation *last, const Loss *loss)
{
    return draw_pass(random, random_net(random, last, loss, false), loss, 1);
}

/* With batch norms and skips, and 2 to 7 rows of which any is shown; or a single row. */
static inline Pass *random_batch(Random *random, const Activation *last, const Loss *loss)
{
    int rows = random_below(random, 4) ? random_between(random, 2, 7) : 1;
    Pass *pass = draw_pass(random, random_net(random, last, loss, true), loss, rows);
    pass->shown = random_between(random, 0, rows - 1);
    return pass;
}

typedef Pass *(*DrawPass)(Random *random, const Activation *last, const Loss *loss);

/* Calls CHECK with REPEATS passes for each pair of a last activation and a loss. */
static inline int for_random_passes(uint64_t seed, int repeats, DrawPass draw,
                                    void (*check)(Pass *pass))
{
    Random random;
    random_seed(&random, seed);
    int nets = 0;
    for (size_t l = 0; loss_row(l); l++)
        for (size_t a = 0; activation_row(a); a++)
            for (int n = 0; n < repeats; n++) {
                if (!loss_fits(loss_row(l), activation_row(a), 2, NULL)) continue;
                Pass *pass = draw(&random, activation_row(a), loss_row(l));
                check(pass);
                pass_free(pass);
                nets++;
            }
    return nets;
}

static inline int for_random_nets(uint64_t seed, int repeats, void (*check)(Pass *pass))
{
    return for_random_passes(seed, repeats, random_pass, check);
}

static inline int for_random_batches(uint64_t seed, int repeats, void (*check)(Pass *pass))
{
    return for_random_passes(seed, repeats, random_batch, check);
}

/* "2-3:relu-1 with mse: w11^2", for messages. */
static inline const char *place_of(const Pass *pass, size_t element)
{
    static char place[256];
    char name[SYMBOL_SIZE];
    Text sizes = {0};
    architecture_spell(&sizes, &pass->net->architecture);
    symbol_spell(name, net_symbol(pass->net, element));
    snprintf(place, sizeof place, "%s with %s: %s", text_string(&sizes), pass->loss->name, name);
    text_release(&sizes);
    return place;
}

#endif
