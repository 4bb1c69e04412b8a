/* The factors of a chain, a line each: symbol = formula = numbers = value   source.

   Where there is room they stand in columns. The pieces of a table are on the stack from its
   begin to its end; what is pushed in between is dropped by who pushed it. */
#ifndef RENDER_TEXT_FACTORS_H
#define RENDER_TEXT_FACTORS_H

#include "render/text_renderer.h"

enum { FACTOR_SYMBOL, FACTOR_FORMULA, FACTOR_NUMBERS, FACTOR_VALUE, FACTOR_SOURCE, FACTOR_PIECES };

typedef struct FactorTable {
    const Chain *chain;
    int first; /* piece: FACTOR_PIECES for each factor */
    int indent;
    int widths[FACTOR_PIECES];
    bool aligned; /* all in columns; else each as a line of its own */
} FactorTable;

/* NUMBERS: with their numbers and values; else only what they are, whatever the row. */
FactorTable factors_begin(TextRenderer *text, const Chain *chain, int indent, bool numbers);
void factors_write(TextRenderer *text, const FactorTable *table, int index);
void factors_end(TextRenderer *text, const FactorTable *table);

/* Into the piece to come: one item for each term, its symbols or its value, joined by + and cut in
   the middle when there are many. */
void show_terms(TextRenderer *text, const Factor *factor, bool numbers);

/* Writes the last piece and the one to come as `last = to come`. */
void show_equality(TextRenderer *text, int indent);

/* Writes the piece to come as a line of prose. */
void show_prose_line(TextRenderer *text, int indent);

/* Writes `… 7 more terms (…)`; WHAT is the word for one. */
void show_more(TextRenderer *text, int count, const char *what, int indent);

/* A mean over the rows of a batch: what it is the mean of, and a line for each row. */
void show_rows(TextRenderer *text, const Factor *mean);

#endif
