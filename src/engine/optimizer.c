#include <string.h>

#include "base/number.h"
#include "engine/clones.h"
#include "engine/formula.h"
#include "engine/optimizer.h"

/* Each rule is written once, as a list of
     KNOB(name, letter, preset, low, high, whole)   a number that can be set
     CONSTANT(target, formula)                      the same for all parameters
     SLOT(name)                                     a number kept for each parameter
     LINE(target, formula)                          computed for each parameter, in order */
// clang-format off
#define SGD(KNOB, CONSTANT, SLOT, LINE) LINE(w, w - eta * g)
#define MOMENTUM(KNOB, CONSTANT, SLOT, LINE)                                                       \
    KNOB(momentum, mu, 0.9, 0, 1, false)                                                           \
    SLOT(v)                                                                                        \
    LINE(v, mu * v + g)                                                                            \
    LINE(w, w - eta * v)
#define NESTEROV(KNOB, CONSTANT, SLOT, LINE)                                                       \
    KNOB(momentum, mu, 0.9, 0, 1, false)                                                           \
    SLOT(v)                                                                                        \
    LINE(v, mu * v + g)                                                                            \
    LINE(w, w - eta * (g + mu * v))
#define RMSPROP(KNOB, CONSTANT, SLOT, LINE)                                                        \
    KNOB(alpha, alpha, 0.99, 0, 1, false)                                                          \
    SLOT(s)                                                                                        \
    LINE(s, alpha * s + (1 - alpha) * sq(g))                                                       \
    LINE(w, w - eta * (g / (sqrt(s) + 1e-8)))
#define ADAGRAD(KNOB, CONSTANT, SLOT, LINE)                                                        \
    SLOT(s)                                                                                        \
    LINE(s, s + sq(g))                                                                             \
    LINE(w, w - eta * (g / (sqrt(s) + 1e-8)))
#define ADAM(KNOB, CONSTANT, SLOT, LINE)                                                           \
    KNOB(beta1, beta1, 0.9, 0, 1, false)                                                           \
    KNOB(beta2, beta2, 0.999, 0, 1, false)                                                         \
    CONSTANT(correction1, 1 - pow(beta1, t))                                                       \
    CONSTANT(correction2, sqrt(1 - pow(beta2, t)))                                                 \
    SLOT(m)                                                                                        \
    SLOT(v)                                                                                        \
    LINE(m, beta1 * m + (1 - beta1) * g)                                                           \
    LINE(v, beta2 * v + (1 - beta2) * sq(g))                                                       \
    LINE(w, w - eta / correction1 * (m / (sqrt(v) / correction2 + 1e-8)))
#define WEIGHT_DECAY(LINE) LINE(g, g + lambda * w)
// clang-format on

#define DECLARE(TARGET, FORMULA) const double TARGET = (FORMULA);
#define COMPUTE(TARGET, FORMULA) TARGET = (FORMULA);
#define FIND(SLOT) double *restrict SLOT##s = *slot++;
#define LOAD(SLOT) double SLOT = SLOT##s[i];
#define STORE(SLOT) SLOT##s[i] = SLOT;

/* The loop of LIST, which the compiler may vectorise. */
#define RULE(NAME, LIST)                                                                           \
    CLONES static void NAME(const Descent *descent, size_t count, double *restrict ws,             \
                            const double *restrict gs, double *const *slot)                        \
    {                                                                                              \
        const double *knob = descent->knobs;                                                       \
        const double eta = descent->eta, t = (double)descent->updates + 1;                         \
        (void)knob, (void)t, (void)slot;                                                           \
        LIST(KNOB_NUMBER, DECLARE, FIND, NOTHING)                                                  \
        for (size_t i = 0; i < count; i++) {                                                       \
            const double g = gs[i];                                                                \
            double w = ws[i];                                                                      \
            LIST(NOTHING, NOTHING, LOAD, COMPUTE)                                                  \
            LIST(NOTHING, NOTHING, STORE, NOTHING)                                                 \
            ws[i] = w;                                                                             \
        }                                                                                          \
    }

RULE(sgd, SGD)
RULE(momentum, MOMENTUM)
RULE(nesterov, NESTEROV)
RULE(rmsprop, RMSPROP)
RULE(adagrad, ADAGRAD)
RULE(adam, ADAM)

// clang-format off
#define TEXT(TARGET, FORMULA) {#TARGET, #FORMULA}
#define TEXTS(TARGET, FORMULA) TEXT(TARGET, FORMULA),
#define NAMES(SLOT) #SLOT,
#define RULE_OF(NAME, LIST)                                                                        \
    {LIST(NOTHING, TEXTS, NOTHING, NOTHING) {0}}, {LIST(NOTHING, NOTHING, NOTHING, TEXTS) {0}},    \
    {LIST(NOTHING, NOTHING, NAMES, NOTHING) NULL}, {LIST(KNOB_ROW, NOTHING, NOTHING, NOTHING) {0}},\
    NAME

static const Optimizer rows[] = {
    {"sgd", "plain gradient descent", RULE_OF(sgd, SGD), true, false},
    {"momentum", "gradients add up to a velocity", RULE_OF(momentum, MOMENTUM), false, false},
    {"nesterov", "momentum that looks one step ahead", RULE_OF(nesterov, NESTEROV), false, false},
    {"rmsprop", "divides by a running mean of the gradient's size", RULE_OF(rmsprop, RMSPROP), false, false},
    {"adagrad", "divides by the size of all gradients so far", RULE_OF(adagrad, ADAGRAD), false, false},
    {"adam", "momentum and rmsprop, corrected for their start at 0", RULE_OF(adam, ADAM), false, false},
    {"perceptron", "the perceptron trick: a step's slope counts as 1", RULE_OF(sgd, SGD), true, true},
};
// clang-format on

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

bool descent_is_plain(const Descent *descent)
{
    bool clipped = descent->clip_norm > 0 || descent->clip_value > 0;
    return descent->optimizer->plain && !clipped && descent->decay <= 0;
}

void descent_choose(Descent *descent, const Optimizer *optimizer)
{
    descent->optimizer = optimizer;
    descent->updates = 0;
    for (int i = 0; i < KNOBS; i++) descent->knobs[i] = optimizer->knobs[i].preset;
    descent_refresh(descent);
}

void descent_choose_schedule(Descent *descent, const Schedule *schedule)
{
    descent->schedule = schedule;
    for (int i = 0; i < KNOBS; i++) descent->schedule_knobs[i] = schedule->knobs[i].preset;
    descent_refresh(descent);
}

void descent_refresh(Descent *descent)
{
    if (!descent->schedule) descent->schedule = schedule_constant();
    descent->eta =
        descent->schedule->rate(descent->schedule_knobs, descent->rate, (double)descent->epoch);
}

void descent_set_epoch(Descent *descent, long epoch)
{
    descent->epoch = epoch;
    descent_refresh(descent);
}

void descent_clip(const Descent *descent, size_t count, double *g)
{
    double limit = descent->clip_value;
    for (size_t i = 0; limit > 0 && i < count; i++)
        g[i] = g[i] > limit ? limit : g[i] < -limit ? -limit : g[i];
    if (descent->clip_norm <= 0) return;
    double factor = descent->clip_norm / (number_norm(g, count) + 1e-6);
    if (factor < 1)
        for (size_t i = 0; i < count; i++) g[i] *= factor;
}

const RuleLine weight_decay = WEIGHT_DECAY(TEXT);

void descent_decay(const Descent *descent, size_t count, const double *ws, double *gs)
{
    const double lambda = descent->decay;
    for (size_t i = 0; lambda > 0 && i < count; i++) {
        const double w = ws[i];
        double g = gs[i];
        WEIGHT_DECAY(COMPUTE)
        gs[i] = g;
    }
}

void descent_apply(const Descent *descent, size_t parameters, size_t first, size_t count, double *w,
                   const double *g, double *state)
{
    double *slots[SLOTS] = {NULL};
    for (int i = 0; i < optimizer_slots(descent->optimizer); i++)
        slots[i] = state + (size_t)i * parameters + first;
    descent->optimizer->update(descent, count, w + first, g + first, slots);
}

void descent_update(Descent *descent, size_t count, double *w, double *g, double *state)
{
    descent_clip(descent, count, g);
    descent_decay(descent, count, w, g);
    descent_apply(descent, count, 0, count, w, g, state);
    descent->updates++;
}
