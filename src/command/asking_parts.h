/* The inside of asking: for its files and its commands. */
#ifndef COMMAND_ASKING_PARTS_H
#define COMMAND_ASKING_PARTS_H

#include "base/words.h"
#include "command/asking.h"
#include "quiz/judge.h"

/* Of the question that is open, whoever asks it: what each of these commands does. */
bool asking_show(Session *session, Error *err);
bool asking_hint(Session *session, Error *err);
bool asking_skip(Session *session, Error *err);
bool asking_answer(Session *session, const char *line, Error *err);
bool asking_begin(Session *session, const char *symbol, int column, Error *err);

/* Whether LINE, of these WORDS, is an answer to an open question. */
bool asking_takes(Session *session, const char *line, const Words *words);

/* What the first of the WORDS of a line stands for: where a question is open, `h` alone is its
   hint and not help. */
const char *asking_word(const Session *session, const Words *words);

void asking_close(Session *session, AskingState state);

/* Says what became of an answer, and counts it if it is wrong. */
void asking_tell(Session *session, const Verdict *verdict);

/* WORDS, for people with our words BEFORE them, for programs the field KEY. */
void asking_say(Session *session, const char *before, const char *key, Prose words);

/* Shows how ∂L/∂SYMBOL is derived, as `grad` does. */
bool asking_derive(Session *session, Symbol symbol, Error *err);

/* The chain of `ask SYMBOL`, factor by factor and at last their product. */
enum { ASKING_CHAIN_HINTS = 2 };
bool asking_chain_show(Session *session, Error *err);
bool asking_chain_hint(Session *session, Error *err);
bool asking_chain_skip(Session *session, Error *err);
bool asking_chain_answer(Session *session, const char *answer, Error *err);

#endif
