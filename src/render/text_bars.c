/* A plot of bars: one line each, with its number and its value. */
#include <math.h>

#include "render/frame.h"
#include "render/text_renderer.h"

enum { EIGHTHS = 8, FEWEST_COLUMNS = 4 };

typedef struct Bars {
    Axis axis; /* of the values */
    int left, columns;
} Bars;

static int number_columns(TextRenderer *text, double value)
{
    show_number_piece(text, value, PAINT_PLAIN);
    int columns = text->pieces.items[text->pieces.count - 1].columns;
    pieces_drop(&text->pieces, text->pieces.count - 1);
    return columns;
}

static void measure(TextRenderer *text, Bars *bars, const Series *series)
{
    int numbers = 1, values = 0;
    for (int i = 0; i < series->count; i++) {
        int number = number_columns(text, series->points[i].x);
        int value = number_columns(text, series->points[i].y);
        if (number > numbers) numbers = number;
        if (value > values) values = value;
    }
    bars->left = INDENT + numbers + 1;
    bars->columns = show_plot_width(text) - bars->left - 1 - 1 - values;
    if (bars->columns < FEWEST_COLUMNS) bars->columns = FEWEST_COLUMNS;
}

/* Bars begin at 0, on a logarithmic axis at a power of ten below the shortest. There a 0 is
   no bar at all. */
static void choose_axis(Bars *bars, const Plot *plot)
{
    const Series *series = plot->series;
    double lowest = INFINITY, highest = 0;
    for (int i = 0; i < series->count; i++) {
        double value = series->points[i].y;
        if (!axis_holds(value)) continue;
        if (value > 0) lowest = fmin(lowest, value);
        highest = fmax(highest, value);
    }
    bool logarithmic = plot->wide && axis_spans_decades(lowest, highest);
    double base = logarithmic ? pow(10, ceil(log10(lowest)) - 1) : 0;
    bars->axis = frame_fit_axis(base, highest > 0 ? highest : 1, bars->columns,
                                logarithmic ? SCALE_LOGARITHMIC : SCALE_LINEAR);
}

/* In eighths of a column, and never shorter than one of them. */
static void add_bar(Text *out, int eighths, bool ascii)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (eighths < 1) eighths = 1;
    if (ascii) {
        text_repeat(out, '#', eighths < EIGHTHS ? 1 : (eighths + EIGHTHS / 2) / EIGHTHS);
        return;
    }
    for (int i = 0; i < eighths / EIGHTHS; i++) text_add(out, "█");
    text_add(out, parts[eighths % EIGHTHS]);
}

static void write_bar(TextRenderer *text, const Bars *bars, PlotPoint point)
{
    const Style *style = text->speller.style;
    Text *out = &text->output.text;
    show_number_piece(text, point.x, PAINT_PLAIN);
    piece_add_right(&text->pieces, text->pieces.count - 1, out, bars->left - 1);
    text_add(out, style->ascii ? " |" : " │");
    if (axis_holds(point.y) && point.y > 0) {
        paint(out, paint_series(0), style);
        add_bar(out, axis_step(&bars->axis, point.y, bars->columns * EIGHTHS + 1), style->ascii);
        paint(out, PAINT_PLAIN, style);
    }
    text_add_char(out, ' ');
    speller_number(&text->speller, out, point.y);
    text_add_char(out, '\n');
}

void show_bars(TextRenderer *text, const Plot *plot)
{
    const Series *series = plot->series;
    Bars bars;
    measure(text, &bars, series);
    choose_axis(&bars, plot);
    show_plot_name(text, &plot->x, "", bars.left - 1);
    for (int i = 0; i < series->count; i++) write_bar(text, &bars, series->points[i]);
    frame_add_axis(&bars.axis, bars.left, bars.columns, 1, &text->output.text, text->speller.style);
    show_plot_name(text, &plot->y, bars.axis.logarithmic ? " (log scale)" : "",
                   bars.left + 1 + bars.columns);
}
