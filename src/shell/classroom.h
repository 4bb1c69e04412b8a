/* The classroom: plays lessons, each in a session of its own, for the command line and for the
   prompt, and keeps what was done of them. */
#ifndef SHELL_CLASSROOM_H
#define SHELL_CLASSROOM_H

#include "lesson/catalog.h"
#include "lesson/play.h"
#include "shell/console.h"
#include "shell/seat.h"

typedef struct Classroom {
    const Options *options;
    Console *console;
    Seat *seat;
    LessonFolders lessons;
    const char *folder; /* the one whose lessons are listed; or NULL */
    Catalog catalog;
    Teacher teacher; /* for the sessions of the prompt */
} Classroom;

/* Owns none of these. The classroom stays where it is until it is released. */
void classroom_init(Classroom *classroom, const Options *options, Console *console, Seat *seat,
                    const LessonFolders *lessons);
void classroom_release(Classroom *classroom);

/* Plays the lesson that REQUEST names, or the file, and those after it that are asked for at the
   end; says how it ended. PROGRAM is what started it in the shell, and NULL where there is a
   prompt, now or afterwards: it is told how to come back. False, and an error: there is none, or it
   is no lesson. */
bool classroom_play(Classroom *classroom, const LessonRequest *request, const char *program,
                    PlayEnd *end, Error *err);

#endif
