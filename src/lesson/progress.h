/* Progress: how far a learner has come in a lesson, as plain data and as a small file.

   A file is a convenience: one that is missing, damaged or of another lesson's making counts as
   none, and one that cannot be written is an error that nothing depends on. */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

#include <stdbool.h>

#include "base/error.h"

enum { STANDING_QUESTIONS = 1000 }; /* the results of so many are kept */

/* What became of a question. */
typedef enum Result {
    RESULT_NONE,  /* not asked yet */
    RESULT_RIGHT, /* answered at the first try */
    RESULT_LATER, /* answered after a wrong answer or a hint */
    RESULT_SHOWN, /* skipped */
    RESULTS
} Result;

typedef struct Standing {
    int steps;     /* steps and questions that are behind */
    int total;     /* of the lesson */
    bool finished; /* once */
    int questions; /* of the lesson */
    unsigned char results[STANDING_QUESTIONS];
} Standing;

/* A new standing in a lesson of TOTAL steps and QUESTIONS. */
Standing standing_new(int total, int questions);

int standing_count(const Standing *standing, Result result);
void standing_set(Standing *standing, int question, Result result);

/* Reads FILE into STANDING, which is left alone when it says nothing of use: when it was written
   for a lesson with other counts, only that it was finished is taken over. */
void progress_load(const char *file, Standing *standing);

/* Writes FILE, all or nothing, mode 0600, and its folders, mode 0700. */
bool progress_save(const char *file, const Standing *standing, Error *err);

/* Forgets FILE; true when it is gone or was never there. */
bool progress_reset(const char *file, Error *err);

#endif
