/* The front matter of a lesson: lines `key: value` between two lines `---`. Private to the
   reader. */
#ifndef LESSON_FRONT_H
#define LESSON_FRONT_H

#include "lesson/reader.h"

/* Reads it, if the lesson begins with one. */
bool front_read(Reader *reader);

#endif
