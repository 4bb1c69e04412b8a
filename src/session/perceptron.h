/* The perceptron: when a session's pass has its trick on (see loss.h), which points an update
   finds on the wrong side, and how it moves the line between the classes.

   It looks and tells; the updates are the trainer's. */
#ifndef SESSION_PERCEPTRON_H
#define SESSION_PERCEPTRON_H

#include "session/state.h"

/* Turns the trick on or off: it is on when the optimizer asks for it and the network suits it.
   For after a change of the network, the loss or the optimizer. */
void perceptron_settle(Session *session);

/* Whether the network suits the optimizer: the perceptron needs a single layer with a step
   activation and a hinge loss. The error says so, with a command that helps. */
bool perceptron_suits(const Session *session, Error *err);

/* Where the trick is on: says that what it passes back is no derivative of L. */
void perceptron_note_trick(Session *session);

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

/* The first MOST of them (MISTAKES_KEPT at most), a line each; and how many more there are. */
void perceptron_show_mistakes(Session *session, const Mistakes *mistakes, long most);

/* What parts the two classes: a line, with two inputs. */
const char *perceptron_border(const Net *net);

/* The sum z of output J of the only layer, over the inputs, with PARAMETERS for its weights and
   its bias: 2x₁ - 3x₂ + 1. */
const Expr *perceptron_sum(Session *session, const double *parameters, int j);

/* Where it is, output by output; only with so few inputs that an equation can be read. ONLY_MOVED:
   the outputs that the last update has moved. */
void perceptron_show_lines(Session *session, bool only_moved);

/* Where it was before the last update, and where it is now, for the outputs that it moved. */
void perceptron_show_moves(Session *session);

/* What the update that is now over did: the moves, or that nothing had to move. */
void perceptron_show_outcome(Session *session);

#endif
