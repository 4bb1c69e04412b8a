/* Knobs: the numbers that an optimizer's or a schedule's row leaves to be set.

   A row lists its knobs as KNOB(name, letter, preset, low, high, whole) in the macro that
   holds its formulas; from one such list come the table (KNOB_ROW) and the names that the
   compiled formulas use (KNOB_NUMBER). */
#ifndef ENGINE_KNOB_H
#define ENGINE_KNOB_H

#include <stdbool.h>

enum { KNOBS = 3 };

typedef struct Knob {
    const char *name;   /* as in `set optimizer momentum momentum=0.9`; NULL past the last */
    const char *letter; /* its name in the formulas: mu */
    double preset;
    double low, high; /* LOW <= value < HIGH; HIGH may be infinite */
    bool whole;       /* takes whole numbers only */
} Knob;

#define KNOB_ROW(NAME, LETTER, ...) {#NAME, #LETTER, __VA_ARGS__},
#define KNOB_NUMBER(NAME, LETTER, ...) const double LETTER = *knob++;

/* Says nothing: for what a list holds and an expansion of it leaves out. */
#define NOTHING(...)

#endif
