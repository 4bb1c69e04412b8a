/* The listing: the training loop as a program to read, the notes' algorithm in numbered lines with
   an arrow at the one that comes next.

   What the lines say follows from the settings: rows or batches, the loss, the optimizer. Their
   numbers do not: a phase of the loop has the same one in every mode, and a formula that takes
   more room stands below its line without a number. It only reads; nothing is computed. */
#ifndef SHOW_LISTING_H
#define SHOW_LISTING_H

#include "session/phase.h"
#include "session/state.h"

/* Emits the lines, and below them where the loop stands; without a network, or a row that fits
   it, the lines alone. */
void listing_emit(Session *session);

/* The line of PHASE. */
int listing_line(Phase phase);

/* Whether the loop comes to LINE (from 1): with *PHASE as the next one, and, if *FIRST, only at an
   epoch's first row. It does not come to what `init` has done, nor to lines that do not exist. */
bool listing_phase(long line, Phase *phase, bool *first);

#endif
