/* What comes out by hand, shown beside the exact numbers: in lines, in tables, in fields. It only
   says what by_hand.h knows. */
#ifndef SHOW_BY_HAND_SHOW_H
#define SHOW_BY_HAND_SHOW_H

#include "session/by_hand.h"

/* For programs: `hand` and `units_off`; nothing when HAND is not known. */
void by_hand_emit(Session *session, Hand hand);

/* The same of several of the command's fields, as a list `by_hand`. */
typedef struct Beside {
    const char *what; /* the field's name */
    double exact, hand;
} Beside;
void by_hand_fields(Session *session, const Beside *rows, int count);

/* BEFORE and `by hand 0.7228, equal`, for a line of prose; "" when it is not known. */
const char *by_hand_words(Session *session, const char *before, Hand hand);

/* A NUMBER as it is written on the page, which there must be: with its decimals, unless it has more
   because it was given. */
const char *by_hand_spell(Session *session, double number);

/* For people, in a table with several numbers in a row: after COUNT others a column for a number,
   and one for its verdict where there is a page; likewise the cells. Returns how many there are. */
int by_hand_heading(const Session *session, Column *columns, int count, const char *heading);
int by_hand_number(Session *session, Cell *cells, int count, double number, Hand hand);

/* The elements FIRST.. up to END: for programs the list `by_hand`, each beside its value; for
   people, after their numbers of the page, whether all are equal. Nothing without a page. */
void by_hand_list(Session *session, size_t first, size_t end);
void by_hand_sum_up(Session *session, size_t first, size_t end);

/* `0.7228, equal` for people, and the two numbers for programs, as cells of a table; and a table
   that has these cells, where there is a page, after COUNT columns of its own. */
enum { HAND_CELLS = 3 };
extern const Column by_hand_columns[HAND_CELLS];
void by_hand_cells(Session *session, Hand hand, Cell cells[HAND_CELLS]);
Table by_hand_table(Session *session, const Column *columns, int count);

#endif
