/* Frames: a canvas with an x axis below it and a y axis at its left. */
#ifndef RENDER_FRAME_H
#define RENDER_FRAME_H

#include "render/axis.h"
#include "render/canvas.h"

typedef struct Frame {
    Axis x, y;
    bool zero; /* a 0 lies on a logarithmic y axis: at its low end */
    int left;  /* columns before the y axis */
    Canvas canvas;
} Frame;

/* The widest label of AXIS, in columns. */
int frame_label_width(const Axis *axis);

typedef enum Scale {
    SCALE_LINEAR,
    SCALE_WHOLE, /* ticks at whole numbers only */
    SCALE_LOGARITHMIC
} Scale;

/* An axis from LOW to HIGH over COLUMNS columns, with as many ticks as have labels that stand
   apart. */
Axis frame_fit_axis(double low, double high, int columns, Scale scale);

/* Adds the x axis as two lines: a rule that begins at column LEFT, with COLUMNS columns of
   DOTS dots, and the labels. */
void frame_add_axis(const Axis *axis, int left, int columns, int dots, Text *text,
                    const Style *style);

/* Adds the canvas with its y axis, and the x axis. */
void frame_add(const Frame *frame, Text *text, const Style *style);

/* Where POINT is in dots. */
int frame_x(const Frame *frame, double x);
int frame_y(const Frame *frame, double y);

#endif
