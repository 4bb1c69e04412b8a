/* The perceptron, shown: its mistakes, the lines between the classes, and how these move. */
#ifndef SHOW_PERCEPTRON_SHOW_H
#define SHOW_PERCEPTRON_SHOW_H

#include "session/perceptron.h"

/* Where the trick is on: says that what it passes back is no derivative of L. */
void perceptron_note_trick(Session *session);

/* The first MOST of MISTAKES (MISTAKES_KEPT at most), a line each; and how many more there are. */
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
