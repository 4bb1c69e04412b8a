/* Fences at the left margin of a lesson, read by their lines. Private to the reader. */
#ifndef LESSON_FENCE_H
#define LESSON_FENCE_H

#include "lesson/reader.h"

typedef enum FenceKind { FENCE_OTHER, FENCE_BP, FENCE_QUIZ } FenceKind;

typedef struct Fence {
    FenceKind kind;
    int indent;        /* columns before it, at most 3 */
    const char *signs; /* ``` or ~~~ */
    int length;        /* how many they are; as many end it */
    const char *info;  /* what stands behind them */
    long line;         /* where it begins */
} Fence;

/* What a fence with this INFO, which may begin with blanks, is to the program. */
FenceKind fence_kind(const char *info);

/* What INFO, which means nothing to the program, was probably meant to be: "bp" for BP or bp>,
   "quiz" for quizz; NULL: something else, as the name of a language is. */
const char *fence_meant(const char *info);

/* Whether LINE begins a fence. */
bool fence_begins(const Line *line, Fence *fence);

typedef enum FenceStatus { FENCE_LINE, FENCE_END, FENCE_FAILED } FenceStatus;

/* The next LINE of FENCE. It fails when there is no end to it, or it goes on so far that it would
   hold what was meant to be a fence of its own. */
FenceStatus fence_next(Reader *reader, const Fence *fence, Line *line);

/* Adds the steps of a `bp` fence, or the question of a `quiz` fence. */
bool fence_read_steps(Reader *reader, const Fence *fence);
bool fence_read_quiz(Reader *reader, const Fence *fence);

/* Reads to the end of a fence that means nothing to the program. */
bool fence_pass(Reader *reader, const Fence *fence);

#endif
