/* Datasets: rows of inputs and targets, read from CSV.

   A dataset is immutable once loaded and shared by reference count: the session,
   its undo states and the scaled copy all may hold it. */
#ifndef ENGINE_DATASET_H
#define ENGINE_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum Scaling { SCALING_NONE, SCALING_STANDARD, SCALING_MINMAX } Scaling;

typedef enum Header { HEADER_GUESS, HEADER_YES, HEADER_NO } Header;

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
    bool one_hot;   /* the targets are a one-hot coding of one column */
    Scaling scaling;
} Dataset;

typedef struct DatasetOptions {
    const char *target; /* "COL,COL" by heading or else by 1-based number, in the order wanted;
                           "COL:onehot" for one target per class; NULL: the last column */
    Header header;      /* GUESS: the first record is a heading when no field of it is a number */
    const char *name;   /* what to call it, also in errors; NULL: its path */
} DatasetOptions;

enum { DATASET_COLUMN_LIMIT = 100000, DATASET_CLASS_LIMIT = 1000 };

/* Reads the CSV file PATH with libcsv: quotes, separators , ; or tab (found from the
   first line), LF or CRLF, a UTF-8 BOM, an unfinished last line; blank lines are
   skipped. The inputs are the columns that are no target, in the file's order. Returns a
   dataset with one reference, or NULL and an error that names file, line and column (of
   the file, so err->column is 0); nothing is kept of a file that fails. Peak memory is at
   most about 1.3 times the doubles held. */
Dataset *dataset_load(const char *path, const DatasetOptions *options, Error *err);

/* DATA (as loaded) scaled column by column: standard (x - mean)/deviation over n, minmax
   (x - min)/(max - min). Left as they are: constant columns, and targets that are classes
   (one-hot, or nothing but -1, 0 and 1). SCALING_NONE copies. NULL and an error when memory
   runs out or a column's values are too far apart for a double. */
Dataset *dataset_scale(const Dataset *data, Scaling scaling, Error *err);

const double *dataset_inputs(const Dataset *data, size_t row); /* row counts from 0 */
const double *dataset_targets(const Dataset *data, size_t row);

Dataset *dataset_retain(Dataset *data); /* NULL is fine, also to release */
void dataset_release(Dataset *data);

#endif
