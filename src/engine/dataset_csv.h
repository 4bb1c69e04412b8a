/* CSV files as a stream of fields, each with its place in the file.

   Reads in pieces and holds no more than one field. Knows nothing of numbers,
   headings or datasets: a handler is told of every field and of every record's end. */
#ifndef ENGINE_DATASET_CSV_H
#define ENGINE_DATASET_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct CsvPlace {
    const char *path;
    size_t line;         /* the physical line where the field begins; 0: the file as a whole */
    int column;          /* counts from 1; 0: the line as a whole */
    const char *heading; /* of the column; NULL when it has none */
} CsvPlace;

typedef struct CsvField {
    CsvPlace place;
    const char *text; /* ends with a NUL, holds no other; blanks around it are gone */
    size_t length;
} CsvField;

typedef struct CsvHandler {
    bool (*field)(void *self, const CsvField *field, Error *err);
    bool (*record)(void *self, CsvPlace place, int columns, Error *err); /* where it began */
    void *self;
} CsvHandler;

/* Tells HANDLER of everything in the file PATH until it returns false. */
bool csv_read(const char *path, const char *name, const CsvHandler *handler, Error *err);

/* Fails with "path:line: column N (heading): " and printf's FORMAT. */
bool csv_fail(Error *err, CsvPlace place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

enum { CSV_EXCERPT_SIZE = 192 };

/* Foreign bytes as a message may show them: the first few, control characters escaped. */
const char *csv_excerpt(char out[CSV_EXCERPT_SIZE], const char *bytes, size_t length);

#endif
