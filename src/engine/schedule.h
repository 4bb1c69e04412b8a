/* Schedules: how the learning rate changes from epoch to epoch, one row each, in schedule.c.

   A schedule computes η anew from the rate that was set and the number of epochs that have
   ended; it keeps nothing. The formulas are those of PyTorch's torch.optim.lr_scheduler:
   StepLR, LambdaLR for 1/t, and CosineAnnealingLR's closed form, which here stays at its
   end when the epochs are over. */
#ifndef ENGINE_SCHEDULE_H
#define ENGINE_SCHEDULE_H

#include <stddef.h>

#include "engine/knob.h"

typedef struct Schedule {
    const char *name, *summary;
    const char *formula; /* η, over eta0, epoch, pi and the knobs' letters */
    Knob knobs[KNOBS];
    /* η after EPOCH epochs, from ETA0, the rate that was set. */
    double (*rate)(const double *knobs, double eta0, double epoch);
} Schedule;

const Schedule *schedule_row(size_t index); /* NULL past the last */
const Schedule *schedule_find(const char *name);
const Schedule *schedule_constant(void);

#endif
