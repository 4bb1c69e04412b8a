/* A plot on its canvas: axes chosen, regions, lines, points and marks drawn. */
#ifndef RENDER_PLOT_DRAW_H
#define RENDER_PLOT_DRAW_H

#include "explain/block.h"
#include "render/frame.h"

/* A frame for PLOT within WIDTH columns, everything drawn; the caller releases its canvas.
   False when no point of the plot can be drawn. */
bool plot_draw(const Plot *plot, int width, const Style *style, Frame *frame);

/* Whether POINT has a place in a plot. */
bool plot_holds(PlotPoint point);

/* How many points of PLOT have none. */
long plot_left_out(const Plot *plot);

#endif
