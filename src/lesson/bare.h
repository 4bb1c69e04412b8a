/* The bare form of a lesson: a command a line. Private to the reader. */
#ifndef LESSON_BARE_H
#define LESSON_BARE_H

#include "lesson/passages.h"

/* Adds a step for each line that is no comment, and a paragraph for the comments between them. */
bool bare_read(PassageReader *passages);

#endif
