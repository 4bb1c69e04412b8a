/* Knobs as a user types and reads them: beta1=0.9 beta2=0.999. */
#ifndef COMMAND_KNOBS_H
#define COMMAND_KNOBS_H

#include "base/text.h"
#include "base/words.h"
#include "engine/knob.h"

/* Sets VALUES, [KNOBS], from WORDS; OWNER is the row that has these knobs. Fails, with some
   values set, where a word is none of them or its number is out of range. */
bool knobs_read(const char *owner, const Knob *knobs, double *values, Words words, Error *err);

/* Adds each with a blank before it. */
void knobs_show(const Knob *knobs, const double *values, Text *text);

#endif
