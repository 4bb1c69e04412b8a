/* Pieces: short strings in one buffer, each with its width in columns.

   A line or a table row is spelled piece by piece, measured, and only then laid out.
   Pieces are a stack: who pushes some drops them again. The text of the piece to come
   is added to `text` directly. */
#ifndef RENDER_PIECES_H
#define RENDER_PIECES_H

#include "base/text.h"

typedef struct Piece {
    size_t start, length;
    int columns;
} Piece;

typedef struct Pieces {
    Text text;
    Piece *items;
    int count, capacity;
} Pieces;

void pieces_end(Pieces *pieces);             /* what was added since the last one is a piece */
void pieces_drop(Pieces *pieces, int count); /* keeps the first COUNT */
void pieces_hide_repeat(Pieces *pieces, int index,
                        int other); /* empties INDEX if it says the same */
void pieces_release(Pieces *pieces);

const char *piece_bytes(const Pieces *pieces, int index);

/* Adds a piece to TEXT; then blanks, or blanks before it, to make it COLUMNS wide. */
void piece_add(const Pieces *pieces, int index, Text *text);
void piece_add_left(const Pieces *pieces, int index, Text *text, int columns);
void piece_add_right(const Pieces *pieces, int index, Text *text, int columns);

/* The width of BYTES on a terminal, colour codes not counted. */
int columns_of(const char *bytes, size_t length);

/* Takes the blanks at the end of TEXT away: nothing follows them in the line. */
void drop_blanks(Text *text);

/* TEXT, which has no colour codes, behind its first COLUMNS columns. */
const char *skip_columns(const char *text, int columns);

#endif
