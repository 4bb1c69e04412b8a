/* The distinct values of one column, for coding them as numbers.

   While a file is read every value gets a code in order of appearance; afterwards the
   codes are ranked: numbers by size (1 and 1.0 are one class), other texts as CODING wants. */
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
    bool closed; /* no class is new */
} Classes;

/* The code of the class NAME, new or known; -1 when it is one too many. */
int classes_code(Classes *classes, const char *name);

/* The classes of DATA, and no others, by the names it has for them and with their ranks as
   codes. */
void classes_adopt(Classes *classes, const Dataset *data);

typedef struct Ranking {
    int ranks[DATASET_CLASS_LIMIT];         /* of each code */
    const char *names[DATASET_CLASS_LIMIT]; /* of each rank; owned by the classes */
    int count;                              /* of the ranks */
} Ranking;

/* Ranks the classes, adopted ones as they were; no class may be added afterwards. */
void classes_rank(Classes *classes, Coding coding, Ranking *ranking);

void classes_release(Classes *classes);

#endif
