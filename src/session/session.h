/* A session: everything a user can see and change.

   It owns the model, its history and the settings, and emits blocks into the sink it was given; it
   knows no terminal and prints nothing. What changes it are commands. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "explain/block.h"
#include "render/style.h"

typedef struct Session Session;

/* How a command ended. */
typedef enum Outcome {
    OUTCOME_OK,
    OUTCOME_FAILED,      /* the failure went to the sink; the state is as before, but for a
                            `step N` or `source` that keeps what it did before it failed */
    OUTCOME_INTERRUPTED, /* likewise; `interrupted` was set while it worked */
    OUTCOME_QUIT         /* the user asked to leave */
} Outcome;

/* How far long work has come. */
typedef struct Progress {
    double done, total; /* epochs; of the present one the part that is done */
    double loss;        /* the average of the last that ended; NAN: of no interest */
} Progress;

/* What commands may do to files. */
typedef enum Access {
    ACCESS_ALL,    /* what a person types, or a script of theirs */
    ACCESS_READ,   /* a lesson: ordinary files are read, none is written */
    ACCESS_SHIPPED /* a fuzzer: only shipped data is read */
} Access;

/* What `lesson` asks for. */
typedef struct LessonRequest {
    const char *name; /* NULL: a list of all */
    int column;       /* of the name */
    bool reset;       /* forget how far it was played */
    long from;        /* the step to begin at, from 1; 0: where it was left */
    double delay;     /* seconds after which it goes on by itself; negative: it waits */
} LessonRequest;

/* Who plays lessons: a session knows none. */
typedef struct Teacher {
    /* May emit into SESSION, and leaves it as it is. */
    bool (*teach)(void *self, Session *session, const LessonRequest *request, Error *err);
    void (*names)(void *self, void (*each)(void *each_self, const char *name), void *each_self);
    void *self;
} Teacher;

/* Folders with data/ for `data NAME`, in the order in which they are searched; NULL: none. */
typedef struct LessonFolders {
    const char *own;     /* a teacher's */
    const char *shipped; /* with the program */
} LessonFolders;

typedef struct SessionOptions {
    Sink *sink;  /* not owned */
    Style style; /* the starting style; `set` changes the session's copy */
    const volatile sig_atomic_t *interrupted; /* polled by long work; NULL: never */
    /* Called often by long work, and with NULL when it is over, however it ends; NULL: nobody
       watches. */
    void (*progress)(void *self, const Progress *progress);
    void *progress_self;
    LessonFolders lessons;
    size_t memory; /* most bytes that a network may take; 0: half of the machine's */
    Access access;
    const char *folder;     /* a lesson's: where files to read are looked for first; NULL: none */
    const Teacher *teacher; /* not owned; NULL: `lesson` has nobody to ask */
    bool in_lesson;         /* it is a lesson's own session: `lesson` leaves it, as `quit` does */
} SessionOptions;

Session *session_new(const SessionOptions *options);
void session_free(Session *session);

/* Where lines come from, for failures: `FILE:LINE: error:`. FILE NULL: typed. */
void session_set_place(Session *session, const char *file, long line);

/* Live settings, for renderers. */
Style *session_style(Session *session);

#endif
