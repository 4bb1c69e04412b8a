/* The least that has to change for one sheet of lines to become another: what a diff shows, and
   what an update rewrites. */
#ifndef LESSON_ALIGN_H
#define LESSON_ALIGN_H

#include "lesson/match.h"

typedef enum EditKind {
    EDIT_KEEP,   /* WANT matches GOT; a gap stands for whatever there is */
    EDIT_CHANGE, /* GOT in place of WANT */
    EDIT_DROP,   /* WANT was not printed */
    EDIT_ADD     /* GOT was not asked for */
} EditKind;

typedef struct Edit {
    EditKind kind;
    int want, got; /* lines, from 0; what there is none of: -1 */
} Edit;

/* In the order of both sheets; freed by whoever asked for them. */
typedef struct Edits {
    Edit *items;
    int count;
} Edits;

/* Lines that are not compared at all: those of WANT are dropped, those of GOT added. */
Edits align_apart(Sheet want, Sheet got);

/* Lines pair up that match, then those that differ in their numbers only. Sheets that differ in
   very many lines, or very long ones, are not searched for these: all that differs is dropped, and
   added. */
Edits align(Sheet want, Sheet got, double tolerance);

#endif
