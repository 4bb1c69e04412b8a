/* Probes: the numbers of a run, read without a trace.

   What a condition looks at must not show in the memo, nor in the numbers of the pass: the run is
   to be the same with and without it. So a probe reads what lies ready in the session's pass, and
   computes everything else on a copy, which it makes when it first needs one: at most once per
   update forward and once backward. To the bit these are the numbers that `print` shows at the
   same place: parameters as they are now; nodes, L and derivatives of the present batch, with the
   parameters that the update began with.

   A probe borrows the session and lasts no longer than one command. */
#ifndef SESSION_PROBE_H
#define SESSION_PROBE_H

#include "session/reading.h"

typedef struct Probe Probe;

Probe *probe_new(const Session *session);
void probe_free(Probe *probe);

/* The run has moved on to another update, or parameters were written. */
void probe_stale(Probe *probe);

/* The number that READING, made in the same command, is of. The run may be anywhere; the loss can
   take the batch's targets. */
double probe_read(Probe *probe, const Reading *reading);

/* A copy of the session's pass, gone forward with the present batch, to try something out: the
   probe's own. */
Pass *probe_pass(Probe *probe);

/* In the middle of the update phase the parameters in the session's pass are not those that its
   nodes and derivatives belong to: then only a probe can read what is not there yet. */
bool probe_needed(const Session *session);

#endif
