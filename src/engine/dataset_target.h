/* Which columns of a file are inputs and which are targets: the target= option. */
#ifndef ENGINE_DATASET_TARGET_H
#define ENGINE_DATASET_TARGET_H

#include "engine/dataset.h"

typedef struct TargetColumns {
    const char *path;            /* of the file, for messages */
    const char *const *headings; /* [count]; NULL when the file has none */
    int count;
    int *slots;    /* out, [count]: a column's place among a row's values, inputs first */
    int targets;   /* out: how many */
    Coding coding; /* out: of the one target's classes */
} TargetColumns;

/* Reads OPTION (as DatasetOptions has it) and sets the slots. */
bool target_read(const char *option, TargetColumns *columns, Error *err);

#endif
