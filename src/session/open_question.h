/* What a session knows of the one question that it may have open. How it is asked and answered is
   in command/asking.h; here it is only held. */
#ifndef SESSION_OPEN_QUESTION_H
#define SESSION_OPEN_QUESTION_H

#include "engine/symbol.h"

typedef struct Question Question;

typedef enum AskingState {
    ASKING_NOTHING,
    ASKING_OPEN,
    ASKING_ANSWERED, /* rightly */
    ASKING_SKIPPED,  /* the answer was shown */
    ASKING_STOPPED   /* given up, or there is nothing left that it is about */
} AskingState;

typedef struct Asking {
    AskingState state;
    const Question *question; /* a lesson's; NULL: one of `ask` */
    int hints;                /* given so far */
    int wrong;                /* answers */
    Symbol of, upper, lower; /* of `ask`: the chain is that of ∂L/∂of, and ∂upper/∂lower is asked */
    int factor;              /* which one, from 0; as many as there are: their product */
} Asking;

#endif
