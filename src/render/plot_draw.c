#include <math.h>

#include "render/plot_draw.h"
#include "render/plot_ink.h"
#include "render/plot_line.h"

enum {
    ROWS = 15,       /* with title, axes and legend a plot fits a terminal of 24 lines */
    FEWEST_ROWS = 8, /* ... and a narrow one is no tower */
    FEWEST_COLUMNS = 8,
    ROWS_A_TICK = 3,
    INDENT = 2
};

/* The points' range. */
typedef struct Extent {
    PlotPoint low, high;
    double lowest; /* y above 0 */
    bool any;
} Extent;

bool plot_holds(PlotPoint point)
{
    return axis_holds(point.x) && axis_holds(point.y);
}

long plot_left_out(const Plot *plot)
{
    long count = 0;
    for (int i = 0; i < plot->series_count; i++)
        for (int k = 0; k < plot->series[i].count; k++)
            count += !plot_holds(plot->series[i].points[k]);
    return count;
}

static void include(Extent *extent, PlotPoint point)
{
    if (!plot_holds(point)) return;
    if (!extent->any) *extent = (Extent){point, point, INFINITY, true};
    extent->low = (PlotPoint){fmin(extent->low.x, point.x), fmin(extent->low.y, point.y)};
    extent->high = (PlotPoint){fmax(extent->high.x, point.x), fmax(extent->high.y, point.y)};
    if (point.y > 0) extent->lowest = fmin(extent->lowest, point.y);
}

static Extent extent_of(const Plot *plot)
{
    Extent extent = {0};
    const Regions *regions = &plot->regions;
    if (regions->rows) {
        include(&extent, (PlotPoint){regions->x_low, regions->y_low});
        include(&extent, (PlotPoint){regions->x_high, regions->y_high});
    }
    for (int i = 0; i < plot->series_count; i++)
        for (int k = 0; k < plot->series[i].count; k++)
            if (plot->series[i].style != SERIES_TANGENT)
                include(&extent, plot->series[i].points[k]);
    for (int i = 0; i < plot->mark_count; i++) include(&extent, plot->marks[i].at);
    return extent;
}

/* Regions fill their frame; else the y axis goes from tick to tick. A loss may well reach 0:
   that is below any logarithmic axis, and no reason to hide how it got there. */
static void choose_y(Frame *frame, const Plot *plot, const Extent *extent, int rows)
{
    double low = extent->low.y, high = extent->high.y;
    int most = rows / ROWS_A_TICK;
    if (plot->regions.rows) {
        frame->y = axis_linear(low, high, most, 0);
    } else if (plot->wide && low >= 0 && axis_spans_decades(extent->lowest, high)) {
        frame->zero = low == 0;
        frame->y = axis_logarithmic(extent->lowest / (frame->zero ? 10 : 1), high, most);
    } else {
        frame->y = axis_rounded(low, high, most);
    }
}

static Frame make_frame(const Plot *plot, const Extent *extent, int width, const Style *style)
{
    Frame frame = {0};
    int rows = width / 4 < FEWEST_ROWS ? FEWEST_ROWS : width / 4 > ROWS ? ROWS : width / 4;
    choose_y(&frame, plot, extent, rows);
    frame.left = INDENT + frame_label_width(&frame.y) + 1;
    int columns = width - frame.left - 1;
    if (columns < FEWEST_COLUMNS) columns = FEWEST_COLUMNS;
    Scale scale = plot->whole ? SCALE_WHOLE : SCALE_LINEAR;
    frame.x = frame_fit_axis(extent->low.x, extent->high.x, columns, scale);
    frame.canvas = canvas_new(columns, rows, style->ascii);
    return frame;
}

/* Regions. */

static int class_at(const Regions *regions, const Canvas *canvas, int x, int y)
{
    int width = canvas_width(canvas), height = canvas_height(canvas);
    int column = (2 * x + 1) * regions->columns / (2 * width);
    int row = (2 * (height - 1 - y) + 1) * regions->rows / (2 * height);
    return regions->cells[row * regions->columns + column];
}

/* Where the next dot to the right or below is of another class. */
static bool on_border(const Regions *regions, const Canvas *canvas, int x, int y)
{
    int class = class_at(regions, canvas, x, y);
    return (x + 1 < canvas_width(canvas) && class_at(regions, canvas, x + 1, y) != class) ||
           (y + 1 < canvas_height(canvas) && class_at(regions, canvas, x, y + 1) != class);
}

/* In ASCII the fillings alone show where regions meet. */
static void draw_regions(const Regions *regions, Canvas *canvas, const Style *style)
{
    int width = canvas_width(canvas), height = canvas_height(canvas);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int class = class_at(regions, canvas, x, y);
            if (class >= 0 && ink_fills(class, x, y, style))
                canvas_dot(canvas, x, y, ink_of_region(class));
        }
    for (int y = 0; y < height && !style->ascii; y++)
        for (int x = 0; x < width; x++)
            if (on_border(regions, canvas, x, y))
                canvas_dot(canvas, x, y, (Ink){NULL, PAINT_PLAIN});
}

/* Points. */

static void draw_sign(Frame *frame, PlotPoint at, Ink ink)
{
    if (plot_holds(at))
        canvas_sign(&frame->canvas, frame_x(frame, at.x), frame_y(frame, at.y), ink);
}

static void draw_points(const Plot *plot, int index, Frame *frame, const Style *style)
{
    const Series *series = &plot->series[index];
    for (int i = 0; i < series->count; i++)
        draw_sign(frame, series->points[i], ink_of_series(plot, index, style));
}

static void draw_series(const Plot *plot, int index, Frame *frame, const Style *style)
{
    switch (plot->series[index].style) {
    case SERIES_LINE: plot_draw_line(plot, index, frame, style); break;
    case SERIES_POINTS:
    case SERIES_WRONG: draw_points(plot, index, frame, style); break;
    case SERIES_TANGENT: /* lies below the lines, and is drawn already */
    case SERIES_BARS: break;
    }
}

bool plot_draw(const Plot *plot, int width, const Style *style, Frame *frame)
{
    Extent extent = extent_of(plot);
    if (!extent.any) return false;
    *frame = make_frame(plot, &extent, width, style);
    if (plot->regions.rows) draw_regions(&plot->regions, &frame->canvas, style);
    for (int i = 0; i < plot->series_count; i++)
        if (plot->series[i].style == SERIES_TANGENT) plot_draw_tangent(plot, i, frame, style);
    for (int i = 0; i < plot->series_count; i++) draw_series(plot, i, frame, style);
    for (int i = 0; i < plot->mark_count; i++)
        draw_sign(frame, plot->marks[i].at, ink_of_mark(i, style));
    return true;
}
