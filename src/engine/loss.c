#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "engine/formula.h"
#include "engine/loss.h"

/* NAME's kernels, from formulas over y and yhat. */
#define KERNELS(NAME, TERM, SLOPE)                                                                 \
    static double NAME##_value(double y, double yhat)                                              \
    {                                                                                              \
        return (TERM);                                                                             \
    }                                                                                              \
    static double NAME##_derivative(double y, double yhat)                                         \
    {                                                                                              \
        return (SLOPE);                                                                            \
    }

/* The same, and their texts. Where the stable form is not the textbook's, the row
   spells the texts itself. */
#define FORMULAS(NAME, TERM, SLOPE)                                                                \
    static const char NAME##_term[] = #TERM;                                                       \
    static const char NAME##_slope[] = #SLOPE;                                                     \
    KERNELS(NAME, TERM, SLOPE)

#define KINK(NAME, WHERE)                                                                          \
    static const char NAME##_kink[] = #WHERE;                                                      \
    static double NAME##_bend(double y, double yhat)                                               \
    {                                                                                              \
        return (WHERE);                                                                            \
    }

/* 0·log 0 is 0: a sure and right prediction costs nothing. */
static double xlogy(double x, double y)
{
    return x == 0 ? 0 : x * log(y);
}

FORMULAS(squared, sq(y - yhat), -2 * (y - yhat))
FORMULAS(half_squared, sq(y - yhat) / 2, -(y - yhat))
FORMULAS(absolute, abs(y - yhat), sign(yhat - y))
KINK(absolute, y - yhat)
FORMULAS(huber, abs(y - yhat) <= 1 ? sq(y - yhat) / 2 : abs(y - yhat) - 0.5,
         abs(y - yhat) <= 1 ? -(y - yhat) : sign(yhat - y))
/* Likewise their slopes are 0 where the textbook's would be 0/0. */
KERNELS(bce, -(xlogy(y, yhat) + xlogy(1 - y, 1 - yhat)),
        yhat == y ? 0 : (yhat - y) / (yhat * (1 - yhat)))
KERNELS(cce, -xlogy(y, yhat), y == 0 ? 0 : -y / yhat)
FORMULAS(hinge, max(0, 1 - y * yhat), 1 - y * yhat > 0 ? -y : 0)
KINK(hinge, 1 - y * yhat)

static bool any_range(OutputRange range)
{
    (void)range;
    return true;
}
static bool probability(OutputRange range)
{
    return range == RANGE_PROBABILITY;
}
static bool distribution(OutputRange range)
{
    return range == RANGE_DISTRIBUTION;
}
static bool scores(OutputRange range)
{
    return range == RANGE_REAL || range == RANGE_SIGNS;
}

static bool any_target(double y)
{
    (void)y;
    return true;
}
static bool unit_target(double y)
{
    return y >= 0 && y <= 1;
}
static bool sign_target(double y)
{
    return y == -1 || y == 1;
}

#define FORMULAS_OF(NAME) NAME##_term, NAME##_slope, NAME##_value, NAME##_derivative
#define ANYWHERE                                                                                   \
    {                                                                                              \
        any_range, NULL, any_target, NULL, false                                                   \
    }

// clang-format off
static const Loss rows[] = {
    {"mse", "squared error, mean over the outputs", true, FORMULAS_OF(squared), NULL, NULL, ANYWHERE},
    {"sse", "squared error, summed over the outputs", false, FORMULAS_OF(squared), NULL, NULL, ANYWHERE},
    {"half-sse", "half the squared error, summed", false, FORMULAS_OF(half_squared), NULL, NULL, ANYWHERE},
    {"mae", "absolute error, mean over the outputs", true, FORMULAS_OF(absolute),
     absolute_kink, absolute_bend, ANYWHERE},
    {"huber", "squared below 1, absolute above, mean", true, FORMULAS_OF(huber), NULL, NULL, ANYWHERE},
    {"bce", "binary cross-entropy, mean over the outputs", true,
     "-(y * log(yhat) + (1 - y) * log(1 - yhat))", "(yhat - y) / (yhat * (1 - yhat))",
     bce_value, bce_derivative, NULL, NULL,
     {probability, "it takes the logarithm of a probability, so let the last layer be sigmoid",
      unit_target, "between 0 and 1", false}},
    {"cce", "categorical cross-entropy, summed over the classes", false,
     "-(y * log(yhat))", "-y / yhat", cce_value, cce_derivative, NULL, NULL,
     {distribution, "it needs probabilities that sum to 1, so let the last layer be softmax",
      unit_target, "a one-hot row, or probabilities that sum to 1", true}},
    {"hinge", "max(0, 1 - y·ŷ), mean over the outputs", true, FORMULAS_OF(hinge),
     hinge_kink, hinge_bend,
     {scores, "it wants a score of either sign, so let the last layer be linear, tanh or step",
      sign_target, "-1 or +1 (`data` codes two classes so with target=COLUMN:signs)", false}},
};
// clang-format on

const Loss *loss_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Loss *loss_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}

static const char fused_slope[] = "yhat - y";
static double fused_derivative(double y, double yhat)
{
    return yhat - y;
}

/* -y log σ(z) - (1 - y) log(1 - σ(z)), written so that nothing overflows. */
static double sigmoid_bce_total(int count, const double *z, const double *y)
{
    double sum = 0;
    for (int i = 0; i < count; i++) sum += max(0, z[i]) - z[i] * y[i] + log1p(exp(-abs(z[i])));
    return sum;
}

/* -Σ y log softmax(z) = Σ y (log Σ exp(z) - z), shifted by the largest z. */
static double softmax_cce_total(int count, const double *z, const double *y)
{
    double largest = z[0], total = 0, sum = 0;
    for (int i = 1; i < count; i++) largest = max(z[i], largest);
    for (int i = 0; i < count; i++) total += exp(z[i] - largest);
    for (int i = 0; i < count; i++) sum += y[i] * (log(total) - (z[i] - largest));
    return sum;
}

static const Fusion fusions[] = {
    {"sigmoid", "bce", fused_slope, fused_derivative, sigmoid_bce_total},
    {"softmax", "cce", fused_slope, fused_derivative, softmax_cce_total},
};

static const char trick_slope[] = "y * yhat < 0 ? -y : 0";
static double trick_derivative(double y, double yhat)
{
    return y * yhat < 0 ? -y : 0;
}

static const Fusion trick = {"step", "hinge", trick_slope, trick_derivative, NULL};

static bool joins(const Fusion *fusion, const Activation *activation, const Loss *loss)
{
    return !strcmp(fusion->activation, activation->name) && !strcmp(fusion->loss, loss->name);
}

const Fusion *fusion_trick(const Activation *activation, const Loss *loss)
{
    return joins(&trick, activation, loss) ? &trick : NULL;
}

const Fusion *fusion_find(const Activation *activation, const Loss *loss)
{
    for (size_t i = 0; i < sizeof fusions / sizeof fusions[0]; i++)
        if (joins(&fusions[i], activation, loss)) return &fusions[i];
    return NULL;
}

bool loss_fits(const Loss *loss, const Activation *activation, int outputs, Error *err)
{
    if (activation->range == RANGE_DISTRIBUTION && outputs == 1)
        return fail(err, 0, "a softmax over one output is always 1: use sigmoid, or more outputs");
    if (loss->demands.fits(activation->range)) return true;
    return fail(err, 0, "the loss %s makes no sense on a %s output: %s", loss->name,
                activation->name, loss->demands.advice);
}

bool loss_accepts(const Loss *loss, const double *y, int count, Error *err)
{
    double sum = 0;
    for (int i = 0; i < count; sum += y[i++]) {
        if (loss->demands.accepts(y[i])) continue;
        char number[NUMBER_SIZE], index[16] = "";
        number_spell(number, y[i], 0);
        if (count > 1) snprintf(index, sizeof index, "%d", i + 1);
        return fail(err, 0, "the target y%s = %s does not go with the loss %s: it must be %s",
                    index, number, loss->name, loss->demands.targets);
    }
    if (!loss->demands.distribution || fabs(sum - 1) < 1e-9) return true;
    char number[NUMBER_SIZE];
    number_spell(number, sum, 6);
    return fail(err, 0, "the targets sum to %s; the loss %s needs %s", number, loss->name,
                loss->demands.targets);
}
