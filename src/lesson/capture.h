/* What a command prints, kept: both channels, in order, as lines. */
#ifndef LESSON_CAPTURE_H
#define LESSON_CAPTURE_H

#include "lesson/match.h"
#include "render/render.h"

enum { CAPTURE_BYTES = 64 * 1024 * 1024 }; /* kept of one command; the rest is lost */

typedef struct Capture {
    Writer writer; /* first: a Writer of ours is its Capture */
    Text text;
    bool full;          /* something was lost */
    const char **lines; /* of the text */
    int capacity;
} Capture;

void capture_init(Capture *capture);
void capture_release(Capture *capture);
void capture_clear(Capture *capture);

/* What was printed since the last clear; lasts until the next one. */
Sheet capture_lines(Capture *capture);

#endif
