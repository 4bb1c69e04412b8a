/* Whole files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

/* Opens PATH for reading; -1 and an error (at COLUMN) when it cannot be read or is a
   directory. The caller closes it. */
int file_open(const char *path, int column, Error *err);

/* Adds all of the file PATH to TEXT; fails when it cannot be read, or has more than MOST bytes. */
bool file_read(const char *path, size_t most, Text *text, int column, Error *err);

/* Puts BYTES in place of the file PATH, all or nothing; through a link, in place of what it
   points to. What exists must be an ordinary file that may be written; it keeps its mode, and its
   group and owner where that is allowed. */
bool file_replace(const char *path, const char *bytes, size_t length, int column, Error *err);

/* Whether PATH ends in ENDING, such as ".md", and has more than that. */
bool file_ends_in(const char *path, const char *ending);

/* The folder that the file PATH stands in: "." when it names none. The caller's to free. */
char *file_folder(const char *path);

/* Makes the folders that PATH stands in, mode 0700, as far as there are none and it is allowed. */
void file_make_folders(const char *path);

#endif
