/* Records: how a training run went, epoch by epoch, for plots.

   A point is an epoch's end: its average loss, and the parameters after it. Whatever the
   length of the run there are at most RECORD_POINTS of them: when the record is full every
   second one is dropped, and from then on every second one is kept. The first and the last
   are always there. Parameters are remembered in the order of a network's elements, as many
   as fit into its bytes, RECORD_BYTES at the most: then all of them up to some 2000, and of a
   larger network the first.

   Which points there are follows from the epochs that ended alone: it makes no difference
   whether each of them was added, or only those that record_distance leads to and the one where
   the run now stands.

   Shared by reference count, copied when a shared one is to be written: many states of a run
   hold a record each, as it was there. A copy shares the parameters of its points, so it is
   cheap in time and memory. */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include <stdbool.h>
#include <stddef.h>

enum { RECORD_POINTS = 512, RECORD_BYTES = 8 * 1024 * 1024 };

/* The parameters of a point, not to be written while several records hold them. */
typedef struct RecordValues {
    int references;
    double numbers[]; /* [kept] */
} RecordValues;

typedef struct Record {
    int references;
    size_t *ledger;
    size_t kept; /* the parameters remembered: elements [0, kept) */
    long stride; /* epochs from one point to the next, but for the last */
    int count, capacity;
    long *epochs;          /* [count], ascending */
    double *losses;        /* [count] */
    RecordValues **values; /* [count] */
} Record;

/* An empty record of a network with PARAMETERS parameters, with one reference, that will take at
   most MOST bytes (64 kB or more; no more than RECORD_BYTES). *LEDGER (NULL:
   none) is at any time the sum of the bytes that all records with it take, what several of them
   share counted once; it is the caller's, and outlives the record and its copies. */
Record *record_new(size_t parameters, size_t most, size_t *ledger);
Record *record_retain(Record *record); /* NULL is fine, also to release */
void record_release(Record *record);

/* The record to write to in place of RECORD: itself, or a copy if others hold it too, for
   which the caller's reference is given up. */
Record *record_own(Record *record);

/* EPOCH has ended with the average LOSS and leaves the PARAMETERS. What the record holds of
   this epoch and of later ones is forgotten. Costs one comparison, and copying what is
   remembered, since any epoch may prove to be the last; memory only when a point is added to
   those that stay, or the last one is shared. */
void record_add(Record *record, long epoch, double loss, const double *parameters);

/* How many epochs after EPOCH the next one ends that is kept even if others follow; at least
   1. */
long record_distance(const Record *record, long epoch);

/* Forgets what is later than EPOCH. */
void record_truncate(Record *record, long epoch);

const double *record_values(const Record *record, int point); /* [kept] */
double record_value(const Record *record, int point, size_t parameter);

/* What it takes, whoever shares it; 0 for NULL. */
size_t record_bytes(const Record *record);

#endif
