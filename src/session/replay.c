#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/render.h"
#include "session/replay.h"

/* What a renderer writes. */
typedef struct Page {
    Writer writer; /* first: a Writer of ours is its Page */
    Text text;
    size_t limit;
    bool full; /* something was lost */
} Page;

/* The renderer spells as the session's style says, so it comes after the session, which has a sink
   of ours from the beginning. */
struct Replay {
    Sink sink; /* first: a Sink of ours is its Replay */
    Sink *renderer;
    Session *session;
    Page page;
};

static void keep(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Page *page = (Page *)writer;
    (void)channel;
    page->full = page->full || page->text.length > page->limit;
    if (!page->full) text_add_bytes(&page->text, bytes, length);
}

static void begin(Sink *sink, const char *command)
{
    Sink *renderer = ((Replay *)sink)->renderer;
    renderer->begin(renderer, command);
}

static void block(Sink *sink, const Block *block)
{
    Sink *renderer = ((Replay *)sink)->renderer;
    renderer->block(renderer, block);
}

static void end(Sink *sink, const Failure *failure)
{
    Sink *renderer = ((Replay *)sink)->renderer;
    renderer->end(renderer, failure);
}

Replay *replay_new(const SessionOptions *options, size_t limit)
{
    Replay *replay = memory_new(sizeof *replay);
    SessionOptions own = *options;
    replay->sink = (Sink){begin, block, end, false};
    replay->page = (Page){.writer = {keep}, .limit = limit};
    own.sink = &replay->sink;
    own.style = STYLE_DEFAULT;
    replay->session = session_new(&own);
    replay->renderer = render_text(&replay->page.writer, session_style(replay->session));
    return replay;
}

void replay_free(Replay *replay)
{
    if (!replay) return;
    session_free(replay->session);
    render_free(replay->renderer);
    text_release(&replay->page.text);
    free(replay);
}

/* The last line may have come in part. */
static void end_early(Text *text)
{
    while (text->length && text->bytes[text->length - 1] != '\n') text->length--;
    text_add(text, "...\n");
}

Outcome replay_execute(Replay *replay, const char *line, const char **output)
{
    Page *page = &replay->page;
    text_clear(&page->text);
    page->full = false;
    Outcome outcome = session_execute(replay->session, line, strlen(line));
    if (page->full) end_early(&page->text);
    *output = text_string(&page->text);
    return outcome;
}

Session *replay_session(const Replay *replay)
{
    return replay->session;
}
