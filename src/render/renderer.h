/* What every renderer has: a Sink in front, a way to be freed, and a buffer before the
   Writer. Known to the renderers only. */
#ifndef RENDER_RENDERER_H
#define RENDER_RENDERER_H

#include "render/render.h"

typedef struct Renderer {
    Sink sink; /* first: a Sink of ours is a Renderer */
    void (*release)(Sink *sink);
} Renderer;

/* Bytes on their way to CHANNEL_OUT, handed on in large pieces. */
typedef struct Output {
    Writer *writer;
    Text text;
} Output;

void output_flush(Output *output);
bool output_flush_if_full(Output *output);              /* whether it was */
void output_error(Output *output, const Text *message); /* after all that was said before */

/* FILE:LINE: error: message, and the line with a caret under the column. */
void failure_add(Text *text, const Failure *failure, const Style *style);

#endif
