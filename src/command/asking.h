/* Asking: the one question that a session may have open.

   `ask` opens one for each factor of a chain in turn, a lesson its own with asking_open. While one
   is open the prompt says so, and a line that is no command is an answer to it (short for a command
   is only what its arguments fit): whoever asks hands on lines to session_execute as ever, and
   looks here for what has become of the question.
   `hint`, `skip` and `ask stop` are commands, for people; all other commands work, too, and the
   answer is judged by the network as it is then. A wrong answer is no failed command; one that
   cannot be read is.

   A question is no part of what `undo` takes back. The session holds the Asking; a lesson's
   Question is only borrowed, until it is no longer open. */
#ifndef COMMAND_ASKING_H
#define COMMAND_ASKING_H

#include "base/words.h"
#include "quiz/judge.h"
#include "session/state.h"

/* What was asked last, and what has become of it. */
const Asking *asking_state(const Session *session);

/* Asks QUESTION as a command of its own would: its text, its choices, what is wanted. What was open
   is stopped. False: it cannot be asked here, and the failure went to the sink. */
bool asking_open(Session *session, const Question *question);

/* The question that has just been opened was left open before, after HINTS and WRONG answers: these
   count on. */
void asking_count_on(Session *session, int hints, int wrong);

/* Whether `hint` has something more to say. */
bool asking_has_hint(const Session *session);

/* Adds the prompt of an open question: `dL/dyhat = `. */
void asking_prompt(const Asking *asking, Text *text);

/* Whether LINE, of these WORDS, is an answer to an open question. */
bool asking_takes(Session *session, const char *line, const Words *words);

/* What the first of the WORDS of a line stands for: where a question is open, `h` alone is its
   hint and not help. */
const char *asking_word(const Session *session, const Words *words);

/* Of the question that is open, whoever asks it: what these commands do, and an answer. */
bool asking_show(Session *session, Error *err);
bool asking_hint(Session *session, Error *err);
bool asking_skip(Session *session, Error *err);
bool asking_answer(Session *session, const char *line, Error *err);

/* It is no longer open. */
void asking_close(Session *session, AskingState state);

/* Says what became of an answer, and counts it if it is wrong. */
void asking_tell(Session *session, const Verdict *verdict);

/* WORDS, for people with our words BEFORE them, for programs the field KEY. */
void asking_say(Session *session, const char *before, const char *key, Prose words);

/* Shows how ∂L/∂SYMBOL is derived, as `grad` does. */
bool asking_derive(Session *session, Symbol symbol, Error *err);

#endif
