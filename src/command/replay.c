#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/interpreter.h"
#include "command/replay.h"
#include "render/render.h"

/* What a renderer writes. */
typedef struct Paper {
    Writer writer; /* first: a Writer of ours is its Paper */
    Text text;
    size_t limit;
    bool full; /* something was lost */
} Paper;

/* The renderer spells as the session's style says, so it comes after the session, which has a sink
   of ours from the beginning. */
struct Replay {
    Sink sink; /* first: a Sink of ours is its Replay */
    Sink *renderer;
    Session *session;
    Paper paper;
};

static void keep(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Paper *paper = (Paper *)writer;
    (void)channel;
    paper->full = paper->full || paper->text.length > paper->limit;
    if (!paper->full) text_add_bytes(&paper->text, bytes, length);
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
    replay->paper = (Paper){.writer = {keep}, .limit = limit};
    text_add(&replay->paper.text, ""); /* so that there is something to write into */
    own.sink = &replay->sink;
    own.style = STYLE_DEFAULT;
    replay->session = session_new(&own);
    replay->renderer = render_text(&replay->paper.writer, session_style(replay->session));
    return replay;
}

void replay_free(Replay *replay)
{
    if (!replay) return;
    session_free(replay->session);
    render_free(replay->renderer);
    text_release(&replay->paper.text);
    free(replay);
}

/* The last line may have come in part. */
static void end_early(Text *text)
{
    while (text->length && text->bytes[text->length - 1] != '\n') text->length--;
    text_add(text, "...\n");
}

Outcome replay_execute(Replay *replay, const char *line, Printed *printed)
{
    Paper *paper = &replay->paper;
    text_clear(&paper->text);
    paper->full = false;
    session_set_place(replay->session, NULL, 0);
    Outcome outcome = session_execute(replay->session, line, strlen(line));
    if (paper->full) end_early(&paper->text);
    *printed = (Printed){paper->text.bytes, paper->full};
    return outcome;
}

Session *replay_session(const Replay *replay)
{
    return replay->session;
}
