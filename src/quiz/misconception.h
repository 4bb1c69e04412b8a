/* Misconceptions: what a wrong derivative gives away.

   Every known mistake is made on the present network (slip.h), and the one whose value is the
   answer is named. */
#ifndef QUIZ_MISCONCEPTION_H
#define QUIZ_MISCONCEPTION_H

#include "quiz/key.h"
#include "quiz/slip.h"

typedef struct Misconception {
    const char *name;
    const char *message; /* what was forgotten */
    const char *notes;   /* where the lecture notes have it */
    SlipValue *value;
} Misconception;

/* The one that makes NUMBER of the derivative KEY (its value here; TOLERANCE as key_is_near takes
   it), or FORMULA, whatever the numbers. NULL when none does, or several do; what comes to the
   right value is no mistake. KEY is a gradient that was read in the same command. */
const Misconception *misconception_of_number(Session *session, const Key *key, double number,
                                             double tolerance);
const Misconception *misconception_of_formula(Session *session, const Key *key,
                                              const char *formula);

#endif
