/* Losses: one row each, in loss.c, and the pairs that have a stable form of their own.

   A loss is the sum, or the mean, of one term per output. In the texts y is a
   target and yhat the output it belongs to. */
#ifndef ENGINE_LOSS_H
#define ENGINE_LOSS_H

#include "base/error.h"
#include "engine/activation.h"

/* What a loss asks of the outputs and of the targets. */
typedef struct Demands {
    bool (*fits)(OutputRange range); /* makes sense on such outputs */
    const char *advice;              /* for outputs that it does not fit */
    bool (*accepts)(double y);       /* a target that it can take */
    const char *targets;             /* what those are, in words */
    bool distribution;               /* the targets of a row must sum to 1 */
} Demands;

typedef struct Loss {
    const char *name, *summary;
    bool mean;         /* over the outputs; else their sum */
    const char *term;  /* one output's share, over y and yhat */
    const char *slope; /* its derivative by yhat */
    double (*value)(double y, double yhat);
    double (*derivative)(double y, double yhat);
    const char *kink; /* over y and yhat: where this is 0 the slope jumps; or NULL */
    double (*bend)(double y, double yhat); /* its kernel, or NULL */
    Demands demands;
} Loss;

const Loss *loss_row(size_t index); /* NULL past the last */
const Loss *loss_find(const char *name);

/* An output activation and a loss whose slopes simplify: ∂L/∂z = ŷ - y, exact even
   where ŷ has rounded to 0 or 1 and the textbook's factors are infinite. */
typedef struct Fusion {
    const char *activation, *loss;
    const char *slope; /* ∂L/∂z, over y and yhat */
    double (*derivative)(double y, double yhat);
    /* The sum of the terms, from z; NULL: from the outputs, as the loss has it. */
    double (*total)(int count, const double *z, const double *y);
} Fusion;

/* The fusion of these two, or NULL. */
const Fusion *fusion_find(const Activation *activation, const Loss *loss);

/* The perceptron's: a step with a hinge loss. The step's slope is 0 and would stop all
   learning, so the hinge's slope is passed through as if the step were the identity: -y where
   the sign is wrong, 0 where it is right (Rosenblatt's rule). No derivative of L, so `total`
   is NULL. NULL for other pairs. */
const Fusion *fusion_trick(const Activation *activation, const Loss *loss);

/* Whether LOSS makes sense on outputs of ACTIVATION, and with the targets Y[COUNT];
   the error says why not and what would. */
bool loss_fits(const Loss *loss, const Activation *activation, int outputs, Error *err);
bool loss_accepts(const Loss *loss, const double *y, int count, Error *err);

#endif
