#include "render/frame.h"

enum { APART = 2 };

int frame_label_width(const Axis *axis)
{
    char label[NUMBER_SIZE];
    int widest = 0;
    for (int i = 0; i < axis->count; i++) {
        int width = axis_label(axis, i, label);
        if (width > widest) widest = width;
    }
    return widest;
}

/* Where a label starts that stands below its tick, neither before the y axis's labels nor
   past the end. */
static int label_start(const Axis *axis, int index, int width, int left, int columns, int dots)
{
    int tick = left + 1 + axis_step(axis, axis->ticks[index], columns * dots) / dots;
    int start = tick - width / 2, end = left + 1 + columns;
    if (start + width > end) start = end - width;
    return start < 0 ? 0 : start;
}

static bool labels_apart(const Axis *axis, int columns)
{
    char label[NUMBER_SIZE];
    int end = -APART;
    for (int i = 0; i < axis->count; i++) {
        int width = axis_label(axis, i, label);
        int start = label_start(axis, i, width, NUMBER_SIZE, columns, 1);
        if (start < end + APART) return false;
        end = start + width;
    }
    return true;
}

static Axis make_axis(double low, double high, int most, Scale scale)
{
    if (scale == SCALE_LOGARITHMIC) return axis_logarithmic(low, high, most);
    return axis_linear(low, high, most, scale == SCALE_WHOLE);
}

Axis frame_fit_axis(double low, double high, int columns, Scale scale)
{
    int most = 2 + columns / 12; /* neither crowded when wide nor bare when narrow */
    Axis axis = make_axis(low, high, most, scale);
    while (most > 1 && !labels_apart(&axis, columns)) axis = make_axis(low, high, --most, scale);
    if (!labels_apart(&axis, columns)) axis.count = 1;
    return axis;
}

static bool has_tick(const Axis *axis, int step, int steps, int dots)
{
    for (int i = 0; i < axis->count; i++)
        if (axis_step(axis, axis->ticks[i], steps) / dots == step) return true;
    return false;
}

static void add_labels(const Axis *axis, int left, int columns, int dots, Text *text)
{
    char label[NUMBER_SIZE];
    int at = 0;
    for (int i = 0; i < axis->count; i++) {
        int width = axis_label(axis, i, label);
        int start = label_start(axis, i, width, left, columns, dots);
        text_repeat(text, ' ', start - at);
        text_add(text, label);
        at = start + width;
    }
    text_add_char(text, '\n');
}

void frame_add_axis(const Axis *axis, int left, int columns, int dots, Text *text,
                    const Style *style)
{
    text_repeat(text, ' ', left);
    text_add(text, style->ascii ? "+" : "└");
    for (int i = 0; i < columns; i++)
        if (has_tick(axis, i, columns * dots, dots))
            text_add(text, style->ascii ? "+" : "┬");
        else
            text_add(text, style->ascii ? "-" : "─");
    text_add_char(text, '\n');
    add_labels(axis, left, columns, dots, text);
}

static void add_y_label(const Frame *frame, int row, Text *text, const Style *style)
{
    const Axis *y = &frame->y;
    char label[NUMBER_SIZE];
    for (int i = 0; i < y->count; i++) {
        if (frame_y(frame, y->ticks[i]) / frame->canvas.down != row) continue;
        int width = axis_label(y, i, label);
        text_repeat(text, ' ', frame->left - 1 - width);
        text_print(text, "%s %s", label, style->ascii ? "+" : "┤");
        return;
    }
    text_repeat(text, ' ', frame->left);
    text_add(text, style->ascii ? "|" : "│");
}

void frame_add(const Frame *frame, Text *text, const Style *style)
{
    const Canvas *canvas = &frame->canvas;
    for (int row = 0; row < canvas->rows; row++) {
        add_y_label(frame, row, text, style);
        canvas_add_row(canvas, row, text, style);
        text_add_char(text, '\n');
    }
    frame_add_axis(&frame->x, frame->left, canvas->columns, canvas->across, text, style);
}

int frame_x(const Frame *frame, double x)
{
    return axis_step(&frame->x, x, canvas_width(&frame->canvas));
}

int frame_y(const Frame *frame, double y)
{
    int height = canvas_height(&frame->canvas);
    return height - 1 - axis_step(&frame->y, y, height);
}
