/* Multiple choice: what an answer names. */
#ifndef QUIZ_CHOICES_H
#define QUIZ_CHOICES_H

#include "base/arena.h"
#include "quiz/question.h"

/* Reads ANSWER: a choice's own words, or letters or numbers (a, B, 2; with blanks or commas between
   several). PICKED, [choice_count] in the arena, tells which; NULL when it is none of that. */
const bool *choices_read(const Question *question, const char *answer, Arena *arena);

/* The choice that WORD, as above, names alone; -1: none. */
int choices_find(const Question *question, const char *word);

/* Whether exactly the right ones are picked. */
bool choices_are_right(const Question *question, const bool *picked);

/* How choice I is called: "a)"; past the letters "27)". */
const char *choices_label(int i, Arena *arena);

/* How many are right. */
int choices_right(const Question *question);

#endif
