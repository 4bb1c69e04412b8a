#include <stdlib.h>

#include "base/memory.h"
#include "render/renderer.h"

static void ignore_command(Sink *sink, const char *command)
{
    (void)sink, (void)command;
}

static void ignore_block(Sink *sink, const Block *block)
{
    (void)sink, (void)block;
}

static void ignore_end(Sink *sink, const Failure *failure)
{
    (void)sink, (void)failure;
}

static void release(Sink *sink)
{
    free(sink);
}

Sink *render_null(void)
{
    Renderer *renderer = memory_new(sizeof *renderer);
    *renderer = (Renderer){{ignore_command, ignore_block, ignore_end, true}, release};
    return &renderer->sink;
}
