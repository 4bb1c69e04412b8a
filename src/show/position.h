/* Where the run stands: epoch, row, phase, and what comes next. Every stop says it in the same
   words.

   It only reads. Numbers count from 1, as people do. */
#ifndef SHOW_POSITION_H
#define SHOW_POSITION_H

#include "session/state.h"

/* Emits the line, and for programs the field `event`: {epoch, row, phase, symbol}. The symbol is
   the node or the parameter that the phase comes to next, null where it has none. A row that fits
   the network must be in place. */
void position_emit(Session *session);

/* Adds `1:2 forward o11`: the epoch, the row or the batch, the phase, and what comes next in it.
   Plain ASCII. */
void position_spell(const Session *session, Text *text);

#endif
