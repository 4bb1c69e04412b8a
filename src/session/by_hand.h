/* Hand rounding: the page (explain/page.h) that goes along with a session's run while `set round`
   is on. It begins where that is set, with the numbers that stand there, or with `init`. */
#ifndef SESSION_BY_HAND_H
#define SESSION_BY_HAND_H

#include "session/state.h"

/* For session.c and checkpoint.c: there is a page if there is to be one, and it knows the present
   pass; there is none any more; how it follows the trainer; what it had when the present update
   began. */
void by_hand_settle(Session *session);
void by_hand_end(Session *session);
Follower by_hand_follower(Session *session);
const Page *by_hand_beginning(const Session *session);

/* Another row: what the page says of this one does not hold for it. */
void by_hand_turn_page(Session *session);

/* Verdicts on what the session has computed; not known without a page. */
Hand by_hand_node(const Session *session, size_t element);
Hand by_hand_loss(const Session *session);
Hand by_hand_gradient(const Session *session, size_t element);

/* The numbers [page->stored + page->slots] that an update by DESCENT (this one counted) leaves on
   the page, which is on its way or was just made; NULL: there is no page. */
const double *by_hand_after(Session *session, const Descent *descent);

/* For programs: `hand` and `units_off`; nothing when HAND is not known. */
void by_hand_emit(Session *session, Hand hand);

/* `0.7228, equal` for people, and the two numbers for programs, as cells of a table. */
enum { HAND_CELLS = 3 };
extern const Column by_hand_columns[HAND_CELLS];
void by_hand_cells(Session *session, Hand hand, Cell cells[HAND_CELLS]);

#endif
