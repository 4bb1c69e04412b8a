/* The progress bar: its line, and when it is there. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "shell/interrupt.h"
#include "shell/progress.h"
#include "shell/relay.h"
#include "unit.h"

static const struct {
    Progress progress;
    double rate;
    int columns;
    bool ascii;
    const char *line;
} lines[] = {
    {{0, 100, 0}, 0, 40, true, "  0% [                                 ]"},
    {{42, 100, 0.012345678},
     1.5,
     80,
     true,
     " 42% [##############                    ]  39 s left  loss 0.01235  1.5 epochs/s"},
    {{42, 100, 0.012345678},
     1.5,
     80,
     false,
     " 42% ▕██████████████▎                   ▏  39 s left  loss 0.01235  1.5 epochs/s"},
    {{50, 100, 2},
     1,
     120,
     true,
     " 50% [####################                    ]  50 s left  loss 2  1 epochs/s"},
    {{50, 100, 2}, 1, 40, true, " 50% [#######       ]  50 s left  loss 2"},
    {{50, 100, 2}, 1, 29, true, " 50% [#####      ]  50 s left"},
    {{50, 100, 2}, 1, 28, true, " 50% [#####     ]  50 s left"},
    {{50, 100, 2}, 1, 27, true, " 50% [######      ]  loss 2"},
    {{50, 100, 2}, 1, 26, true, " 50% [#####      ]  loss 2"},
    {{50, 100, 2}, 1, 17, true, " 50% [#####     ]"},
    {{50, 100, 2}, 1, 16, true, " 50%  50 s left"},
    {{50, 100, 2}, 1, 4, true, " 50%"},
    {{50, 100, 2}, 1, 3, true, ""},
    {{50, 100, 2}, 1, -3, true, ""},
    {{100, 100, 2}, 0, 26, false, "100% ▕███████████▏  loss 2"},
    {{1, 10000, 2},
     1000,
     80,
     true,
     "  0% [                                       ]  10 s left  loss 2  1000 epochs/s"},
    {{0, 100, 0}, 0.99, 60, true, "  0% [                       ]  1:41 min left  0.99 epochs/s"},
    {{0, 7322, 0}, 1, 60, true, "  0% [                            ]  2:02 h left  1 epochs/s"},
    {{0, 1000000, 0}, 1, 60, true, "  0% [                     ]  100 h or more left  1 epochs/s"},
    {{5, 3, 2}, 0, 17, true, "100% [##########]"},
    {{0, 0, 2}, 0, 20, true, "  0% [             ]"},
    {{50, 100, NAN}, 1, 50, true, " 50% [##########          ]  50 s left  1 epochs/s"},
};

START_TEST(the_line_is_as_wide_as_there_is_room)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        Text line = {0};
        const Style style = {.ascii = lines[i].ascii};
        progress_spell(&line, &lines[i].progress, lines[i].rate, lines[i].columns, &style);
        ck_assert_msg(!strcmp(text_string(&line), lines[i].line), "%zu: %s", i, text_string(&line));
        text_release(&line);
    }
}
END_TEST

START_TEST(the_line_is_never_wider_than_the_room)
{
    for (int columns = 0; columns <= 200; columns++)
        for (double done = 0; done <= 1000; done += 37) {
            Text line = {0};
            Progress progress = {done, 1000, 1 / (done + 3)};
            progress_spell(&line, &progress, done / 7, columns, &(Style){.ascii = false});
            ck_assert_int_le(utf8_width(text_string(&line), line.length), columns);
            text_release(&line);
        }
}
END_TEST

START_TEST(only_the_cells_are_coloured)
{
    Text line = {0};
    progress_spell(&line, &(Progress){1, 2, 3}, 0, 25, &(Style){.ascii = true, .color = true});
    ck_assert_str_eq(text_string(&line), " 50% [\x1b[32m#####     \x1b[0m]  loss 3");
    text_release(&line);
}
END_TEST

/* A bar whose clock and terminal are the test's. */

static double clock_seconds;
static int terminal_width;

static double read_clock(void)
{
    return clock_seconds;
}

static int read_width(void)
{
    return terminal_width;
}

typedef struct Screen {
    Writer writer; /* first */
    Text text;
    int writes;
} Screen;

static void write_screen(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Screen *screen = (Screen *)writer;
    ck_assert_int_eq(channel, CHANNEL_ERROR);
    text_clear(&screen->text);
    text_add_bytes(&screen->text, bytes, length);
    screen->writes++;
}

static const Style plain = {.ascii = true};

static ProgressBar bar_on(Screen *screen)
{
    ProgressBar bar;
    *screen = (Screen){.writer = {write_screen}};
    progress_bar_init(&bar, &screen->writer, &plain);
    bar.now = read_clock;
    bar.columns = read_width;
    clock_seconds = 100;
    terminal_width = 38;
    return bar;
}

static void show_at(ProgressBar *bar, double seconds, double done)
{
    clock_seconds = seconds;
    progress_bar_show(bar, &(Progress){done, 100, 0.5});
}

START_TEST(the_bar_comes_late_and_not_too_often)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    show_at(&bar, 100, 0);
    show_at(&bar, 100.25, 10);
    ck_assert_int_eq(screen.writes, 0);
    show_at(&bar, 100.5, 20);
    ck_assert_int_eq(screen.writes, 1);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K 20% [##          ]  2 s left");
    show_at(&bar, 100.59, 30);
    ck_assert_int_eq(screen.writes, 1);
    show_at(&bar, 100.625, 30);
    ck_assert_int_eq(screen.writes, 2);
    text_release(&screen.text);
}
END_TEST

START_TEST(the_bar_leaves_no_trace)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    show_at(&bar, 100, 0);
    progress_bar_clear(&bar);
    ck_assert_int_eq(screen.writes, 0);
    show_at(&bar, 101, 50);
    progress_bar_clear(&bar);
    ck_assert_int_eq(screen.writes, 2);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K");
    progress_bar_clear(&bar);
    ck_assert_int_eq(screen.writes, 2);
    show_at(&bar, 102, 60);
    progress_bar_show(&bar, NULL);
    ck_assert_int_eq(screen.writes, 4);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K");
    text_release(&screen.text);
}
END_TEST

/* Rate and delay are of this piece of work, not of the one before. */
START_TEST(new_work_begins_anew)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    show_at(&bar, 100, 0);
    show_at(&bar, 101, 90);
    progress_bar_show(&bar, NULL);
    int writes = screen.writes;
    show_at(&bar, 200, 50);
    ck_assert_int_eq(screen.writes, writes);
    show_at(&bar, 201, 60);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K 60% [#######     ]  4 s left");
    text_release(&screen.text);
}
END_TEST

START_TEST(the_terminals_width_is_read_anew)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    show_at(&bar, 100, 0);
    terminal_width = 26;
    show_at(&bar, 101, 50);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K 50% [#####     ]");
    terminal_width = 16;
    show_at(&bar, 102, 50);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K 50%");
    text_release(&screen.text);
}
END_TEST

/* The terminal has echoed ^C and the handler has begun a new line. */
START_TEST(after_ctrl_c_the_bar_is_above)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    interrupt_install(true);
    show_at(&bar, 100, 0);
    show_at(&bar, 101, 50);
    raise(SIGINT);
    show_at(&bar, 102, 60);
    ck_assert_int_eq(screen.writes, 1);
    progress_bar_show(&bar, NULL);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K\x1b[A\r\x1b[K");
    interrupt_clear();
    show_at(&bar, 200, 0);
    show_at(&bar, 201, 50);
    raise(SIGINT);
    raise(SIGINT);
    progress_bar_show(&bar, NULL);
    ck_assert_str_eq(text_string(&screen.text), "\r\x1b[K\x1b[A\r\x1b[K\x1b[A\r\x1b[K");
    interrupt_clear();
    text_release(&screen.text);
}
END_TEST

/* Every kind of message of a command removes the bar first. */
START_TEST(output_removes_the_bar)
{
    Screen screen;
    ProgressBar bar = bar_on(&screen);
    Relay relay;
    Console *console = console_new();
    relay_init(&relay, console, &bar, false);
    relay.renderer = render_null();
    for (int i = 0; i < 3; i++) {
        show_at(&bar, 100 + i, i);
        show_at(&bar, 100.5 + i, i);
        ck_assert(bar.shown);
        if (i == 0) relay.sink.begin(&relay.sink, "train 5");
        if (i == 1) relay.sink.block(&relay.sink, &(Block){.kind = BLOCK_TEXT, .text = ""});
        if (i == 2) relay.sink.end(&relay.sink, NULL);
        ck_assert(!bar.shown);
    }
    render_free(relay.renderer);
    console_free(console);
    text_release(&screen.text);
}
END_TEST

UNIT("progress", the_line_is_as_wide_as_there_is_room, the_line_is_never_wider_than_the_room,
     only_the_cells_are_coloured, the_bar_comes_late_and_not_too_often, the_bar_leaves_no_trace,
     new_work_begins_anew, the_terminals_width_is_read_anew, after_ctrl_c_the_bar_is_above,
     output_removes_the_bar)
