/* One update of all parameters: forward, loss, all derivatives from the old parameters,
   new parameters.

   An update that would leave a number that is not finite is not made: parameters and
   optimizer stay as they were, and the first such number is named. */
#ifndef ENGINE_UPDATE_H
#define ENGINE_UPDATE_H

#include "engine/optimizer.h"
#include "engine/pass.h"

typedef enum UpdateResult {
    UPDATE_MADE,
    UPDATE_NODE_BROKE,      /* a node or L is not finite */
    UPDATE_GRADIENT_BROKE,  /* a derivative by a parameter is not */
    UPDATE_PARAMETER_BROKE, /* a new parameter would not be, or what the optimizer keeps of it */
} UpdateResult;

typedef struct Update {
    double *old;       /* [parameters]: before it; owns the memory of all three */
    double *gradient;  /* [parameters]: as used, after clipping */
    double *old_slots; /* [slots][parameters]: what the optimizer kept before it */
    double loss;       /* before it */
    size_t broken;     /* the first element that is not finite, if it was not made */
} Update;

/* Room for updates of PASS by OPTIMIZER. */
Update update_new(const Pass *pass, const Optimizer *optimizer);
void update_release(Update *update);

/* Makes one update; SLOTS are the optimizer's numbers. Forgets all values and adjoints of
   the pass when it is made. */
UpdateResult update_make(Update *update, Pass *pass, Descent *descent, double *slots);

#endif
