/* Optimizers: how a gradient changes a parameter, one row each, in optimizer.c.

   A row's rule is written once: the same characters are compiled into the loop over the
   parameters and kept as the texts that are shown. Formulas and defaults are those of
   PyTorch's torch.optim, with eps = 1e-8 added outside the root in all of them (there
   adagrad alone has 1e-10). */
#ifndef ENGINE_OPTIMIZER_H
#define ENGINE_OPTIMIZER_H

#include "engine/schedule.h"

enum { SLOTS = 2, RULE_LINES = 3, RULE_CONSTANTS = 2 };

typedef struct Optimizer Optimizer;

/* An optimizer with its settings. A plain value: copy it to keep it. */
typedef struct Descent {
    const Optimizer *optimizer;
    double knobs[KNOBS];
    double rate;              /* as set: η before any schedule */
    const Schedule *schedule; /* NULL: constant */
    double schedule_knobs[KNOBS];
    long epoch;                   /* epochs that have ended */
    double eta;                   /* η in use; descent_refresh computes it */
    double decay;                 /* of the weights, λ; 0: off */
    double clip_norm, clip_value; /* 0: off */
    long updates;                 /* made so far */
} Descent;

/* One assignment of a rule, in C and in the expression language alike. */
typedef struct RuleLine {
    const char *target, *formula; /* NULL past the last */
} RuleLine;

/* The formulas are over w, a parameter; g, its gradient; eta; t, which counts this update
   and is 1 in the first; the slots, the knobs' letters, and the constants. */
struct Optimizer {
    const char *name, *summary;
    RuleLine constants[RULE_CONSTANTS + 1]; /* the same for all parameters of one update */
    RuleLine lines[RULE_LINES + 1];         /* for each parameter, in order; w is the last */
    const char *slots[SLOTS + 1];           /* names of the numbers it keeps for each parameter */
    Knob knobs[KNOBS];
    /* Updates COUNT parameters W by their gradients G; STATE[s] is slot s, [COUNT]. */
    void (*update)(const Descent *descent, size_t count, double *w, const double *g,
                   double *const *state);
    bool plain; /* the rule is w = w - eta * g */
    bool trick; /* a gradient goes through a step activation as if its slope were 1 */
};

const Optimizer *optimizer_row(size_t index); /* NULL past the last */
const Optimizer *optimizer_find(const char *name);
int optimizer_slots(const Optimizer *optimizer);

/* Presets for OPTIMIZER, whose numbers start at 0 with no updates made, or for SCHEDULE;
   everything else stays. */
void descent_choose(Descent *descent, const Optimizer *optimizer);
void descent_choose_schedule(Descent *descent, const Schedule *schedule);

/* Computes η: to be called when the rate, the schedule or one of its knobs has changed. */
void descent_refresh(Descent *descent);
void descent_set_epoch(Descent *descent, long epoch); /* likewise, EPOCH having ended */

/* Clips G in place: each gradient to ±clip_value, then all of them to the norm
   clip_norm, by the factor clip_norm / (norm + 1e-6), as in PyTorch. */
void descent_clip(const Descent *descent, size_t count, double *g);

/* Adds the weight decay to G in place: PyTorch's weight_decay, for all parameters alike.
   After clipping. */
void descent_decay(const Descent *descent, size_t count, const double *w, double *g);
extern const RuleLine weight_decay; /* as a text, over g, w and lambda */

/* Whether an update is just w = w - η ∂L/∂w. */
bool descent_is_plain(const Descent *descent);

/* Updates COUNT of PARAMETERS parameters, beginning with FIRST: one by one or all at once
   gives the same bits. W and G are [PARAMETERS], STATE is [slots][PARAMETERS]. */
void descent_apply(const Descent *descent, size_t parameters, size_t first, size_t count, double *w,
                   const double *g, double *state);

/* One update of all parameters by the gradient G, which is clipped and decayed in place; counts
   it. STATE is [slots][COUNT]. */
void descent_update(Descent *descent, size_t count, double *w, double *g, double *state);

#endif
