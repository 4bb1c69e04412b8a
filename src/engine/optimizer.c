#include <math.h>
#include <string.h>

#include "engine/optimizer.h"

enum { FIRST, SECOND };
static const double eps = 1e-8;

static void sgd(const Descent *d, size_t count, double *w, const double *g, double *const *state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) w[i] = w[i] - d->rate * g[i];
}

static void momentum(const Descent *d, size_t count, double *w, const double *g,
                     double *const *state)
{
    double *v = state[FIRST], mu = d->knobs[FIRST];
    for (size_t i = 0; i < count; i++) {
        v[i] = mu * v[i] + g[i];
        w[i] = w[i] - d->rate * v[i];
    }
}

static void nesterov(const Descent *d, size_t count, double *w, const double *g,
                     double *const *state)
{
    double *v = state[FIRST], mu = d->knobs[FIRST];
    for (size_t i = 0; i < count; i++) {
        v[i] = mu * v[i] + g[i];
        w[i] = w[i] - d->rate * (g[i] + mu * v[i]);
    }
}

static void rmsprop(const Descent *d, size_t count, double *w, const double *g,
                    double *const *state)
{
    double *s = state[FIRST], alpha = d->knobs[FIRST];
    for (size_t i = 0; i < count; i++) {
        s[i] = alpha * s[i] + (1 - alpha) * (g[i] * g[i]);
        w[i] = w[i] - d->rate * (g[i] / (sqrt(s[i]) + eps));
    }
}

static void adagrad(const Descent *d, size_t count, double *w, const double *g,
                    double *const *state)
{
    double *s = state[FIRST];
    for (size_t i = 0; i < count; i++) {
        s[i] = s[i] + g[i] * g[i];
        w[i] = w[i] - d->rate * (g[i] / (sqrt(s[i]) + eps));
    }
}

/* The bias corrections count this update: t is 1 in the first. */
static void adam(const Descent *d, size_t count, double *w, const double *g, double *const *state)
{
    double *m = state[FIRST], *v = state[SECOND];
    double beta1 = d->knobs[FIRST], beta2 = d->knobs[SECOND], t = (double)d->updates + 1;
    double correction1 = 1 - pow(beta1, t), correction2 = sqrt(1 - pow(beta2, t));
    for (size_t i = 0; i < count; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i]);
        w[i] = w[i] - d->rate / correction1 * (m[i] / (sqrt(v[i]) / correction2 + eps));
    }
}

static const Optimizer rows[] = {
    {"sgd", "plain gradient descent", "w = w - η g", {0}, {{0}}, sgd},
    {"momentum",
     "gradients add up to a velocity",
     "v = μ v + g\nw = w - η v",
     {"v"},
     {{"momentum", 0.9, 0, 1}},
     momentum},
    {"nesterov",
     "momentum that looks one step ahead",
     "v = μ v + g\nw = w - η (g + μ v)",
     {"v"},
     {{"momentum", 0.9, 0, 1}},
     nesterov},
    {"rmsprop",
     "divides by a running mean of the gradient's size",
     "s = α s + (1 - α) g²\nw = w - η g / (√(s) + 1e-8)",
     {"s"},
     {{"alpha", 0.99, 0, 1}},
     rmsprop},
    {"adagrad",
     "divides by the size of all gradients so far",
     "s = s + g²\nw = w - η g / (√(s) + 1e-8)",
     {"s"},
     {{0}},
     adagrad},
    {"adam",
     "momentum and rmsprop, corrected for their start at 0",
     "m = β₁ m + (1 - β₁) g\nv = β₂ v + (1 - β₂) g²\n"
     "w = w - η / (1 - β₁^t) · m / (√(v) / √(1 - β₂^t) + 1e-8)",
     {"m", "v"},
     {{"beta1", 0.9, 0, 1}, {"beta2", 0.999, 0, 1}},
     adam},
};

const Optimizer *optimizer_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Optimizer *optimizer_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}

int optimizer_slots(const Optimizer *optimizer)
{
    int count = 0;
    while (count < SLOTS && optimizer->slots[count]) count++;
    return count;
}

void descent_choose(Descent *descent, const Optimizer *optimizer)
{
    descent->optimizer = optimizer;
    descent->updates = 0;
    for (int i = 0; i < KNOBS; i++) descent->knobs[i] = optimizer->knobs[i].preset;
}

/* The squares of huge numbers overflow: then they are scaled by the largest first. */
static double norm_of(size_t count, const double *g)
{
    double squares = 0, largest = 0;
    for (size_t i = 0; i < count; i++) squares += g[i] * g[i];
    if (isfinite(squares)) return sqrt(squares);
    for (size_t i = 0; i < count; i++) largest = fmax(largest, fabs(g[i]));
    squares = 0;
    for (size_t i = 0; i < count; i++) squares += (g[i] / largest) * (g[i] / largest);
    return largest * sqrt(squares);
}

void descent_clip(const Descent *descent, size_t count, double *g)
{
    double limit = descent->clip_value;
    for (size_t i = 0; limit > 0 && i < count; i++)
        g[i] = g[i] > limit ? limit : g[i] < -limit ? -limit : g[i];
    if (descent->clip_norm <= 0) return;
    double factor = descent->clip_norm / (norm_of(count, g) + 1e-6);
    if (factor < 1)
        for (size_t i = 0; i < count; i++) g[i] *= factor;
}

void descent_update(Descent *descent, size_t count, double *w, const double *g, double *state)
{
    double *slots[SLOTS] = {NULL};
    for (int i = 0; i < optimizer_slots(descent->optimizer); i++)
        slots[i] = state + (size_t)i * count;
    descent->optimizer->update(descent, count, w, g, slots);
    descent->updates++;
}
