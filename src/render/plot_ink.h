/* The signs, patterns and colours of a plot: the same on the canvas and in the legend.

   Six of each; a plot with more of its kind begins anew, but for the points of classes,
   which then all are letters. */
#ifndef RENDER_PLOT_INK_H
#define RENDER_PLOT_INK_H

#include "explain/block.h"
#include "render/canvas.h"

/* What marks the line, or is a point, of series INDEX. */
Ink ink_of_series(const Plot *plot, int index, const Style *style);

Ink ink_of_mark(int index, const Style *style);

/* What a correct point of CLASS looks like, and what the class's region is filled with. */
Ink ink_of_class(const Plot *plot, int class, const Style *style);
Ink ink_of_region(int class);

/* Whether the dot at X, Y belongs to the pattern of the region of CLASS. */
bool ink_fills(int class, int x, int y, const Style *style);

#endif
