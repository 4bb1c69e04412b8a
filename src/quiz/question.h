/* Questions: what a quiz asks, and whether an answer is right.

   A question is plain data; whoever asks it owns it. Its key and its known mistakes are expressions
   over the session that it is asked in, so that they hold for the numbers that are there. */
#ifndef QUIZ_QUESTION_H
#define QUIZ_QUESTION_H

#include "base/error.h"

typedef struct Session Session;

/* A known mistake, and what to say then. */
typedef struct Mistake {
    const char *expression; /* what it comes to; where there are choices: one that is wrong */
    const char *message;
    long line;
} Mistake;

typedef struct Choice {
    const char *text;
    bool right;
} Choice;

typedef struct Question {
    const char *text;
    const char *answer; /* an expression, a number, or `grad w11^2`; NULL: one of the choices */
    bool symbolic;      /* any expression equal to it is right */
    double tolerance;   /* of a numeric answer; 0: see question_wanted */
    const char *const *hints; /* from the faintest to the clearest */
    int hint_count;
    const Mistake *mistakes;
    int mistake_count;
    const Choice *choices;
    int choice_count;
    long line; /* of the key, in its file; 0: none */
} Question;

/* Whether QUESTION can be asked where SESSION stands. Its key and all its mistakes have values, and
   no mistake that of the key or of another, as far as the digits wanted tell; mistakes among
   choices name each another one that is wrong. Else it is stale, and the error, with the *LINE of
   what it is about, says why. */
bool question_check(Session *session, const Question *question, long *line, Error *err);

/* Which digits an answer must have: "exactly", "to 3 decimals", "to 4 significant digits"; what
   else it is to be: "a formula", "one of these". In the session's arena or for ever. */
const char *question_wanted(Session *session, const Question *question);

#endif
