/* Updates, shown: a run of them in a table, and the last in full: what it did to the parameters,
   and how. They are kept by whoever makes them; nothing is computed here. */
#ifndef SHOW_STEPS_H
#define SHOW_STEPS_H

#include "session/motion.h"
#include "session/perceptron.h"

enum { STEP_PARAMETERS = 3 }; /* that have a column each when several updates are listed */

/* One of the updates of a run. */
typedef struct Step {
    long number;                   /* of all updates so far, from 1 */
    size_t row;                    /* from 1; the first of a batch */
    int rows;                      /* in the batch */
    Descent descent;               /* that made it: the next epoch may have another η */
    double loss;                   /* before it */
    double yhat;                   /* of the first output, before it */
    double after[STEP_PARAMETERS]; /* the first parameters, after it */
    Hand hand;                     /* ... as all these were by hand */
    Hand yhat_hand;
    Hand after_hand[STEP_PARAMETERS];
    Mistakes mistakes; /* the perceptron's */
} Step;

/* What one update did to the parameters: [parameters] each; BY_HAND only with a page. The next one,
   which may be stopped in its midst, has other numbers. */
typedef struct StepChanges {
    double *old, *gradient, *now, *by_hand;
} StepChanges;

/* How a run of updates went. */
enum { STEPS_KEPT = 20 };
typedef struct Steps {
    long asked, made;
    Step recent[STEPS_KEPT]; /* the last of them */
    StepChanges changes;     /* of the last */
    Motion motion;
} Steps;

/* The table of what an update did to the parameters, and its rows for one that DESCENT made. */
Table steps_table(Session *session);
void steps_show_changes(Session *session, const StepChanges *changes, const Descent *descent);

/* What STEPS, of which at least one was made, did; for programs the last one's `row` and `loss`. */
void steps_show(Session *session, const Steps *steps);

#endif
