#include "render/renderer.h"

enum { FULL = 48 * 1024 };

void output_flush(Output *output)
{
    Text *text = &output->text;
    if (text->length) output->writer->write(output->writer, CHANNEL_OUT, text->bytes, text->length);
    text_clear(text);
}

bool output_flush_if_full(Output *output)
{
    if (output->text.length < FULL) return false;
    output_flush(output);
    return true;
}

void output_error(Output *output, const Text *message)
{
    output_flush(output);
    output->writer->write(output->writer, CHANNEL_ERROR, message->bytes, message->length);
}

void render_free(Sink *sink)
{
    if (sink) ((Renderer *)sink)->release(sink);
}
