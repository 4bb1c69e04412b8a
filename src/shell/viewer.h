/* Whoever follows a lesson at the terminal; or nobody, when output goes elsewhere: then it runs
   straight through. */
#ifndef SHELL_VIEWER_H
#define SHELL_VIEWER_H

#include "lesson/play.h"
#include "shell/seat.h"
#include "shell/station.h"

typedef struct TerminalViewer {
    Viewer viewer; /* first */
    Station *station;
    Console *console;
    Seat *seat;
    double delay;         /* seconds until it goes on by itself; negative: it waits */
    const char *progress; /* the file that keeps it; or NULL */
    int shown;            /* columns of the hint that stands on the screen; 0: none does */
} TerminalViewer;

/* Owns none of them. */
void viewer_init(TerminalViewer *viewer, Station *station, Console *console, Seat *seat);

#endif
