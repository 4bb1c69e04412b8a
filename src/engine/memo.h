/* The memo: adjoints on demand, the chain rule with or without a memory. */
#ifndef ENGINE_MEMO_H
#define ENGINE_MEMO_H

#include "engine/pass.h"

/* The adjoint of an element (none of y, L and statistics), in the shown row, from the memo or
   computed now and remembered under BY; what lies on the way is computed and remembered too. Needs
   a forward pass. NaN when it was interrupted. */
double memo_adjoint(Pass *pass, size_t element, const char *by);

/* The same for an element that lies on the way of a request still to come: it does not
   count as a request of its own. */
void memo_remember(Pass *pass, size_t element, const char *by);

bool memo_knows(const Pass *pass, size_t element);

/* Whether ELEMENT's adjoint was known before the last request. */
bool memo_knew(const Pass *pass, size_t element);

/* The memo without what its last request computed, for whoever makes that request again only to see
   how: put in place of pass->memo, it leaves the one that was there alone. It knows by MARKS
   [net->elements], which are filled in. */
Memo memo_before(const Pass *pass, Mark *marks);

/* Whether it was interrupted. Without the memo the work is exponential in the depth, and through
   a batch norm it goes with the square of the rows, so it must be stoppable. */
bool memo_must_stop(Memo *memo);

/* How many multiplications the adjoint of ELEMENT takes when nothing is remembered. */
double memo_naive_cost(Pass *pass, size_t element);

#endif
