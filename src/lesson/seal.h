/* Seals: `seal: 0123456789abcdef` in a lesson's front matter says what all of the file was when it
   was sealed, so that a changed digit is noticed wherever it stands. It guards against slips, not
   against forgery. */
#ifndef LESSON_SEAL_H
#define LESSON_SEAL_H

#include "lesson/lesson.h"

enum { SEAL_SIZE = 17 }; /* bytes of a seal, its NUL included */

/* The seal that LESSON should have: the FNV-1a hash (Fowler, Noll and Vo; 64 bits) of its source
   without the seal's own line, a byte order mark and what tells one kind of line ends from
   another. Any single byte that changes gives another. */
void seal_make(char seal[SEAL_SIZE], const Lesson *lesson);

/* Whether LESSON is as its seal says, or has none. */
bool seal_holds(const Lesson *lesson);

#endif
