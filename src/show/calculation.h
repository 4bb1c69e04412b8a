/* The calculation of one row, shown step by step: its inputs, a node, L, a derivative. `row`,
   `forward`, `loss` and `grad` show it in these blocks, and so does every event of the loop.

   What is shown must have been computed; only a derivative is asked for here, through the
   memo. */
#ifndef SHOW_CALCULATION_H
#define SHOW_CALCULATION_H

#include "session/state.h"

/* The inputs and targets of the present row, with its number among several; for programs `x` and
   `y`. Needs no network. */
void calculation_show_row(Session *session);

/* The formula of ELEMENT, a node, with its numbers; before a batch norm's n those of the mean and
   the variance that it takes. */
void calculation_show_node(Session *session, size_t element);

/* Likewise L, and of a batch the mean of all rows' L; for programs their `losses`. */
void calculation_show_loss(Session *session);

/* Derives L by ELEMENT, asked for by BY (see memo.h), and shows how. False when interrupted. */
bool calculation_show_gradient(Session *session, size_t element, const char *by);

/* What is to be said below such derivations. Without a memo what they took since MULTIPLICATIONS
   had been done: */
void calculation_note_cost(Session *session, double multiplications);

/* And what L stands for in a batch, if the way to L leads through a batch norm from LOWEST, the
   element that is farthest from it; and the perceptron's trick. Whether there was any of that. */
bool calculation_note_gradient(Session *session, size_t lowest);

#endif
