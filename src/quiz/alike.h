/* Likeness: whether two formulas say the same, whatever the numbers.

   They are compared at random points, always the same ones. Every name is a free variable, so that
   z11 is not what z11 is computed from. But a derivative, whose closed form may be written in many
   ways, is compared on whole networks: parameters and row are drawn, nodes and derivatives follow
   from them, and o11*(1 - o11) is as good as sigmoid(z11)*(1 - sigmoid(z11)). */
#ifndef QUIZ_ALIKE_H
#define QUIZ_ALIKE_H

#include "quiz/slip.h"
#include "session/state.h"

enum { ALIKE_POINTS = 20 };

/* Whether two texts are alike: equal at all points; not where there are too few at which both are
   finite. FIRST, the key, decides what the names stand for. The error says what is wrong with one
   of them. */
bool alike_compare(Session *session, const char *first, const char *second, bool *same, Error *err);

/* The same for an ANSWER and a derivative that is taken wrongly, on every network that is drawn. */
typedef struct WrongWay {
    SlipValue *value; /* which has this variant for the network */
    int variant;
    size_t element;
    double rate;
} WrongWay;
bool alike_compare_wrong(Session *session, const WrongWay *way, const char *answer, bool *same,
                         Error *err);

/* Whether TEXT is finite at as many points. */
bool alike_ready(Session *session, const char *text, Error *err);

#endif
