/* Datasets: rows of inputs and targets, read from CSV.

   A dataset is immutable once loaded and shared by reference count: the session,
   its undo states and the scaled copy all may hold it. */
#ifndef ENGINE_DATASET_H
#define ENGINE_DATASET_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum Scaling { SCALING_NONE, SCALING_STANDARD, SCALING_MINMAX } Scaling;

typedef enum Header { HEADER_GUESS, HEADER_YES, HEADER_NO } Header;

/* How the classes in the one target column became numbers. */
typedef enum Coding {
    CODING_NONE,    /* they are numbers, taken as they are */
    CODING_ONE_HOT, /* one target for each class */
    CODING_SIGNS    /* of two classes the first is -1, the second +1 */
} Coding;

typedef struct ColumnScale {
    double center, unit; /* x becomes (x - center)/unit; 0 and 1: left alone */
} ColumnScale;

typedef struct Dataset {
    int references;
    char *name;   /* the file's path as given */
    char *target; /* the options it was read with, to read it again; NULL: none given */
    Header header;
    size_t rows;
    int inputs, targets;
    double *values; /* [rows][inputs + targets], inputs first */
    char **columns; /* [inputs + targets] headings (class names for one-hot), safe to show;
                       x1, x2, y (y1, y2 when there are several) where the file has none */
    Coding coding;
    char *signs[2]; /* CODING_SIGNS: what the file calls -1 and +1, safe to show; else NULL */
    Scaling scaling;
    ColumnScale *scales; /* [inputs + targets]: how each column was scaled */
} Dataset;

typedef struct DatasetOptions {
    const char *target;  /* "COL,COL" by heading or else by 1-based number, in the order wanted;
                            "COL:onehot" for one target per class, "COL:signs" for -1 and +1
                            for two; NULL: the last column */
    Header header;       /* GUESS: the first record is a heading when no field of it is a number */
    const char *name;    /* what to call it, also in errors; NULL: its path */
    const Dataset *like; /* read with the same target: the file must have as many inputs, and no
                            other classes, which keep their order; NULL: the file decides */
    const volatile sig_atomic_t *interrupted; /* polled between rows; NULL: never */
} DatasetOptions;

enum { DATASET_COLUMN_LIMIT = 100000, DATASET_CLASS_LIMIT = 1000 };

/* Reads the CSV file PATH with libcsv: quotes, separators , ; or tab (found from the
   first line), LF or CRLF, a UTF-8 BOM, an unfinished last line; blank lines are
   skipped. The inputs are the columns that are no target, in the file's order. Returns a
   dataset with one reference, or NULL and an error that names file, line and column (of
   the file, so err->column is 0); nothing is kept of a file that fails. Peak memory is at
   most about 1.3 times the doubles held. Classes that are numbers come by size, others by
   their bytes for one-hot coding and as they appear for signs. */
Dataset *dataset_load(const char *path, const DatasetOptions *options, Error *err);

/* DATA (as loaded) scaled column by column: standard (x - mean)/deviation over n, minmax
   (x - min)/(max - min). Left as they are: constant columns, and targets that are classes
   (one-hot, or nothing but -1, 0 and 1). SCALING_NONE copies. NULL and an error when memory
   runs out or a column's values are too far apart for a double. */
Dataset *dataset_scale(const Dataset *data, Scaling scaling, Error *err);

/* RAW (as loaded) with its columns scaled by the numbers of SCALED: rows that a network
   trained on SCALED has never seen. NULL and an error when their columns differ in number or
   come in another order, a value is too far off that scale, or memory runs out. */
Dataset *dataset_scale_like(const Dataset *raw, const Dataset *scaled, Error *err);

/* Puts inputs (TO [inputs]) on DATA's scale, brings targets (TO [targets]) back from it. */
void dataset_scale_inputs(const Dataset *data, const double *inputs, double *to);
void dataset_unscale_targets(const Dataset *data, const double *targets, double *to);

const double *dataset_inputs(const Dataset *data, size_t row); /* row counts from 0 */
const double *dataset_targets(const Dataset *data, size_t row);

/* The *COUNT names of the coded classes, in their order; NULL when the target is not coded. */
char *const *dataset_class_names(const Dataset *data, int *count);

size_t dataset_bytes(const Dataset *data); /* of its rows; of NULL 0 */

Dataset *dataset_retain(Dataset *data); /* NULL is fine, also to release */
void dataset_release(Dataset *data);

#endif
