/* Judging answers. */
#ifndef QUIZ_JUDGE_H
#define QUIZ_JUDGE_H

#include "explain/block.h"

typedef struct Session Session;
typedef struct Question Question; /* question.h */

typedef struct Verdict {
    bool right;
    const char *misconception; /* the name of the one that a wrong answer fits; or NULL */
    Prose words;               /* what is to be said of a wrong answer; count 0: nothing is known */
} Verdict;

/* Judges ANSWER to QUESTION where SESSION stands, and leaves it as it is:
     a choice, by its letter, its number or its words;
     a number, also arithmetic and formulas of the network's symbols, but no derivatives;
     of a symbolic question a formula that equals the key, see alike.h.
   A wrong answer is compared with the question's mistakes, and one about ∂L/∂… with all known
   misconceptions. False: the answer (or the key) cannot be read, and the error says why, with the
   column in ANSWER. The verdict is in the session's arena. */
bool question_judge(Session *session, const Question *question, const char *answer,
                    Verdict *verdict, Error *err);

#endif
