#include <math.h>
#include <time.h>

#include "base/number.h"
#include "render/paint.h"
#include "shell/interrupt.h"
#include "shell/progress.h"
#include "shell/terminal.h"

/* Short work is over before a bar could be read. */
static const double DELAY = 0.3, INTERVAL = 0.1;
enum {
    GAP = 2,
    LEAST_BAR = 10,
    MOST_BAR = 40,
    FRAME = 2,
    INTERRUPT_ECHO = 8 /* ^C, from an impatient hand */
};

/* The line. */

static double share_done(const Progress *progress)
{
    double share = progress->total > 0 ? progress->done / progress->total : 0;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static void add_time(Text *text, double seconds)
{
    enum { MINUTE = 60, HOUR = 3600, LONGEST = 100 * HOUR };
    long s = seconds < LONGEST ? (long)(seconds + 0.5) : LONGEST;
    if (s < MINUTE)
        text_print(text, "%ld s left", s);
    else if (s < HOUR)
        text_print(text, "%ld:%02ld min left", s / MINUTE, s % MINUTE);
    else if (s < LONGEST)
        text_print(text, "%ld:%02ld h left", s / HOUR, s % HOUR / MINUTE);
    else
        text_add(text, "100 h or more left");
}

static void add_left(Text *text, const Progress *progress, double rate)
{
    if (rate > 0) add_time(text, (progress->total - progress->done) / rate);
}

static void add_loss(Text *text, const Progress *progress, double rate)
{
    char number[NUMBER_SIZE];
    (void)rate;
    number_spell(number, progress->loss, 4);
    if (progress->done >= 1 && !isnan(progress->loss)) text_print(text, "loss %s", number);
}

static void add_rate(Text *text, const Progress *progress, double rate)
{
    enum { WHOLE = 100, DIGITS = 3 }; /* from here on fractions are noise */
    char number[NUMBER_SIZE];
    (void)progress;
    number_spell(number, rate, DIGITS);
    if (rate >= WHOLE)
        text_print(text, "%.0f epochs/s", rate);
    else if (rate > 0)
        text_print(text, "%s epochs/s", number);
}

/* What stands behind the bar, the most important first: the last give way to a narrow terminal. */
static void (*const parts[])(Text *text, const Progress *progress,
                             double rate) = {add_left, add_loss, add_rate};
enum { PARTS = sizeof parts / sizeof parts[0] };

/* All in ASCII, so that bytes are columns. Returns those left over of ROOM. */
static int add_parts(Text *line, const Progress *progress, double rate, int room)
{
    for (int i = 0; i < PARTS; i++) {
        size_t before = line->length;
        text_repeat(line, ' ', GAP);
        parts[i](line, progress, rate);
        int width = (int)(line->length - before);
        bool fits = width > GAP && width <= room;
        if (fits)
            room -= width;
        else
            line->length = before;
    }
    return room;
}

static void add_cells(Text *line, double cells, int width, bool ascii)
{
    enum { EIGHTHS = 8 };
    static const char *const partial[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int full = (int)cells, rest = ascii ? 0 : (int)((cells - full) * EIGHTHS);
    for (int i = 0; i < full; i++) text_add(line, ascii ? "#" : "█");
    text_add(line, partial[rest]);
    text_repeat(line, ' ', width - full - (rest > 0));
}

static void add_bar(Text *line, double share, int width, const Style *style)
{
    text_repeat(line, ' ', 1);
    text_add(line, style->ascii ? "[" : "▕");
    paint(line, PAINT_MEMO, style);
    add_cells(line, share * width, width, style->ascii);
    paint(line, PAINT_PLAIN, style);
    text_add(line, style->ascii ? "]" : "▏");
}

void progress_spell(Text *line, const Progress *progress, double rate, int columns,
                    const Style *style)
{
    enum { PERCENT = 4, SPACE = 1 };
    double share = share_done(progress);
    int room = columns - PERCENT;
    if (room < 0) return;
    bool bar = room >= SPACE + FRAME + LEAST_BAR;
    Text after = {0};
    if (bar) room -= SPACE + FRAME + LEAST_BAR;
    room = add_parts(&after, progress, rate, room);
    int width = LEAST_BAR + room < MOST_BAR ? LEAST_BAR + room : MOST_BAR;
    text_print(line, "%3d%%", (int)(share * 100));
    if (bar) add_bar(line, share, width, style);
    text_add_bytes(line, text_string(&after), after.length);
    text_release(&after);
}

/* The bar on the terminal. */

static double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_bar_init(ProgressBar *bar, Writer *writer, const Style *style)
{
    *bar = (ProgressBar){
        .writer = writer, .style = style, .now = seconds_now, .columns = terminal_columns};
}

static void write_line(const ProgressBar *bar, const Text *line)
{
    bar->writer->write(bar->writer, CHANNEL_ERROR, text_string(line), line->length);
}

/* Room is left for the ^C that the terminal echoes: the line must never wrap. */
static void draw(ProgressBar *bar, const Progress *progress, double now)
{
    Text line = {0};
    double rate = (double)(progress->done - bar->first) / (now - bar->started);
    text_add(&line, "\r\x1b[K");
    progress_spell(&line, progress, rate, bar->columns() - INTERRUPT_ECHO - 1, bar->style);
    write_line(bar, &line);
    text_release(&line);
    bar->shown = true;
    bar->drawn = now;
}

void progress_bar_clear(ProgressBar *bar)
{
    if (!bar->shown) return;
    Text line = {0};
    /* Each Ctrl-C has moved the cursor to the line below, where the bar may have been drawn once
       more: it comes at any moment, but for those between counting and writing. */
    interrupt_hold(true);
    text_add(&line, "\r\x1b[K");
    for (int lines = *interrupt_flag(); lines; lines--) text_add(&line, "\x1b[A\r\x1b[K");
    write_line(bar, &line);
    interrupt_hold(false);
    text_release(&line);
    bar->shown = false;
}

void progress_bar_show(void *self, const Progress *progress)
{
    ProgressBar *bar = self;
    double now = bar->now();
    if (!progress) {
        progress_bar_clear(bar);
        bar->working = false;
    } else if (!bar->working) {
        bar->working = true;
        bar->first = progress->done;
        bar->started = bar->drawn = now;
    } else if (now - bar->started >= DELAY && now - bar->drawn >= INTERVAL && !*interrupt_flag()) {
        draw(bar, progress, now);
    }
}
