/* The distinct values of one column, for one-hot coding.

   While a file is read every value gets a code in order of appearance; afterwards the
   codes are ranked: numbers by size (1 and 1.0 are one class), other texts by bytes. */
#ifndef ENGINE_DATASET_CLASSES_H
#define ENGINE_DATASET_CLASSES_H

#include "engine/dataset.h"

typedef struct Class {
    char *name;
    double number; /* what the name spells, once ranked and when all spell one */
    int code;
} Class;

typedef struct Classes {
    Class all[DATASET_CLASS_LIMIT]; /* by name until they are ranked */
    int count;
} Classes;

/* The code of the class NAME, new or known; -1 when there are too many classes. */
int classes_code(Classes *classes, const char *name);

/* Sets RANKS[code] for every code and NAMES[rank], which stay owned by CLASSES. Returns
   the number of ranks. No class may be added afterwards. */
int classes_rank(Classes *classes, int *ranks, const char **names);

void classes_release(Classes *classes);

#endif
