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
    const char *hint;     /* what the keys do, as long as one is waited for */
    int shown;            /* columns of it that stand on the screen */
} TerminalViewer;

/* Owns none of them. */
void viewer_init(TerminalViewer *viewer, Station *station, Console *console, Seat *seat);

#endif
