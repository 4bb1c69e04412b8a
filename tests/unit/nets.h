/* For tests that need a network: one made from text, its numbers by their names. */
#ifndef TESTS_NETS_H
#define TESTS_NETS_H

#include "close.h"
#include "engine/memo.h"
#include "engine/sweep.h"

static inline Net *net_from(const char *sizes)
{
    Architecture architecture;
    Error err = {0};
    bool made = architecture_parse(&architecture, sizes, activation_linear(), 1, &err);
    ck_assert_msg(made, "%s: %s", sizes, err.message);
    Net *net = net_new(&architecture, 0, &err);
    ck_assert_msg(net != NULL, "%s: %s", sizes, err.message);
    architecture_release(&architecture);
    return net;
}

static inline Pass *pass_from(const char *sizes, const char *loss)
{
    Net *net = net_from(sizes);
    Pass *pass = pass_new(net, loss_find(loss));
    net_release(net);
    return pass;
}

static inline Symbol symbol_of(const char *name)
{
    Symbol symbol = {0};
    ck_assert_msg(symbol_scan(name, &symbol) > 0, "%s is no symbol", name);
    return symbol;
}

static inline size_t element_of(const Net *net, const char *name)
{
    size_t element = 0;
    Error err = {0};
    bool found = net_element(net, symbol_of(name), 1, &element, &err);
    ck_assert_msg(found, "%s: %s", name, err.message);
    return element;
}

static inline double *number_of(Pass *pass, const char *name)
{
    return &pass->value[element_of(pass->net, name)];
}

static inline double gradient_of(Pass *pass, const char *name)
{
    return memo_adjoint(pass, element_of(pass->net, name), "test");
}

/* All parameters, layer by layer: W^k row by row, then b^k. */
static inline void set_parameters(Pass *pass, const double *values)
{
    for (size_t e = 0; e < pass->net->parameters; e++) pass->value[e] = values[e];
    pass_forget(pass);
}

/* As the notes begin: every weight WEIGHT, every bias 0. */
static inline void fill_weights(Pass *pass, double weight)
{
    const Net *net = pass->net;
    for (size_t e = 0; e < net->parameters; e++)
        pass->value[e] = e < net_owner(net, e)->biases ? weight : 0;
    pass_forget(pass);
}

/* Inputs, then targets; and what follows from them. */
static inline void run_row(Pass *pass, const double *inputs, const double *targets)
{
    const Vector *x = &pass->net->vectors[pass->net->input];
    const Vector *y = &pass->net->vectors[pass->net->target];
    for (int i = 0; i < x->size; i++) pass->value[x->at + (size_t)i] = inputs[i];
    for (int i = 0; i < y->size; i++) pass->value[y->at + (size_t)i] = targets[i];
    pass_forget(pass);
    pass_forward(pass);
    ck_assert_uint_eq(pass_broken(pass), pass->net->elements);
}

#endif
