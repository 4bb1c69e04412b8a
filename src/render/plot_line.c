#include <math.h>
#include <stdlib.h>

#include "render/plot_draw.h"
#include "render/plot_ink.h"
#include "render/plot_line.h"

/* Draws lines that have a sign here and there, where the other lines have none: also lines
   that lie on each other can be told apart. */
typedef struct Pen {
    Canvas *canvas;
    Ink ink;
    int period, phase; /* columns between signs, and of the first; period 0: no signs */
    int signed_column; /* the last that got a sign */
    int gap;           /* every so many dots one is drawn */
} Pen;

static void pen_dot(Pen *pen, int x, int y)
{
    int column = x / pen->canvas->across;
    bool sign = pen->period && column % pen->period == pen->phase && column != pen->signed_column;
    if (!sign) {
        canvas_dot(pen->canvas, x, y, pen->ink);
        return;
    }
    canvas_sign(pen->canvas, x, y, pen->ink);
    pen->signed_column = column;
}

static void pen_line(Pen *pen, int x, int y, int to_x, int to_y)
{
    int across = to_x - x, down = to_y - y;
    int count = abs(across) > abs(down) ? abs(across) : abs(down);
    for (int i = 0; i <= count; i += pen->gap) {
        double part = count ? (double)i / count : 0;
        pen_dot(pen, x + (int)lround(across * part), y + (int)lround(down * part));
    }
}

static int count_lines(const Plot *plot)
{
    int count = 0;
    for (int i = 0; i < plot->series_count; i++) count += plot->series[i].style == SERIES_LINE;
    return count;
}

static Pen pen_of(const Plot *plot, int index, Frame *frame, const Style *style)
{
    enum { WIDEST = 6 };
    int lines = count_lines(plot), room = frame->canvas.columns / lines;
    int step = room < 1 ? 1 : room > WIDEST ? WIDEST : room;
    Pen pen = {&frame->canvas, ink_of_series(plot, index, style), 0, 0, -1, 1};
    if (lines > 1) pen.period = step * lines, pen.phase = step * index + step / 2;
    return pen;
}

void plot_draw_line(const Plot *plot, int index, Frame *frame, const Style *style)
{
    const Series *series = &plot->series[index];
    Pen pen = pen_of(plot, index, frame, style);
    for (int i = 0; i < series->count; i++) {
        PlotPoint at = series->points[i];
        bool begins = i == 0 || !plot_holds(series->points[i - 1]);
        bool ends = i + 1 == series->count || !plot_holds(series->points[i + 1]);
        if (begins && ends && plot_holds(at))
            canvas_sign(&frame->canvas, frame_x(frame, at.x), frame_y(frame, at.y), pen.ink);
        if (begins || !plot_holds(at)) continue;
        PlotPoint from = series->points[i - 1];
        pen_line(&pen, frame_x(frame, from.x), frame_y(frame, from.y), frame_x(frame, at.x),
                 frame_y(frame, at.y));
    }
}

static double between(double from, double to, double part)
{
    return from + (to - from) * part;
}

/* Cuts the line off where it leaves the y axis; false when it never comes near. */
static bool cut_line(const Axis *y, PlotPoint *from, PlotPoint *to)
{
    double rise = to->y - from->y;
    if (rise == 0) return from->y >= y->low && from->y <= y->high;
    double low = (y->low - from->y) / rise, high = (y->high - from->y) / rise;
    double start = fmax(0, fmin(low, high)), end = fmin(1, fmax(low, high));
    if (!(start < end)) return false;
    PlotPoint first = *from, last = *to;
    *from = (PlotPoint){between(first.x, last.x, start), between(first.y, last.y, start)};
    *to = (PlotPoint){between(first.x, last.x, end), between(first.y, last.y, end)};
    return true;
}

void plot_draw_tangent(const Plot *plot, int index, Frame *frame, const Style *style)
{
    const Series *series = &plot->series[index];
    PlotPoint from = series->points[0], to = series->points[1];
    Pen pen = {&frame->canvas, ink_of_series(plot, index, style), 0, 0, -1, style->ascii ? 1 : 3};
    if (!plot_holds(from) || !plot_holds(to) || !cut_line(&frame->y, &from, &to)) return;
    pen_line(&pen, frame_x(frame, from.x), frame_y(frame, from.y), frame_x(frame, to.x),
             frame_y(frame, to.y));
}
