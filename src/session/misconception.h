/* Misconceptions: what a wrong derivative gives away.

   Every known mistake is made on the present network (slip.h), and the one whose value is the
   answer is named. */
#ifndef SESSION_MISCONCEPTION_H
#define SESSION_MISCONCEPTION_H

#include "session/slip.h"
#include "session/state.h"

typedef struct Misconception {
    const char *name;
    const char *message; /* what was forgotten */
    const char *notes;   /* where the lecture notes have it */
    SlipValue *value;
} Misconception;

/* All of them; NULL past the last. */
const Misconception *misconception_row(size_t index);

/* The one that makes ANSWER of ∂L/∂ELEMENT, which is RIGHT; TOLERANCE as key_slack takes it. NULL
   when none does, or several do. What comes to the right value is no mistake. The values of a
   forward pass must be there, or may be computed. */
const Misconception *misconception_find(const Session *session, size_t element, double right,
                                        double answer, double tolerance);

#endif
