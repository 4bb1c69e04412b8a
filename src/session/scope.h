/* Typed expressions, evaluated where the session stands. */
#ifndef SESSION_SCOPE_H
#define SESSION_SCOPE_H

#include "base/words.h"
#include "session/state.h"

/* Parses TEXT, at COLUMN of the line, with the session's symbols, derivatives, norms and
   names (reading.h); what a symbol needs (a forward pass, an adjoint) is computed. */
bool scope_parse(Session *session, const char *text, int column, const Expr **expr, Error *err);

/* The same, evaluated. */
bool scope_value(Session *session, const char *text, int column, double *value, Error *err);

/* The element that WORD names. */
bool scope_element(Session *session, const Word *word, size_t *element, Error *err);

/* The text of a row of the engine, all its names free. */
const Expr *scope_parse_row(Session *session, const char *text);

#endif
