#include <string.h>

#include "session/phase.h"

static const char *const names[PHASES] = {
    [PHASE_ROW] = "row",           [PHASE_FORWARD] = "forward", [PHASE_LOSS] = "loss",
    [PHASE_BACKWARD] = "backward", [PHASE_UPDATE] = "update",   [PHASE_EPOCH] = "epoch",
};

const char *phase_name(Phase phase)
{
    return names[phase];
}

bool phase_named(const char *name, Phase *phase)
{
    int i = 0;
    while (i < PHASES && strcmp(names[i], name) != 0) i++;
    if (i == PHASES) return false;
    *phase = (Phase)i;
    return true;
}
