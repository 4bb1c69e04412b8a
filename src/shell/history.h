/* The lines typed in earlier sessions, in a file that several sessions share. What cannot
   be read or written is left alone without a word: history is a convenience. */
#ifndef SHELL_HISTORY_H
#define SHELL_HISTORY_H

enum { HISTORY_LIMIT = 10000 }; /* lines kept */

/* Calls EACH with the lines of FILE, oldest first, and drops from the file what is over
   the limit. */
void history_load(const char *file, void (*each)(const char *line));

/* Adds LINE; makes the file (mode 0600) and its folders (0700) if need be. */
void history_append(const char *file, const char *line);

#endif
