/* What a text would cost libcmark, found before it is handed over.

   libcmark (measured: 0.30.2) takes time and memory in proportion to the text's length, with three
   exceptions or excesses. A blank line takes time for each list that is open; a definition such as
   `[a]: url` is copied for every reference to it; and a sign that may mean something, a `*` or `[`,
   costs up to 190 bytes. So an adversary's 10 MB could take hours, or the machine's memory. The
   limits are far above what any text has that is written to be read. */
#ifndef LESSON_BURDEN_H
#define LESSON_BURDEN_H

#include "lesson/reader.h"

/* Whether what READER has yet to read, which stays unread, is within the limits. */
bool burden_check(Reader *reader);

#endif
