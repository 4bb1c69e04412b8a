/* The table of contents: which lessons there are, and what is done of each. */
#ifndef LESSON_CONTENTS_H
#define LESSON_CONTENTS_H

#include "lesson/progress.h"
#include "session/session.h"

typedef struct ContentsRow {
    const char *name, *title;
    Standing standing;
} ContentsRow;

/* Emits ROWS[0..COUNT), what is in FOLDER (or NULL), into SESSION, as the command that is being
   executed. */
void contents_show(Session *session, const char *folder, const ContentsRow *rows, int count);

/* ... that the lesson NAME begins anew. */
void contents_show_reset(Session *session, const char *name);

#endif
