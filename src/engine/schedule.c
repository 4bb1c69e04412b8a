#include <string.h>

#include "engine/formula.h"
#include "engine/schedule.h"

static const double pi = M_PI;

/* Each schedule is written once: its knobs, and RATE(η as a formula over eta0, epoch and
   the knobs' letters). */
// clang-format off
#define CONSTANT(KNOB, RATE) RATE(eta0)
#define STEP(KNOB, RATE)                                                                           \
    KNOB(every, every, 10, 1, INFINITY, true)                                                      \
    KNOB(factor, factor, 0.1, 0, INFINITY, false)                                                  \
    RATE(eta0 * pow(factor, floor(epoch / every)))
#define INVERSE(KNOB, RATE)                                                                        \
    KNOB(decay, decay, 0.01, 0, INFINITY, false)                                                   \
    RATE(eta0 / (1 + decay * epoch))
#define COSINE(KNOB, RATE)                                                                         \
    KNOB(epochs, epochs, 100, 1, INFINITY, true)                                                   \
    KNOB(min, eta_min, 0, 0, INFINITY, false)                                                      \
    RATE(eta_min + (eta0 - eta_min) * (1 + cos(pi * min(epoch, epochs) / epochs)) / 2)

// clang-format on

#define RETURN(FORMULA) return (FORMULA);
#define TEXT(FORMULA) #FORMULA

#define KERNEL(NAME, LIST)                                                                         \
    static double NAME(const double *knob, double eta0, double epoch)                              \
    {                                                                                              \
        (void)knob, (void)epoch;                                                                   \
        LIST(KNOB_NUMBER, RETURN)                                                                  \
    }

KERNEL(constant, CONSTANT)
KERNEL(step, STEP)
KERNEL(inverse, INVERSE)
KERNEL(cosine, COSINE)

// clang-format off
#define FORMULAS_OF(NAME, LIST) LIST(NOTHING, TEXT), {LIST(KNOB_ROW, NOTHING) {0}}, NAME

static const Schedule rows[] = {
    {"constant", "the rate stays as it was set", FORMULAS_OF(constant, CONSTANT)},
    {"step", "multiplied by a factor after every so many epochs", FORMULAS_OF(step, STEP)},
    {"1/t", "falls fast at first and then ever slower", FORMULAS_OF(inverse, INVERSE)},
    {"cosine", "falls along half a wave, and stays at its end", FORMULAS_OF(cosine, COSINE)},
};
// clang-format on

const Schedule *schedule_row(size_t index)
{
    return index < sizeof rows / sizeof rows[0] ? &rows[index] : NULL;
}

const Schedule *schedule_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name)) return &rows[i];
    return NULL;
}

const Schedule *schedule_constant(void)
{
    return &rows[0];
}
