/* A lesson: a Markdown file whose `bp` and `quiz` fences mean something to the program, or a
   bare list of commands (.bp).

   Reading one checks its form and runs nothing. What it says lives in its arena, with the line of
   the file that each part begins at; it keeps no file open, and knows no session. */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include "base/arena.h"
#include "explain/block.h"
#include "quiz/question.h"

/* Bytes START to END of the source. */
typedef struct Range {
    size_t start, end;
} Range;

/* A command, and the lines that it must print. */
typedef struct Step {
    const char *command;
    const char *const *expected; /* without line ends */
    int expected_count;
    Range output;     /* of the expected lines, line ends included; empty where they would stand */
    bool any_output;  /* what it prints is not compared: a command of the bare form */
    double tolerance; /* of its fence; 0: within one unit of a number's last written digit */
} Step;

/* What is there to be read, in the order of the page: passages and tables, for people only. */
typedef struct Passages {
    const Block *blocks;
    int count;
} Passages;

typedef enum PartKind { PART_PASSAGES, PART_STEP, PART_QUIZ } PartKind;

typedef struct Part {
    PartKind kind;
    long line; /* of the first word, the prompt or the fence; from 1 */
    union {
        Passages passages;
        Step step;
        Question question;
    };
} Part;

typedef struct Lesson {
    const char *name;   /* of the file, as failures name it */
    const char *title;  /* of the front matter; else the first heading; else the name */
    const char *notes;  /* "N0 N1"; or NULL */
    const char *needs;  /* the version; or NULL */
    const char *seal;   /* 16 hexadecimal digits, see seal.h, or "0"; or NULL */
    Range seal_range;   /* these digits' bytes in the source */
    const char *source; /* all bytes of the file, as they are */
    size_t length;
    const Part *parts;
    int count;      /* of parts */
    int step_count; /* of steps and quizzes */
    Arena arena;
} Lesson;

enum { LESSON_BYTES = 16 * 1024 * 1024 }; /* the most that a lesson may have */

/* Reads SOURCE[0..LENGTH), the bytes of the file NAME (both copied); `.bp` is the bare form. The
   error, with the LINE, says what is no lesson: an unknown directive, a fence that is never closed,
   a quiz without a key, no step at all. LINE is 0 where it is the file as a whole. A lesson that
   was not read is empty, and needs no release. Time and memory are bounded whatever the source;
   see burden.h. */
bool lesson_read(Lesson *lesson, const char *name, const char *source, size_t length, long *line,
                 Error *err);
void lesson_release(Lesson *lesson);

/* The bytes of its source before its first line: those of a byte order mark, or none. */
size_t lesson_begin(const Lesson *lesson);

/* Whether the lesson expects STEP to fail: one of its lines says `error:`. What it prints before it
   fails may come first. */
bool lesson_expects_failure(const Step *step);

#endif
