/* A lesson on its way into a file: words, and commands with what they print, in the order in which
   they come.

   The file is a whole lesson after each of them, whatever happens next. What would be read as
   something else than what it is, words that open a fence or output that looks like a prompt, is
   made safe. */
#ifndef COMMAND_LESSON_FILE_H
#define COMMAND_LESSON_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct LessonFile LessonFile;

/* Makes the file PATH, which must not exist, with a title that is made of its name. NULL and an
   error, at COLUMN, when it cannot be made. */
LessonFile *lesson_file_new(const char *path, int column, Error *err);

/* Closes the file, and removes it if nothing was added. NULL is fine. */
void lesson_file_free(LessonFile *file);

/* What was added is not to be kept. */
void lesson_file_discard(LessonFile *file);

const char *lesson_file_path(const LessonFile *file);
long lesson_file_commands(const LessonFile *file); /* how many there are */

/* Adds a line of a paragraph; an empty one ends the paragraph. What cannot be written now is
   written with the next command. */
void lesson_file_remark(LessonFile *file, const char *words);

/* Adds COMMAND, a line without blanks around it, and the lines that it prints. The error says why
   they cannot be written. */
bool lesson_file_command(LessonFile *file, const char *command, const char *output, Error *err);

#endif
