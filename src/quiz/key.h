/* Keys: the expressions of a question, evaluated where a session stands, without a trace
   (probe.h). `grad w11^2` means dL/dw11^2. */
#ifndef QUIZ_KEY_H
#define QUIZ_KEY_H

#include "session/state.h"

typedef struct Key {
    double value;   /* finite */
    bool gradient;  /* it is ∂L/∂element and nothing else */
    size_t element; /* ... of the present network */
} Key;

/* TEXT with `grad` spelled as a derivative, in the session's arena. */
const char *key_text(Session *session, const char *text);

/* Evaluates TEXT, at COLUMN of the line. */
bool key_read(Session *session, const char *text, int column, Key *key, Error *err);

/* TEXT as a tree whose leaves are not looked up. */
bool key_parse(Session *session, const char *text, const Expr **expr, Error *err);

/* What a person has typed: a number, arithmetic or (*FORMULA) something with names in it; but no
   derivative, since these are what is asked. Nothing is looked up yet. */
bool key_check_answer(Session *session, const char *text, bool *formula, Error *err);

/* A name in ANSWER that KEY knows nothing of, in the session's arena. NULL: there is none, or what
   KEY is about are not names of its own (x, w) but the network's, or one of them cannot be read. */
const char *key_stranger(Session *session, const char *key, const char *answer);

/* Whether EXPR has a derivative anywhere. */
bool key_has_derivative(const Expr *expr);

/* Whether ANSWER is no farther from VALUE than TOLERANCE; if that is 0, it is to be equal where
   VALUE is a whole number, and within half a unit of the fourth significant digit elsewhere. */
bool key_is_near(double answer, double value, double tolerance);

/* Whether it must be met exactly, unless told otherwise. */
bool key_is_whole(double value);

/* Where ANSWER could not be read or judged: a better error when it is prose, or a number with a
   comma. False. */
bool key_refuse_unreadable(const char *answer, Error *err);

#endif
