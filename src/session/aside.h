/* Derivations aside: what `grad` would show, without a trace in the memo.

   They are derived on a copy of the pass, at which the session's explainer looks meanwhile; what
   they remember of each other they forget at the end. */
#ifndef SESSION_ASIDE_H
#define SESSION_ASIDE_H

#include "explain/derivation.h"
#include "session/probe.h"

typedef struct Aside {
    Session *session;
    Probe *probe;
    Pass *pass;  /* the copy */
    Arena words; /* the names that its memo points to */
} Aside;

/* The values of a forward pass must be there. To be ended before the command is. */
Aside aside_begin(Session *session);
void aside_end(Aside *aside);

/* As derive_gradient; BY is copied. */
bool aside_derive(Aside *aside, size_t element, const char *by, const DerivationSink *sink);

#endif
