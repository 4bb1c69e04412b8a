/* A session as a script: commands that restore its model exactly. */
#ifndef COMMAND_SAVE_H
#define COMMAND_SAVE_H

#include "base/text.h"
#include "session/state.h"

/* Adds the script to TEXT: network, data, row, settings, parameters and what the
   optimizer remembers, with digits that read back equal. */
void save_script(const Session *session, Text *text);

#endif
