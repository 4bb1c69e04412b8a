/* What a text would cost libcmark, found before it is handed over.

   As measured with 0.30.2, libcmark takes time and memory in proportion to a text's length, but
   for four things: a blank line takes time for every list that is open, a line with many of their
   signs for all pairs of these, a `]` for all images that have begun before it in its paragraph;
   and a definition, `[name]: url`, is copied for every reference to it. And what may be a sign is
   not cheap: some 200 bytes for a `*`. So 10 MB could take hours or all memory. The limits are far
   above what any text needs that is written to be read. */
#ifndef LESSON_BURDEN_H
#define LESSON_BURDEN_H

#include "lesson/reader.h"

/* Whether what READER has yet to read, and which stays unread, is within the limits. */
bool burden_check(Reader *reader);

#endif
