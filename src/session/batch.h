/* The batch that the pass holds, as it is told to people and programs: which rows it has. */
#ifndef SESSION_BATCH_H
#define SESSION_BATCH_H

#include "session/state.h"

/* The number, as people count, of a ROW (from 0) of the batch; for an explainer whose `rows` is
   SESSION. */
long batch_row_number(const void *session, int row);

/* Says which row is shown and what batch it is in, and gives programs the fields `row` and
   `batch`. Says nothing where there is a row alone. */
void batch_note(Session *session);

/* The same without the field `row`, for whoever gives it in any case. */
void batch_note_rows(Session *session);

/* Says, where a single row goes through a batch norm, which statistics that takes. */
void batch_note_norm(Session *session);

#endif
