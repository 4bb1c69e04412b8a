/* The perceptron: when a session's pass has its trick on (see loss.h), and which points an update
   finds on the wrong side.

   It only looks; the updates are the trainer's. */
#ifndef SESSION_PERCEPTRON_H
#define SESSION_PERCEPTRON_H

#include "session/state.h"

/* Turns the trick on or off: it is on when the optimizer asks for it and the network suits it.
   For after a change of the network, the loss or the optimizer. */
void perceptron_settle(Session *session);

/* Whether the network suits the optimizer: the perceptron needs a single layer with a step
   activation and a hinge loss. The error says so, with a command that helps. */
bool perceptron_suits(const Session *session, Error *err);

/* The outputs that an update finds wrong. */
enum { MISTAKES_KEPT = 20 };
typedef struct Mistake {
    size_t row; /* of the data, from 0 */
    int output; /* from 0 */
} Mistake;
typedef struct Mistakes {
    Mistake kept[MISTAKES_KEPT]; /* the first of them */
    long count;
} Mistakes;

/* Those that the next update will find; none when the trick is off. */
void perceptron_look(Session *session, Mistakes *mistakes);

#endif
