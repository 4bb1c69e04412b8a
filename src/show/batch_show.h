/* The batch that the pass holds, as it is told to people and programs: which rows it has. */
#ifndef SHOW_BATCH_SHOW_H
#define SHOW_BATCH_SHOW_H

#include "session/state.h"

/* Says which row is shown and what batch it is in, and gives programs the fields `row` and
   `batch`. Says nothing where there is a row alone. */
void batch_note(Session *session);

/* The same without the field `row`, for whoever gives it in any case. */
void batch_note_rows(Session *session);

/* Says, where a single row goes through a batch norm, which statistics that takes. */
void batch_note_norm(Session *session);

/* Says so when the data that is loaded does not fit the network. */
void batch_note_misfit(Session *session);

#endif
