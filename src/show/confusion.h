/* Confusion tables: which classes a classifier takes for which. */
#ifndef SHOW_CONFUSION_H
#define SHOW_CONFUSION_H

#include "engine/score.h"
#include "session/state.h"

/* What class I is called: as in the file that DATA was read from, where the classes have names
   there, else the number that it is. */
const char *confusion_class(const Dataset *data, ScoreKind kind, int i);

/* Emits the table of SCORE, of which there is one, with the names that ROWS give the classes. */
void confusion_emit(Session *session, const Score *score, const Dataset *rows);

#endif
