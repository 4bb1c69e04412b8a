/* Matrices as text: [a b; c d], in the notes' layout (row = source node, column = target node). */
#ifndef COMMAND_MATRIX_TEXT_H
#define COMMAND_MATRIX_TEXT_H

#include "base/text.h"
#include "command/matrix_name.h"

/* Reads TEXT, at COLUMN of the line, as a matrix of PLACE's shape; of a part, as a list
   of at most PLACE's room, and sets PLACE's columns to their number. */
bool matrix_read(Arena *arena, const char *text, int column, MatrixPlace *place, double **numbers,
                 Error *err);

/* Adds [a b; c d] with the digits that read back equal. NUMBERS: [ROWS][COLUMNS]. */
void matrix_spell(Text *text, const double *numbers, int rows, int columns);

#endif
