/* What is said of points: where they stop, in words; `info breakpoints`, `info display`. Nothing is
   changed. */
#ifndef SHOW_POINTS_SHOW_H
#define SHOW_POINTS_SHOW_H

#include "session/points.h"

/* POINT, a breakpoint or a watchpoint: its number and where it stops, with the JSON field
   `number`. */
void points_show(Session *session, const Point *point);

/* All that stop: the JSON list `breakpoints`. */
void points_list_stops(Session *session);

/* All displays: the JSON list `displays`. */
void points_list_displays(Session *session);

#endif
