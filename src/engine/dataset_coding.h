/* How the classes of the one target column become numbers: one-hot, or -1 and +1.

   While a file is read the column holds each row's class as a code (dataset_classes.h);
   once all rows are known the codes give way to what they stand for. */
#ifndef ENGINE_DATASET_CODING_H
#define ENGINE_DATASET_CODING_H

#include "engine/dataset_classes.h"
#include "engine/dataset_csv.h"

/* The code of the class that FIELD holds. LIKE: as in DatasetOptions. */
bool coding_read(Classes *classes, const Dataset *like, const CsvField *field, double *code,
                 Error *err);

/* Ranks the classes of DATA; an error when its coding cannot do with their number. */
bool coding_rank(const Dataset *data, Classes *classes, Ranking *ranking, Error *err);

/* Replaces the codes, the last of inputs + 1 numbers in each row. DATA's values have room for
   inputs + targets in each. */
void coding_write(Dataset *data, const int *ranks);

#endif
