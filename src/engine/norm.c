#include <math.h>

#include "engine/norm.h"

/* A formula of doubles, compiled and kept as text. */
#define FORMULA(NAME, TEXT, PARAMETERS, ...)                                                       \
    const char NAME##_##TEXT[] = #__VA_ARGS__;                                                     \
    static double NAME##_##TEXT##_of PARAMETERS                                                    \
    {                                                                                              \
        return __VA_ARGS__;                                                                        \
    }

FORMULA(norm, formula, (double z, double mu, double v), (z - mu) / sqrt(v + 1e-5))
FORMULA(norm, slope, (double v), 1 / sqrt(v + 1e-5))
FORMULA(norm, adjoint, (double dn, double mean_dn, double mean_dn_n, double n, double v),
        (dn - mean_dn - n * mean_dn_n) / sqrt(v + 1e-5))

static const double momentum = 0.1;

static const Vector *vector(const Pass *pass, int index)
{
    return &pass->net->vectors[index];
}

/* The number of node J of a vector in ROW. */
static size_t place(const Pass *pass, int index, int j, int row)
{
    return pass_place(pass, vector(pass, index)->at + (size_t)j, row);
}

static double mean_of(const Pass *pass, int index, int j)
{
    double sum = pass->value[place(pass, index, j, 0)];
    for (int r = 1; r < pass->rows; r++) sum += pass->value[place(pass, index, j, r)];
    return sum / pass->rows;
}

static double variance_of(const Pass *pass, int index, int j, double mean)
{
    double sum = 0;
    for (int r = 0; r < pass->rows; r++) {
        double distance = pass->value[place(pass, index, j, r)] - mean;
        sum += distance * distance;
    }
    return sum / pass->rows;
}

void norm_write_mean(Pass *pass, const Op *op, int j)
{
    double *value = pass->value;
    double mu = norm_of_batch(pass) ? mean_of(pass, op->in, j) : value[op->weights + (size_t)j];
    for (int r = 0; r < pass->rows; r++) value[place(pass, op->mean, j, r)] = mu;
}

void norm_write_variance(Pass *pass, const Op *op, int j)
{
    double *value = pass->value, mu = value[place(pass, op->mean, j, 0)];
    double v =
        norm_of_batch(pass) ? variance_of(pass, op->in, j, mu) : value[op->biases + (size_t)j];
    for (int r = 0; r < pass->rows; r++) value[place(pass, op->variance, j, r)] = v;
}

void norm_write_normalised(Pass *pass, const Op *op, int j)
{
    double *value = pass->value, mu = value[place(pass, op->mean, j, 0)];
    double v = value[place(pass, op->variance, j, 0)];
    for (int r = 0; r < pass->rows; r++)
        value[place(pass, op->out, j, r)] =
            norm_formula_of(value[place(pass, op->in, j, r)], mu, v);
}

void norm_forward(Pass *pass, const Op *op, int from, int to)
{
    for (int j = from; j < to; j++) {
        norm_write_mean(pass, op, j);
        norm_write_variance(pass, op, j);
        norm_write_normalised(pass, op, j);
    }
}

void norm_means(const Pass *pass, const Op *op, int j, double *adjoint, double *product)
{
    *adjoint = *product = 0;
    for (int r = 0; r < pass->rows; r++) {
        double dn = pass->adjoint[place(pass, op->out, j, r)];
        *adjoint += dn;
        *product += dn * pass->value[place(pass, op->out, j, r)];
    }
    *adjoint /= pass->rows;
    *product /= pass->rows;
}

double norm_given_slope(const Pass *pass, const Op *op, int j)
{
    return norm_slope_of(pass->value[place(pass, op->variance, j, pass->shown)]);
}

void norm_spread(Pass *pass, const Op *op, int j, double mean, double product)
{
    for (int r = 0; r < pass->rows; r++) {
        size_t out = place(pass, op->out, j, r);
        double v = pass->value[place(pass, op->variance, j, r)];
        pass->adjoint[place(pass, op->in, j, r)] =
            norm_adjoint_of(pass->adjoint[out], mean, product, pass->value[out], v);
    }
}

static void spread_node(Pass *pass, const Op *op, int j)
{
    double mean, product;
    norm_means(pass, op, j, &mean, &product);
    norm_spread(pass, op, j, mean, product);
}

void norm_backward(Pass *pass, const Op *op, int from, int to)
{
    for (int j = from; j < to; j++) {
        if (norm_of_batch(pass))
            spread_node(pass, op, j);
        else
            pass->adjoint[place(pass, op->in, j, 0)] =
                pass->adjoint[place(pass, op->out, j, 0)] * norm_given_slope(pass, op, j);
    }
}

static void follow_node(const Pass *pass, const Op *op, int j, double *stored)
{
    double *mean = &stored[op->weights + (size_t)j];
    double *variance = &stored[op->biases + (size_t)j];
    double mu = pass->value[place(pass, op->mean, j, 0)];
    double v = pass->value[place(pass, op->variance, j, 0)];
    double unbiased = v * pass->rows / (pass->rows - 1);
    *mean = (1 - momentum) * *mean + momentum * mu;
    *variance = (1 - momentum) * *variance + momentum * unbiased;
}

void norm_follow(const Pass *pass, double *stored)
{
    const Net *net = pass->net;
    for (int k = 1; k <= net->architecture.layers && norm_of_batch(pass); k++) {
        const Op *op = net_normalise(net, k);
        for (int j = 0; op && j < net->architecture.sizes[k]; j++) follow_node(pass, op, j, stored);
    }
}
