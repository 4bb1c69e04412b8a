#include <string.h>

#include "engine/activation.h"
#include "engine/formula.h"

/* NAME's kernels, from two formulas over z and o. */
#define KERNELS(NAME, VALUE, SLOPE)                                                                \
    static double NAME##_value_at(double z)                                                        \
    {                                                                                              \
        return (VALUE);                                                                            \
    }                                                                                              \
    static double NAME##_slope_at(double z, double o)                                              \
    {                                                                                              \
        (void)z, (void)o;                                                                          \
        return (SLOPE);                                                                            \
    }                                                                                              \
    static void NAME##_values(int count, const double *z, double *o)                               \
    {                                                                                              \
        for (int i = 0; i < count; i++) o[i] = NAME##_value_at(z[i]);                              \
    }                                                                                              \
    static void NAME##_slopes(int count, const double *z, const double *o, double *slopes)         \
    {                                                                                              \
        for (int i = 0; i < count; i++) slopes[i] = NAME##_slope_at(z[i], o[i]);                   \
    }

/* The same, and their texts. Where the stable form is not the textbook's, the row
   spells the texts itself. */
#define FORMULAS(NAME, VALUE, SLOPE)                                                               \
    static const char NAME##_formula[] = #VALUE;                                                   \
    static const char NAME##_slope[] = #SLOPE;                                                     \
    KERNELS(NAME, VALUE, SLOPE)

/* At z = 0 a relu's slope is 0 and a leaky one's 0.01, as in PyTorch. */
FORMULAS(linear, z, 1)
FORMULAS(step, z >= 0 ? 1 : -1, 0)
FORMULAS(sigmoid, 1 / (1 + exp(-z)), o *(1 - o))
FORMULAS(tanh, tanh(z), 1 - sq(o))
FORMULAS(relu, max(0, z), z > 0 ? 1 : 0)
FORMULAS(leaky_relu, z > 0 ? z : 0.01 * z, z > 0 ? 1 : 0.01)
KERNELS(elu, z > 0 ? z : expm1(z), z > 0 ? 1 : o + 1)
KERNELS(softplus, max(0, z) + log1p(exp(-abs(z))), 1 / (1 + exp(-z)))

/* The softmax is shifted by its largest z, which changes no ratio and overflows nowhere. */
static void softmax_values(int count, const double *z, double *o)
{
    double largest = z[0], total = 0;
    for (int i = 1; i < count; i++) largest = max(z[i], largest);
    for (int i = 0; i < count; i++) total += o[i] = exp(z[i] - largest);
    for (int i = 0; i < count; i++) o[i] /= total;
}

static void softmax_slopes(int count, const double *z, const double *o, double *slopes)
{
    (void)z;
    for (int i = 0; i < count; i++) slopes[i] = o[i] * (1 - o[i]);
}

static double softmax_cross(double o, double other)
{
    return -o * other;
}

#define KERNELS_OF(NAME) NAME##_values, NAME##_slopes, NAME##_value_at, NAME##_slope_at, NULL
#define FORMULAS_OF(NAME) NAME##_formula, NAME##_slope, NULL, NULL, KERNELS_OF(NAME)

// clang-format off
static const Activation rows[] = {
    {"linear", "", "the sum itself: no activation at all", RANGE_REAL, false, FORMULAS_OF(linear)},
    {"step", "step", "-1 or +1, the perceptron's; its slope is 0", RANGE_SIGNS, true, FORMULAS_OF(step)},
    {"sigmoid", "σ", "squeezes into (0, 1)", RANGE_PROBABILITY, false, FORMULAS_OF(sigmoid)},
    {"tanh", "tanh", "squeezes into (-1, 1)", RANGE_REAL, false, FORMULAS_OF(tanh)},
    {"relu", "relu", "keeps what is positive", RANGE_REAL, true, FORMULAS_OF(relu)},
    {"leaky-relu", "leakyrelu", "a relu that lets 1 % of the negative through", RANGE_REAL, true, FORMULAS_OF(leaky_relu)},
    {"elu", "elu", "a relu that bends smoothly to -1", RANGE_REAL, false,
     "z > 0 ? z : exp(z) - 1", "z > 0 ? 1 : o + 1", NULL, NULL, KERNELS_OF(elu)},
    {"softplus", "softplus", "a smooth relu", RANGE_REAL, false,
     "log(1 + exp(z))", "1 / (1 + exp(-z))", NULL, NULL, KERNELS_OF(softplus)},
    {"softmax", "softmax", "turns a layer into probabilities", RANGE_DISTRIBUTION, false,
     "exp(z) / total", "o * (1 - o)", "exp(z)", "-o * other", softmax_values, softmax_slopes, NULL, NULL, softmax_cross},
};
// clang-format on

const Activation *activation_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Activation *activation_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}

const Activation *activation_linear(void)
{
    return &rows[0];
}
