/* The progress bar: one line on stderr that shows how far long work has come, and that is gone
   before anything else is written. Only for a terminal that carries out control sequences; the
   shell sees to that. */
#ifndef SHELL_PROGRESS_H
#define SHELL_PROGRESS_H

#include "render/render.h"
#include "session/session.h"

typedef struct ProgressBar {
    Writer *writer;      /* the rest is not owned, either */
    const Style *style;  /* ASCII or not, colour or not */
    double (*now)(void); /* seconds, from whenever */
    int (*columns)(void);
    bool working, shown;
    double first;          /* epochs done when the work began */
    double started, drawn; /* at these seconds */
} ProgressBar;

void progress_bar_init(ProgressBar *bar, Writer *writer, const Style *style);

/* SELF, a ProgressBar, draws PROGRESS when it is time to: not in the first 0.3 s, and at most ten
   times a second. NULL: the work is over. */
void progress_bar_show(void *self, const Progress *progress);

/* Removes the line if it is there. The work may go on, and it may come back. */
void progress_bar_clear(ProgressBar *bar);

/* Adds the line: per cent, bar, time left, loss, epochs a second, as far as COLUMNS have room for
   them. RATE is in epochs a second; 0: not known yet. */
void progress_spell(Text *line, const Progress *progress, double rate, int columns,
                    const Style *style);

#endif
