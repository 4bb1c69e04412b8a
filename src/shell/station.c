#include "shell/station.h"

#include <sys/stat.h>
#include <unistd.h>

#include "shell/interrupt.h"
#include "shell/terminal.h"

static Style starting_style(const Options *options)
{
    Style style = STYLE_DEFAULT;
    bool automatic = options->color == COLOR_AUTO && !options->batch;
    style.ascii = !terminal_is_utf8() || options->ascii;
    style.color = options->color == COLOR_ALWAYS || (automatic && terminal_has_color());
    style.width = terminal_columns();
    return style;
}

/* Whoever types, or feeds a pipe, may wait for an answer before the next command. */
static bool may_wait(void)
{
    struct stat status;
    return fstat(STDIN_FILENO, &status) == 0 && !S_ISREG(status.st_mode);
}

void station_open(Station *station, const Options *options, Console *console, SessionOptions given)
{
    bool bar = !options->json && !options->batch && terminal_is_steerable();
    relay_init(&station->relay, console, &station->bar, may_wait());
    given.sink = &station->relay.sink;
    given.style = starting_style(options);
    given.interrupted = interrupt_flag();
    given.progress = bar ? progress_bar_show : NULL;
    given.progress_self = &station->bar;
    station->session = session_new(&given);
    progress_bar_init(&station->bar, console_writer(console), session_style(station->session));
    Sink *(*render)(Writer *, const Style *) = options->json ? render_json : render_text;
    station->relay.renderer = render(console_writer(console), session_style(station->session));
    station->relay.sink.programs = station->relay.renderer->programs;
}

void station_close(Station *station)
{
    session_free(station->session);
    render_free(station->relay.renderer);
}
