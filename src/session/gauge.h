/* Gauges: expressions that are read again and again while the run moves: conditions, what is
   watched, what is displayed.

   One is compiled once per command, and lasts as long as the session's arena keeps that command's
   memory. Reading it leaves no trace in the session (probe.h). */
#ifndef SESSION_GAUGE_H
#define SESSION_GAUGE_H

#include "session/probe.h"

/* What lies at hand in the middle of training at full speed: see gauge_value_at_loss. */
enum { READS_AT_LOSS = READS_PARAMETERS | READS_LOSS | READS_EPOCH };

typedef struct Dial Dial; /* a leaf and its reading */

typedef struct Gauge {
    const Session *session;
    const Expr *expr;
    Dial *dials;
    unsigned reads; /* what the value depends on: bits of Reads; 0: it never changes */
} Gauge;

/* Compiles TEXT, at COLUMN of the line. The error is what scope_parse would say of its names;
   nothing is computed. */
bool gauge_compile(Session *session, const char *text, int column, Gauge *gauge, Error *err);

/* How many of the parameters, in the order of their updates, are new when all that it reads are; 0:
   it reads none. */
size_t gauge_settled(const Gauge *gauge);

/* The value where the run is. */
double gauge_value(const Gauge *gauge, Probe *probe);

/* VALUE, which it has where the run is, beside what comes out by hand there. Not known of what is
   true or false, nor of what no page computes. */
Hand gauge_by_hand(Session *session, const Gauge *gauge, double value);

/* The value before an update whose batch is known by its LOSS alone: for what reads no more than
   READS_AT_LOSS. Takes some nanoseconds. */
double gauge_value_at_loss(const Gauge *gauge, double loss);

#endif
