#include "shell/viewer.h"

#include <string.h>
#include <time.h>

#include "render/paint.h"
#include "shell/interrupt.h"
#include "shell/keys.h"
#include "shell/repl.h"
#include "shell/terminal.h"

/* The line that says what the keys do, as long as one is waited for. */

/* How much of HINT stands in ROOM columns: of many keys the first, each with what it does. */
static int fitting(const char *hint, int room)
{
    static const char gap[] = "  ";
    int length = (int)strlen(hint), end = room; /* a terminal may be too narrow for one */
    if (length <= room) return length;
    for (const char *at = hint; (at = strstr(at, gap)) && at - hint <= room; at += strlen(gap))
        end = (int)(at - hint);
    return end;
}

static void show_hint(void *self)
{
    TerminalViewer *viewer = self;
    const Style *style = session_style(viewer->station->session);
    Text line = {0};
    viewer->shown = fitting(viewer->hint, terminal_columns() - 1);
    paint(&line, PAINT_ASIDE, style);
    text_add_bytes(&line, viewer->hint, (size_t)viewer->shown);
    paint(&line, PAINT_PLAIN, style);
    console_print(viewer->console, text_string(&line));
    console_flush(viewer->console);
    text_release(&line);
}

static void clear_hint(void *self)
{
    TerminalViewer *viewer = self;
    Text line = {0};
    if (!viewer->shown) return;
    text_add_char(&line, '\r');
    if (!terminal_is_steerable()) text_repeat(&line, ' ', viewer->shown);
    text_add(&line, terminal_is_steerable() ? "\x1b[K" : "\r");
    console_print(viewer->console, text_string(&line));
    console_flush(viewer->console);
    text_release(&line);
    viewer->shown = 0;
}

/* Keys. */

static int wait_for_key(TerminalViewer *viewer, const char *hint)
{
    viewer->hint = hint;
    int key = keys_read(viewer->delay, &(KeyLine){show_hint, clear_hint, viewer});
    switch (key) {
    case KEYS_END: return VIEWER_GONE;
    case KEYS_INTERRUPTED: return VIEWER_INTERRUPTED;
    case KEYS_LATE: return '\n';
    default: return key;
    }
}

/* Where there is nobody. */
static int pause_for(double seconds)
{
    time_t whole = seconds > 0 ? (time_t)seconds : 0;
    struct timespec span = {whole, seconds > 0 ? (long)((seconds - (double)whole) * 1e9) : 0};
    if (!*interrupt_flag()) nanosleep(&span, NULL);
    return *interrupt_flag() ? VIEWER_INTERRUPTED : '\n';
}

static long read_line(void *self, const char *prompt, const char **line)
{
    TerminalViewer *viewer = self;
    Station *station = viewer->station;
    Error err;
    size_t length;
    console_flush(viewer->console);
    Input *input = seat_input(viewer->seat, station->session, false);
    switch (input_read(input, prompt, line, &length, &err)) {
    case INPUT_LINE: return (long)length;
    case INPUT_REFUSED: relay_refuse(&station->relay, &err); return VIEWER_REFUSED;
    case INPUT_INTERRUPTED: return VIEWER_INTERRUPTED;
    case INPUT_END: break;
    }
    return VIEWER_GONE;
}

/* A key is the first letter of a line where keys cannot be read one by one. */
static int read_key_line(TerminalViewer *viewer, const char *hint)
{
    const char *line;
    Text prompt = {0};
    text_print(&prompt, "%s > ", hint);
    long length = read_line(viewer, text_string(&prompt), &line);
    text_release(&prompt);
    if (length < 0) return (int)length;
    return length ? (unsigned char)line[0] : '\n';
}

static int read_key(void *self, const char *hint)
{
    TerminalViewer *viewer = self;
    console_flush(viewer->console);
    if (!viewer->seat->taken) return pause_for(viewer->delay);
    return keys_available() ? wait_for_key(viewer, hint) : read_key_line(viewer, hint);
}

/* The rest. */

static void go_live(void *self)
{
    TerminalViewer *viewer = self;
    Station *station = viewer->station;
    repl_run(station->session, &station->relay, seat_input(viewer->seat, station->session, true));
}

static int width(void *self)
{
    (void)self;
    return terminal_columns();
}

/* Progress is a convenience: what cannot be written is not kept. */
static void reached(void *self, const Standing *standing)
{
    const TerminalViewer *viewer = self;
    if (viewer->progress) progress_save(viewer->progress, standing, NULL);
}

void viewer_init(TerminalViewer *viewer, Station *station, Console *console, Seat *seat)
{
    *viewer = (TerminalViewer){.viewer = {read_key, read_line, go_live, width, reached, viewer},
                               .station = station,
                               .console = console,
                               .seat = seat,
                               .delay = -1};
    if (seat->taken) return;
    viewer->viewer.line = NULL;
    viewer->viewer.live = NULL;
}
