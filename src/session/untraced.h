/* Untraced derivations: what `grad` would show, without a trace in the memo.

   They are derived on a copy of the pass, at which the session's explainer looks meanwhile; what
   they remember of each other they forget at the end. */
#ifndef SESSION_UNTRACED_H
#define SESSION_UNTRACED_H

#include "explain/derivation.h"
#include "session/probe.h"

typedef struct Untraced {
    Session *session;
    Probe *probe;
    Pass *pass;  /* the copy */
    Arena words; /* the names that its memo points to */
} Untraced;

/* The values of a forward pass must be there. To be ended before the command is. */
Untraced untraced_begin(Session *session);
void untraced_end(Untraced *untraced);

/* As derive_gradient; BY is copied. */
bool untraced_derive(Untraced *untraced, size_t element, const char *by,
                     const DerivationSink *sink);

#endif
