/* Readings: which numbers of a session the leaves of an expression stand for.

   This is the one place that knows the names. Resolving a leaf checks it and computes nothing,
   so that a reading can be taken again and again while the run moves: with the session's memo by
   scope.h, without a trace by probe.h. It borrows the leaf, and owns nothing. */
#ifndef SESSION_READING_H
#define SESSION_READING_H

#include "session/state.h"

typedef enum ReadingKind {
    READING_NAME,         /* epoch, lr, ... */
    READING_STORED,       /* a parameter, a running statistic */
    READING_NORM,         /* of a matrix of these */
    READING_GIVEN,        /* x, y */
    READING_NODE,         /* of the shown row */
    READING_LOSS,         /* the batch's */
    READING_ADJOINT,      /* dL/d(element) */
    READING_ADJOINT_NORM, /* of a matrix of these */
    READING_DERIVATIVE    /* d(upper)/d(element) */
} ReadingKind;

/* What must have changed before a reading can be another: bits. */
typedef enum Reads {
    READS_PARAMETERS = 1,
    READS_LOSS = 2,
    READS_NODES = 4,  /* x and y too, and all derivatives */
    READS_COURSE = 8, /* row, updates: with every update */
    READS_EPOCH = 16  /* epoch, avgL, lr: at an epoch's end */
} Reads;

typedef struct Reading {
    ReadingKind kind;
    unsigned reads; /* one bit of Reads */
    Expr *leaf;
    double (*name)(const Session *session); /* of a NAME */
    size_t element;                         /* of a matrix: the first */
    size_t count;                           /* of a matrix's elements */
    size_t upper;                           /* of a DERIVATIVE */
} Reading;

/* Whether the number comes of a forward pass; else it lies at hand. */
static inline bool reading_is_computed(const Reading *reading)
{
    return reading->kind >= READING_NODE;
}

/* The names of a session's own numbers: lr, row, ...; NULL past the last. */
const char *reading_name(size_t index);

/* The name that WORD, which is none, may have meant: as other pages call it, or misspelt; NULL
   when none is near. */
const char *reading_meant(const char *word);

/* Makes the READING of a bound LEAF at COLUMN, and calls its symbol as the network does. The
   error says what there is no number of. */
bool reading_resolve(const Session *session, Expr *leaf, int column, Reading *reading, Error *err);

/* Whether L has a derivative by ELEMENT, which was named at COLUMN. */
bool reading_derivable(const Session *session, size_t element, int column, Error *err);

/* The number that READING is of, unless it is computed. */
double reading_at_hand(const Reading *reading, const Session *session);

#endif
