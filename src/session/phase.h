/* The names of the loop's phases, the same words wherever they are typed or shown. */
#ifndef SESSION_PHASE_H
#define SESSION_PHASE_H

#include "engine/trainer.h"

enum { PHASES = PHASE_EPOCH + 1 };

const char *phase_name(Phase phase);

/* Whether NAME is one; *PHASE is which. */
bool phase_named(const char *name, Phase *phase);

#endif
