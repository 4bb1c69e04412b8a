/* A lesson's source with what is printed now in place of the output that differs from it.

   It is a Report: it listens to a check. Lines that match stay as they are written, wildcards and
   all; where only the numbers of a line have changed, they keep the number of digits. */
#ifndef LESSON_RENEWAL_H
#define LESSON_RENEWAL_H

#include "lesson/report.h"

typedef struct Renewal {
    Report report;        /* first */
    const Lesson *lesson; /* not owned */
    Report *told;         /* of what is rewritten; not owned */
    Text source;          /* as far as it is known */
    size_t copied;        /* bytes of the old source that are done with */
    Arena arena;          /* of the lines of one step */
    long steps;           /* rewritten */
    long failing;         /* of these: what was to succeed fails */
} Renewal;

void renewal_init(Renewal *renewal, const Lesson *lesson, Report *told);

/* All steps were run: completes the source. */
void renewal_finish(Renewal *renewal);

void renewal_release(Renewal *renewal);

#endif
