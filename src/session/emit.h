/* Saying things: how a command's handler emits blocks. */
#ifndef SESSION_EMIT_H
#define SESSION_EMIT_H

#include "engine/symbol.h"
#include "session/state.h"

/* A line of prose for people. FORMAT holds our own words and
     %s  our own text (const char *)      %f  foreign text, escaped (const char *)
     %w  a lesson's words, escaped (const char *)
     %c  something to type (const char *) %d  an integer (long)
     %n  a number (double)                %e  a formula (const Expr *)
     %v  a formula with its numbers put in (const Expr *)
     %%  a per cent sign  */
void emit_note(Session *session, const char *format, ...);
void emit_heading(Session *session, const char *format, ...);
void emit_text(Session *session, const char *text); /* our own lines, indented */

/* The same for a part of a block, in the session's arena. */
Prose prose_print(Session *session, const char *format, ...);

/* LEFT = FORMULA = its numbers = VALUE; For people only. */
void emit_equation(Session *session, const Expr *left, const Expr *formula, double value);

/* Fields of the command's JSON object. */
void emit_number(Session *session, const char *key, double value);
void emit_integer(Session *session, const char *key, long value);
void emit_string(Session *session, const char *key, const char *value);
void emit_truth(Session *session, const char *key, bool value);
void emit_symbol(Session *session, const char *key, const Expr *symbol); /* or a formula */
void emit_numbers(Session *session, const char *key, const double *values, size_t count);

/* The blocks between the two are one element of the list KEY: an object with their fields. */
void emit_object(Session *session, const char *key);
void emit_object_end(Session *session);

/* Tables, streamed. KEY NULL: for people only; DATA: for programs only. */
typedef enum Audience { FOR_ALL, FOR_PEOPLE, FOR_PROGRAMS } Audience;
void emit_table(Session *session, const char *key, Audience audience, const Table *table);
void emit_row(Session *session, const Cell *cells);
void emit_table_end(Session *session);

/* PLOT, as the field `plot`. */
void emit_plot(Session *session, const Plot *plot);

/* Whether what is for programs only has a reader. */
bool emit_to_programs(const Session *session);

/* Values with the notes' names: x of the inputs, y of the targets, ŷ of the outputs. */
typedef struct Named {
    SymbolKind kind; /* INPUT, TARGET or PREDICTION; the last two go without an index if alone */
    const double *values;
    int count;
    const Hand *hands; /* [count] verdicts; NULL: none */
} Named;

/* A line for people: BEFORE, then x₁ = 80, x₂ = 8, y = 3. Of many inputs some are left out. */
void emit_named(Session *session, const char *before, const Named *named, int count);

/* Any block, as it is. */
void emit_block(Session *session, const Block *block);

/* Cells. */
#define CELL_OF_NUMBER(x) ((Cell){.kind = CELL_NUMBER, .number = (x)})
#define CELL_OF_INTEGER(x) ((Cell){.kind = CELL_INTEGER, .integer = (x)})
#define CELL_OF_TEXT(x) ((Cell){.kind = CELL_TEXT, .text = (x)})
#define CELL_OF_PROSE(x) ((Cell){.kind = CELL_PROSE, .prose = (x)})
#define CELL_OF_FOREIGN(x) ((Cell){.kind = CELL_FOREIGN, .text = (x)})
#define CELL_OF_SYMBOL(x) ((Cell){.kind = CELL_SYMBOL, .expr = (x)})
#define CELL_OF_NUMBERS(x, n) ((Cell){.kind = CELL_NUMBERS, .numbers = (x), .count = (n)})

#endif
