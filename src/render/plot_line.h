/* Lines of a plot: from point to point, and tangents. */
#ifndef RENDER_PLOT_LINE_H
#define RENDER_PLOT_LINE_H

#include "explain/block.h"
#include "render/frame.h"

/* Series INDEX as a line. A point that is left out breaks it; one alone is no line, but the
   series's sign. */
void plot_draw_line(const Plot *plot, int index, Frame *frame, const Style *style);

/* Series INDEX as a dotted straight line that ends where the frame does. */
void plot_draw_tangent(const Plot *plot, int index, Frame *frame, const Style *style);

#endif
