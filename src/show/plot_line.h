/* The straight boundary of a classifier without hidden layers. */
#ifndef SHOW_PLOT_LINE_H
#define SHOW_PLOT_LINE_H

#include "engine/classifier.h"
#include "session/emit.h"

/* Its equation; nothing for other networks. */
void plot_line_note(Session *session, const Classifier *classifier);

/* Fills in SERIES with the line as it last was at an epoch's end, before it moved to where it is
   now, and returns 1; 0 when there was none, or none within REGIONS. */
int plot_line_before(Session *session, const Classifier *classifier, const Regions *regions,
                     Series *series);

#endif
