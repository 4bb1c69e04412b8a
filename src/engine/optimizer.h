/* Optimizers: how a gradient changes a parameter, one row each, in optimizer.c.

   Formulas and defaults are those of PyTorch's torch.optim, with eps = 1e-8 added
   outside the root in all of them (there adagrad alone has 1e-10). */
#ifndef ENGINE_OPTIMIZER_H
#define ENGINE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>

enum { KNOBS = 3, SLOTS = 2 };

typedef struct Knob {
    const char *name; /* as in `set optimizer adam beta1=0.9`; NULL past the last */
    double preset;
    double low, high; /* LOW <= value < HIGH */
} Knob;

typedef struct Optimizer Optimizer;

/* An optimizer with its settings. A plain value: copy it to keep it. */
typedef struct Descent {
    const Optimizer *optimizer;
    double rate; /* η */
    double knobs[KNOBS];
    double clip_norm, clip_value; /* 0: off */
    long updates;                 /* made so far */
} Descent;

struct Optimizer {
    const char *name, *summary;
    const char *formula;      /* the rule, one assignment a line, for help */
    const char *slots[SLOTS]; /* names of the numbers it keeps for each parameter; NULL: none */
    Knob knobs[KNOBS];
    /* Updates COUNT parameters W by their gradients G; STATE[s] is slot s, [COUNT]. */
    void (*update)(const Descent *descent, size_t count, double *w, const double *g,
                   double *const *state);
};

const Optimizer *optimizer_row(size_t index); /* NULL past the last */
const Optimizer *optimizer_find(const char *name);
int optimizer_slots(const Optimizer *optimizer);

/* Presets for OPTIMIZER, whose numbers start at 0 with no updates made; the rate and the
   clipping stay. */
void descent_choose(Descent *descent, const Optimizer *optimizer);

/* Clips G in place: each gradient to ±clip_value, then all of them to the norm
   clip_norm, by the factor clip_norm / (norm + 1e-6), as in PyTorch. */
void descent_clip(const Descent *descent, size_t count, double *g);

/* One update of all parameters; counts it. STATE is [slots][COUNT]. */
void descent_update(Descent *descent, size_t count, double *w, const double *g, double *state);

void descent_set_epoch(Descent *d, long epoch);
void descent_apply(const Descent *d, size_t parameters, size_t first, size_t count, double *w,
                   const double *g, double *state);
void descent_decay(const Descent *d, size_t count, const double *w, double *g);
#endif
