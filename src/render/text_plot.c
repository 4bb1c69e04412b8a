/* A plot as text: title, picture, the names of what is in it. */
#include "render/plot_draw.h"
#include "render/plot_ink.h"
#include "render/text_renderer.h"

enum { WIDEST = 100 /* columns; a wider plot is hard to read across */ };

int show_plot_width(const TextRenderer *text)
{
    int width = text->speller.style->width;
    return width > WIDEST ? WIDEST : width;
}

/* A line of prose, which was added to the piece to come, from column START. */
static void write_line(TextRenderer *text, int start)
{
    Text *out = &text->output.text;
    pieces_end(&text->pieces);
    int index = text->pieces.count - 1;
    Fold fold = {
        .width = text->speller.style->width, .column = start, .hang = INDENT, .prose = true};
    text_repeat(out, ' ', start);
    fold_piece(&fold, out, &text->pieces, index);
    text_add_char(out, '\n');
}

static void write_title(TextRenderer *text, const Prose *title)
{
    const Style *style = text->speller.style;
    paint(&text->pieces.text, PAINT_HEADING, style);
    show_spans(text, title->spans, title->count);
    paint(&text->pieces.text, PAINT_PLAIN, style);
    write_line(text, 0);
}

void show_plot_name(TextRenderer *text, const Prose *name, const char *remark, int end)
{
    size_t before = text->pieces.text.length;
    show_spans(text, name->spans, name->count);
    text_add(&text->pieces.text, remark);
    const char *spelled = text_string(&text->pieces.text) + before;
    int columns = columns_of(spelled, text->pieces.text.length - before);
    write_line(text, columns + INDENT > end ? INDENT : end - columns);
}

/* The legend: sign and name, item by item. */

typedef struct Legend {
    TextRenderer *text;
    int column; /* where the line has come to; 0: there is none yet */
} Legend;

static void add_sign(TextRenderer *text, Ink ink, int times)
{
    Text *piece = &text->pieces.text;
    paint(piece, ink.paint, text->speller.style);
    while (times--) text_add(piece, ink.sign);
    paint(piece, PAINT_PLAIN, text->speller.style);
}

/* Ends the item that was added to the piece to come, and puts it where there is room. */
static void end_item(Legend *legend)
{
    Pieces *pieces = &legend->text->pieces;
    Text *out = &legend->text->output.text;
    int width = show_plot_width(legend->text);
    pieces_end(pieces);
    int index = pieces->count - 1, columns = pieces->items[index].columns;
    bool fits = legend->column + GAP + columns <= width;
    if (legend->column && !fits) text_add_char(out, '\n');
    int before = legend->column && fits ? GAP : INDENT;
    int start = (legend->column && fits ? legend->column : 0) + before;
    text_repeat(out, ' ', before);
    Fold fold = {.width = width, .column = start, .hang = 2 * INDENT, .prose = true};
    fold_piece(&fold, out, pieces, index);
    legend->column = fold.column;
}

static void add_item(Legend *legend, Ink ink, int times, const Prose *name)
{
    TextRenderer *text = legend->text;
    add_sign(text, ink, times);
    text_add_char(&text->pieces.text, ' ');
    show_spans(text, name->spans, name->count);
    end_item(legend);
}

/* A lone line has no signs on it: the legend shows a piece of the line itself. */
static void add_series(Legend *legend, const Plot *plot)
{
    const Style *style = legend->text->speller.style;
    bool alone = plot->series_count < 2 || plot->series[1].style != SERIES_LINE;
    for (int i = 0; i < plot->series_count; i++) {
        Ink ink = ink_of_series(plot, i, style);
        bool line = plot->series[i].style == SERIES_LINE && alone;
        if (line && !style->ascii) ink.sign = "⠒";
        bool piece = line || plot->series[i].style == SERIES_TANGENT;
        add_item(legend, ink, piece ? 2 : 1, &plot->series[i].name);
    }
}

/* A few cells of what fills the region of CLASS; nothing for the first. */
static void add_filling(TextRenderer *text, int class)
{
    const Style *style = text->speller.style;
    Canvas canvas = canvas_new(3, 1, style->ascii);
    for (int y = 0; y < canvas_height(&canvas); y++)
        for (int x = 0; x < canvas_width(&canvas); x++)
            if (ink_fills(class, x, y, style)) canvas_dot(&canvas, x, y, ink_of_region(class));
    text_add_char(&text->pieces.text, ' ');
    canvas_add_row(&canvas, 0, &text->pieces.text, style);
    canvas_release(&canvas);
}

/* The points' signs by class. */
static void add_classes(Legend *legend, const Plot *plot)
{
    TextRenderer *text = legend->text;
    const Regions *regions = &plot->regions;
    for (int i = 0; i < regions->class_count; i++) {
        add_sign(text, ink_of_class(plot, i, text->speller.style), 1);
        text_add_char(&text->pieces.text, ' ');
        show_spans(text, regions->classes[i].spans, regions->classes[i].count);
        if (i) add_filling(text, i);
        end_item(legend);
    }
}

static void add_wrong(Legend *legend, const Plot *plot)
{
    int first = 0;
    while (first < plot->series_count && plot->series[first].style != SERIES_WRONG) first++;
    if (first == plot->series_count) return;
    Ink ink = ink_of_series(plot, first, legend->text->speller.style);
    add_sign(legend->text, ink, 1);
    show_words(legend->text, *ink.sign >= 'A' && *ink.sign <= 'Z' ? " (capitals)" : " (hollow)",
               PAINT_PLAIN);
    text_add(&legend->text->pieces.text, " predicted wrongly");
    end_item(legend);
}

static void write_legend(TextRenderer *text, const Plot *plot)
{
    Legend legend = {text, 0};
    if (plot->regions.rows) {
        add_classes(&legend, plot);
        add_wrong(&legend, plot);
    } else if (plot->series_count + plot->mark_count > 1) {
        add_series(&legend, plot);
    }
    for (int i = 0; i < plot->mark_count; i++)
        if (plot_holds(plot->marks[i].at))
            add_item(&legend, ink_of_mark(i, text->speller.style), 1, &plot->marks[i].name);
    if (legend.column) text_add_char(&text->output.text, '\n');
}

static void write_picture(TextRenderer *text, const Plot *plot, Frame *frame)
{
    const char *scale = frame->zero            ? " (log scale, 0 at the bottom)"
                        : frame->y.logarithmic ? " (log scale)"
                                               : "";
    int left = frame->left;
    show_plot_name(text, &plot->y, scale, left - 1);
    frame_add(frame, &text->output.text, text->speller.style);
    show_plot_name(text, &plot->x, "", left + 1 + frame->canvas.columns);
    write_legend(text, plot);
    canvas_release(&frame->canvas);
}

static void note_left_out(TextRenderer *text, const Plot *plot)
{
    long count = plot_left_out(plot);
    if (!count) return;
    text_print(&text->pieces.text, "%ld point%s left out: not finite, or beyond 1e300", count,
               count == 1 ? " is" : "s are");
    write_line(text, INDENT);
}

void show_plot(TextRenderer *text, const Plot *plot)
{
    Frame frame;
    write_title(text, &plot->title);
    if (plot->series_count && plot->series[0].style == SERIES_BARS) {
        show_bars(text, plot);
        return;
    }
    if (plot_draw(plot, show_plot_width(text), text->speller.style, &frame))
        write_picture(text, plot, &frame);
    note_left_out(text, plot);
}
