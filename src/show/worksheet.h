/* Worksheets: derivations to be worked out with a pencil, and their key. */
#ifndef SHOW_WORKSHEET_H
#define SHOW_WORKSHEET_H

#include "session/state.h"

/* Emits the sheet for the derivatives of L by ELEMENTS[0..COUNT); ELEMENTS NULL: by all parameters,
   in the notes' order. ANSWERS: nothing is blank. A row must be there. False when interrupted. */
bool worksheet_emit(Session *session, const size_t *elements, size_t count, bool answers,
                    Error *err);

#endif
