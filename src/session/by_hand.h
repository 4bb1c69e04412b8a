/* Hand rounding: the page (explain/page.h) that goes along with a session's run while `set round`
   is on. It begins where that is set, with the numbers that stand there, or with `init`. */
#ifndef SESSION_BY_HAND_H
#define SESSION_BY_HAND_H

#include "session/reading.h"

/* For whoever puts another pass, or another update, in place: there is a page if there is to be
   one, and it knows the present pass; there is none any more; how it follows the trainer; what it
   had when the present update began. */
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

/* Likewise on the average of the epoch that ended last. */
Hand by_hand_average(const Session *session);

/* The number that READING is of; there must be a page. Whether that has it; else it is given. */
double by_hand_read(Session *session, const Reading *reading);
bool by_hand_has(const Reading *reading);

/* Whether no page has READING: how a node follows from another one through a batch's statistics. */
bool by_hand_lacks(const Session *session, const Reading *reading);

/* ELEMENT, a node or stored, as the page has it now; and the page for a PASS of other rows, of
   which it says nothing, to be freed. There must be a page. */
double by_hand_element(Session *session, size_t element);
Page *by_hand_for(Session *session, const Pass *pass);

/* The numbers [page->stored + page->slots] that an update by DESCENT (this one counted) leaves on
   the page, which is on its way or was just made; NULL: there is no page. */
const double *by_hand_after(Session *session, const Descent *descent);

#endif
