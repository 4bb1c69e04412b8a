#include "shell/relay.h"

static void relay_begin(Sink *sink, const char *command)
{
    Relay *relay = (Relay *)sink;
    relay->depth++;
    progress_bar_clear(relay->bar);
    relay->renderer->begin(relay->renderer, command);
}

static void relay_block(Sink *sink, const Block *block)
{
    Relay *relay = (Relay *)sink;
    progress_bar_clear(relay->bar);
    relay->renderer->block(relay->renderer, block);
}

static void relay_end(Sink *sink, const Failure *failure)
{
    Relay *relay = (Relay *)sink;
    progress_bar_clear(relay->bar);
    relay->renderer->end(relay->renderer, failure);
    if (failure) relay->failed = true;
    if (--relay->depth == 0 && relay->prompt) console_flush(relay->console);
}

void relay_init(Relay *relay, Console *console, ProgressBar *bar, bool prompt)
{
    *relay = (Relay){.sink = {relay_begin, relay_block, relay_end, false},
                     .console = console,
                     .bar = bar,
                     .prompt = prompt};
}

void relay_refuse(Relay *relay, const Error *err)
{
    relay_begin(&relay->sink, "");
    relay_end(&relay->sink, &(Failure){.message = err->message, .command = ""});
}
