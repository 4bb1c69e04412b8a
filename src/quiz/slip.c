#include <string.h>

#include "engine/kernel.h"
#include "engine/sweep.h"
#include "quiz/slip.h"

/* A step of the way back that is done otherwise: false leaves it to the kernel. */
typedef struct Detour {
    bool (*step)(const struct Detour *detour, Pass *pass, const Vector *vector);
    int layer; /* where; 0: everywhere */
    double (*slope)(const Activation *activation, double z, double o);
    double rate;
} Detour;

/* ∂L/∂ELEMENT on PASS, all vectors from L downwards. The two last factors are not fused: between
   them a slope may be forgotten. */
static double go_back(Pass *pass, size_t element, const Detour *detour)
{
    const Net *net = pass->net;
    const Op *owner = net_owner(net, element);
    if (detour) pass->fusion = NULL;
    for (int v = net->vector_count - 1; v >= 0; v--) {
        const Vector *vector = &net->vectors[v];
        bool otherwise = detour && vector->uses[0] >= 0 && detour->step(detour, pass, vector);
        if (!otherwise) kernel_backward(pass, vector, 0, vector->size);
    }
    if (owner) kernel_parameter(pass, owner, element);
    if (owner) kernel_average(pass, element, element + 1);
    return pass_adjoint(pass, element);
}

static void take_detour(const Slip *slip, const Detour *detour, double *value)
{
    Pass *pass = pass_copy(slip->pass);
    *value = go_back(pass, slip->element, detour);
    pass_free(pass);
}

/* Factors. */

bool slip_sign(const Slip *slip, int variant, double *value)
{
    *value = -slip->right;
    return variant == 0;
}

/* Whether the slope of the loss has the number in front that a square brings down. */
static bool has_two(const Slip *slip)
{
    return strncmp(slip->pass->loss->slope, "-2", 2) == 0;
}

bool slip_factor_forgotten(const Slip *slip, int variant, double *value)
{
    *value = slip->right / 2;
    return variant == 0 && has_two(slip);
}

bool slip_factor_doubled(const Slip *slip, int variant, double *value)
{
    *value = slip->right * 2;
    return variant == 0 && has_two(slip);
}

bool slip_half_forgotten(const Slip *slip, int variant, double *value)
{
    *value = slip->right * 2;
    return variant == 0 && !strcmp(slip->pass->loss->name, "half-sse");
}

bool slip_summed(const Slip *slip, int variant, double *value)
{
    *value = slip->right * slip->pass->rows;
    return variant == 0 && slip->pass->rows > 1 && net_owner(slip->pass->net, slip->element);
}

/* Slopes of activations. */

static bool take_slope(const Detour *detour, Pass *pass, const Vector *vector)
{
    const Net *net = pass->net;
    const Op *op = &net->ops[vector->uses[0]];
    bool here = op->kind == OP_ACTIVATION && !op->activation->cross &&
                (!detour->layer || op->layer == detour->layer);
    for (int row = 0; here && row < pass->rows; row++) {
        size_t z = pass_place(pass, vector->at, row);
        size_t o = pass_place(pass, net->vectors[op->out].at, row);
        for (size_t i = 0; i < (size_t)vector->size; i++)
            pass->adjoint[z + i] =
                pass->adjoint[o + i] *
                detour->slope(op->activation, pass->value[z + i], pass->value[o + i]);
    }
    return here;
}

static double no_slope(const Activation *activation, double z, double o)
{
    (void)activation, (void)z, (void)o;
    return 1;
}

static double slope_at_output(const Activation *activation, double z, double o)
{
    (void)z;
    return activation->slope_at(o, activation->value_at(o));
}

static double slope_of_sum(const Activation *activation, double z, double o)
{
    (void)o;
    return activation->slope_at(z, z);
}

/* The perceptron's trick already puts another slope in place of the step's. */
bool slip_slope_forgotten(const Slip *slip, int variant, double *value)
{
    if (slip->pass->trick || variant > slip->pass->net->architecture.layers) return false;
    take_detour(slip, &(Detour){.step = take_slope, .layer = variant, .slope = no_slope}, value);
    return true;
}

bool slip_slope_misplaced(const Slip *slip, int variant, double *value)
{
    int ways = slip->pass->net->architecture.layers + 1;
    if (slip->pass->trick || variant >= 2 * ways) return false;
    Detour detour = {.step = take_slope,
                     .layer = variant % ways,
                     .slope = variant < ways ? slope_at_output : slope_of_sum};
    take_detour(slip, &detour, value);
    return true;
}

/* Weights. */

static bool update_first(const Detour *detour, Pass *pass, const Vector *vector)
{
    const Op *op = &pass->net->ops[vector->uses[0]];
    if (op->kind == OP_AFFINE || op->kind == OP_SCALE) kernel_descend(pass, op, detour->rate);
    return false;
}

bool slip_weights_updated(const Slip *slip, int variant, double *value)
{
    if (variant || slip->rate == 0) return false;
    take_detour(slip, &(Detour){.step = update_first, .rate = slip->rate}, value);
    return true;
}

bool slip_indices_swapped(const Slip *slip, int variant, double *value)
{
    const Net *net = slip->pass->net;
    const Op *owner = net_owner(net, slip->element);
    if (variant || !owner || owner->kind != OP_AFFINE || slip->element >= owner->biases)
        return false;
    size_t width = (size_t)net->vectors[owner->out].size;
    size_t height = (size_t)net->vectors[owner->in].size;
    size_t i = (slip->element - owner->weights) / width;
    size_t j = (slip->element - owner->weights) % width;
    if (i == j || j >= height || i >= width) return false;
    Pass *pass = pass_copy(slip->pass);
    *value = go_back(pass, owner->weights + j * width + i, NULL);
    pass_free(pass);
    return true;
}

/* Only a square matrix can be mistaken for its transpose. */
static void transpose(Pass *pass, const Op *op)
{
    size_t width = (size_t)pass->net->vectors[op->out].size;
    if (op->kind != OP_AFFINE || pass->net->vectors[op->in].size != (int)width) return;
    double *w = pass->value + op->weights;
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j < i; j++) {
            double kept = w[i * width + j];
            w[i * width + j] = w[j * width + i];
            w[j * width + i] = kept;
        }
}

bool slip_weights_transposed(const Slip *slip, int variant, double *value)
{
    const Net *net = slip->pass->net;
    if (variant > net->architecture.layers) return false;
    Pass *pass = pass_copy(slip->pass);
    for (int k = 1; k <= net->architecture.layers; k++)
        if (!variant || k == variant) transpose(pass, net_affine(net, k));
    *value = go_back(pass, slip->element, NULL);
    pass_free(pass);
    return true;
}

bool slip_bias_forgotten(const Slip *slip, int variant, double *value)
{
    const Net *net = slip->pass->net;
    if (variant) return false;
    Pass *pass = pass_copy(slip->pass);
    for (int k = 1; k <= net->architecture.layers; k++) {
        const Op *op = net_affine(net, k);
        for (int j = 0; op->biased && j < net->vectors[op->out].size; j++)
            pass->value[op->biases + (size_t)j] = 0;
    }
    pass_forward(pass);
    *value = go_back(pass, slip->element, NULL);
    pass_free(pass);
    return true;
}
