/* `ask SYMBOL`: the chain rule, one factor at a time, and at last their product.

   The chain is the one that `grad` would show, derived on a copy so that nothing is remembered; it
   is derived anew for every line, since the network may have changed in between. */
#ifndef COMMAND_ASKING_CHAIN_H
#define COMMAND_ASKING_CHAIN_H

#include "session/state.h"

enum { ASKING_CHAIN_HINTS = 2 };

/* Opens the question for the first factor of ∂L/∂SYMBOL, which was named at COLUMN. */
bool asking_chain_begin(Session *session, const char *symbol, int column, Error *err);

/* The factor that is asked for: shown, hinted at, given away, answered. */
bool asking_chain_show(Session *session, Error *err);
bool asking_chain_hint(Session *session, Error *err);
bool asking_chain_skip(Session *session, Error *err);
bool asking_chain_answer(Session *session, const char *answer, Error *err);

#endif
