/* What the names in a typed expression stand for. */
#ifndef SESSION_SCOPE_H
#define SESSION_SCOPE_H

#include "session/arguments.h"
#include "session/state.h"

/* The names of a session's own numbers: lr, row, ...; NULL past the last. */
const char *scope_name(size_t index);

/* Parses TEXT, at COLUMN of the line, with the session's symbols, derivatives, and the names
   above; what a symbol needs (a forward pass, an adjoint) is computed. */
bool scope_parse(Session *session, const char *text, int column, const Expr **expr, Error *err);

/* The same, evaluated. */
bool scope_value(Session *session, const char *text, int column, double *value, Error *err);

/* The element that WORD names. */
bool scope_element(Session *session, const Word *word, size_t *element, Error *err);

/* Whether L has a derivative by ELEMENT, which was named at COLUMN. */
bool scope_derivable(const Session *session, size_t element, int column, Error *err);

/* The text of a row of the engine, all its names free. */
const Expr *scope_parse_row(Session *session, const char *text);

/* Whether no node is assumed: an assumed one does not follow its inputs, so that moving a
   value would say nothing about a derivative. */
bool scope_unpinned(const Session *session, Error *err);

#endif
