/* The catalog: the lessons of a folder, files called NN-name.md, in the order of their names.

   It knows names and paths only, reads no lesson, and never changes after it was made. */
#ifndef LESSON_CATALOG_H
#define LESSON_CATALOG_H

#include "base/error.h"

typedef struct CatalogEntry {
    char *name; /* "01-nine-derivatives" */
    char *path;
} CatalogEntry;

typedef struct Catalog {
    CatalogEntry *entries; /* [count] */
    int count;
} Catalog;

/* Of FOLDER; NULL, or one that cannot be read: empty. */
Catalog catalog_new(const char *folder);
void catalog_release(Catalog *catalog);

/* The one that WORD means: its number (1, 01), its name, the name without the number, or how one of
   these two begins. -1 and an error, at COLUMN, that names the nearest or those that it may be. */
int catalog_find(const Catalog *catalog, const char *word, int column, Error *err);

/* Which one the file PATH is; -1: none. */
int catalog_of_file(const Catalog *catalog, const char *path);

/* The name of a lesson's file: "lessons/01-nine-derivatives.md" is "01-nine-derivatives". To be
   freed. */
char *catalog_name(const char *path);

#endif
