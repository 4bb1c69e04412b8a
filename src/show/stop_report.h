/* What a motion says when it is over: why, where it stands, and what is displayed there. */
#ifndef SHOW_STOP_REPORT_H
#define SHOW_STOP_REPORT_H

#include "session/motion.h"

/* Says it, with the JSON fields `reason` and `event`. */
void stop_report(const Motion *motion);

/* For a motion that was interrupted before it came anywhere, or on its way back: the run is again
   where the command found it. Says so, and fails. */
bool stop_at_start(Session *session, Error *err);

/* Where the run stands, and what is displayed. */
void stop_show_place(Session *session);

/* What is displayed; one display. */
void stop_show_displays(Session *session);
void stop_show_display(Session *session, const Point *display);

#endif
