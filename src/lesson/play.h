/* Playing a lesson: one thing at a time, to somebody who goes on, back, or aside.

   What is played goes to the session's sink: prose, commands and what they print, questions and
   what is said to the answers. Whoever follows it, on a terminal or in a test, is a Viewer. The
   lesson, the session, the viewer and the standing are the caller's; the session is a fresh one of
   the lesson's own.

   Going back goes to bookmarks of the session (bookmark.h). They may take PLAY_BYTES: beyond these
   every other one is dropped, and from one that is left the commands are run again, which comes to
   the same, since nothing in a session is left to chance. */
#ifndef LESSON_PLAY_H
#define LESSON_PLAY_H

#include "lesson/lesson.h"
#include "lesson/progress.h"
#include "session/session.h"

enum { PLAY_BYTES = 64 * 1024 * 1024 };

/* Instead of a key or a line. */
enum {
    VIEWER_GONE = -1,        /* nobody is there any more */
    VIEWER_INTERRUPTED = -2, /* Ctrl-C */
    VIEWER_REFUSED = -3      /* what was typed is no line, and that was said */
};

typedef struct Viewer {
    /* Waits for a key, and meanwhile says HINT: the key's character, '\n' for Enter. */
    int (*key)(void *self, const char *hint);
    /* Reads a line after PROMPT: its length, and *LINE until the next call. NULL: nobody answers,
       so that questions are answered by the lesson. */
    long (*line)(void *self, const char *prompt, const char **line);
    /* A prompt for commands on the lesson's session, until it is left. NULL: none. */
    void (*live)(void *self);
    int (*width)(void *self); /* columns, now */
    /* The standing has changed. */
    void (*reached)(void *self, const Standing *standing);
    void *self;
} Viewer;

typedef struct PlayOptions {
    const Lesson *lesson;
    Session *session;
    const Viewer *viewer;
    Standing *standing;     /* where to begin: the steps behind are run unseen */
    const char *resume;     /* the command that takes it up again, and that which begins it anew; */
    const char *anew;       /* NULL: it is not kept how far it was played */
    const char *next_title; /* of the lesson that comes after; NULL: none does */
    const char *next;       /* the command for it; or NULL */
    bool bare;              /* only commands are of interest, not what is between them */
} PlayOptions;

typedef enum PlayEnd {
    PLAY_FINISHED,
    PLAY_NEXT,       /* finished, and the next one is asked for */
    PLAY_LEFT,       /* before the end */
    PLAY_FAILED,     /* a step failed and should not, and nobody was there to see to it */
    PLAY_INTERRUPTED /* Ctrl-C */
} PlayEnd;

PlayEnd play(const PlayOptions *options);

/* How many questions LESSON has. */
int play_questions(const Lesson *lesson);

#endif
