/* One update of all parameters: forward, loss, all derivatives from the old parameters,
   new parameters.

   An update that meets or would leave a number that is not finite is not made: a node or L, a
   new parameter, or what the optimizer keeps of it. Everything stays as it was, and the first
   number that broke is named. */
#ifndef ENGINE_UPDATE_H
#define ENGINE_UPDATE_H

#include "engine/optimizer.h"
#include "engine/pass.h"

typedef enum UpdateResult {
    UPDATE_MADE,
    UPDATE_NODE_BROKE,      /* a node or L is not finite */
    UPDATE_GRADIENT_BROKE,  /* a derivative by a parameter, and with it the new one, is not */
    UPDATE_PARAMETER_BROKE, /* a new parameter is not, or what the optimizer keeps of it */
    UPDATE_GIVEN_UP         /* a large batch's, which was interrupted: see sweep.h */
} UpdateResult;

typedef struct Update {
    double *old;       /* [net->stored]: before it; owns the memory of all three */
    double *gradient;  /* [parameters]: as used, after clipping and weight decay */
    double *old_slots; /* [slots][parameters]: what the optimizer kept before it */
    double derivative; /* ∂L/∂w of the first parameter (see net_parameter), before both */
    double clipped;    /* and between the two */
    double loss;       /* before it */
    size_t broken;     /* the first element that is not finite; means nothing if it was made */
} Update;

/* Room for updates of PASS by OPTIMIZER. */
Update update_new(const Pass *pass, const Optimizer *optimizer);
void update_release(Update *update);

/* Makes one update with the batch that is in PASS; SLOTS are the optimizer's numbers. Forgets
   all values and adjoints of the pass when it is made. */
UpdateResult update_make(Update *update, Pass *pass, Descent *descent, double *slots);

/* Its two ends, for whoever changes the parameters between them one by one: UPDATE_BEGIN
   clips and keeps what was before (all adjoints must be there); UPDATE_END counts the update or
   takes it back. */
void update_begin(Update *update, Pass *pass, const Descent *descent, const double *slots);
UpdateResult update_end(Update *update, Pass *pass, Descent *descent, double *slots);

/* The same at full speed, keeping nothing, not even which node broke. A gradient or a parameter
   that broke is found by update_sound, not here. */
UpdateResult update_make_fast(Pass *pass, Descent *descent, double *slots);

/* Whether all parameters, running statistics and optimizer's numbers are finite. */
bool update_sound(const Pass *pass, const Descent *descent, const double *slots);

#endif
