/* Checking: whether a lesson still says what happens.

   A lesson runs as off a terminal, from the first step to the last, in a fresh session of its own:
   text in UTF-8, 80 columns, no colour; the names of files begin in its folder. What is found goes
   to a Report, and is counted. */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include "lesson/report.h"
#include "session/session.h"

typedef struct Check {
    Report *report; /* not owned */
    LessonFolders lessons;
    const volatile sig_atomic_t *interrupted; /* or NULL */
    Access access;                            /* what the commands of a lesson may do to files */
    Tally tally;
} Check;

/* Runs LESSON and compares what it prints, up to its end, a `quit`, an interrupt, or in the bare
   form the first command that fails. */
void check_lesson(Check *check, const Lesson *lesson);

/* Reads the lesson in the LENGTH bytes of SOURCE, called NAME, and runs it. What is none is found
   and counted as such; then false. */
bool check_source(Check *check, const char *name, const char *source, size_t length);

/* The same, but of a file that differs the expected output is rewritten, and a seal. RENEWED is
   its new source; nothing when it is to stay as it is: because it is right, because it is of the
   bare form, or because it would not be right afterwards. Quizzes are left to their author. */
bool check_renew(Check *check, const char *name, const char *source, size_t length, Text *renewed);

/* ERR, which names the file NAME, kept it from being read, or written. */
void check_refuse(Check *check, const char *name, const Error *err);

#endif
