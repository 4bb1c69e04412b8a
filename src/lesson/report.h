/* What checking finds, and who wants to know: reports for people, as TAP, and as JSON.

   A report writes through a Writer; it keeps nothing of a finding, which lasts for the call. */
#ifndef LESSON_REPORT_H
#define LESSON_REPORT_H

#include "lesson/align.h"
#include "lesson/lesson.h"
#include "render/render.h"

typedef enum FindingKind {
    FINDING_OK,
    FINDING_DIFFERS,
    FINDING_REWRITTEN, /* GOT has taken the place of WANT */
    FINDING_REFUSED    /* no lesson at all */
} FindingKind;

/* About a step, a quiz, or a file as a whole. */
typedef struct Finding {
    FindingKind kind;
    const char *file;
    long line;           /* 0: none */
    const char *subject; /* the command, or the question; NULL: the file */
    const char *message; /* what is wrong with it; NULL: GOT is not WANT */
    bool unread;         /* the file could not be read or written; MESSAGE names it */
    const Step *step;    /* or NULL: then these mean nothing */
    Sheet want, got;
    bool failed, lost; /* the command failed, and was not to; GOT was too much to be kept */
} Finding;

/* How the lines of FINDING's step go over into those that it printed. What it fails with has
   nothing to do with what it was to print. */
Edits finding_edits(const Finding *finding);

/* What was checked, and how much of it differs from what is written. */
typedef struct Tally {
    long lessons, steps, quizzes;
    long bad_lessons; /* refused */
    long bad_steps, bad_quizzes, bad_seals;
    long rewritten, sealed; /* steps; lessons */
    long failing;           /* of the steps rewritten: what was to succeed fails */
    bool interrupted;
} Tally;

typedef struct Report Report;
struct Report {
    void (*take)(Report *report, const Finding *finding);
    void (*end)(Report *report, const Tally *tally); /* all is checked; frees the report */
};

/* `FILE:LINE:` and a diff for what differs, and a last line that counts. */
Report *report_text(Writer *writer);

/* TAP: a point for each step and quiz, with a YAML block where it fails. It says version 13, which
   readers of version 14 take as well. */
Report *report_tap(Writer *writer);

/* A JSON object for each step and quiz, and a last one that counts. */
Report *report_json(Writer *writer);

/* Adds what TALLY comes to, in words: "2 lessons, 9 steps, 1 quiz: all as written". */
void tally_spell(Text *text, const Tally *tally);

bool tally_is_good(const Tally *tally);

#endif
