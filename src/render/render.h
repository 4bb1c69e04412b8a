/* Renderers: blocks to bytes.

   A renderer is a Sink. It writes through a Writer, never to a stream of its own,
   and knows neither network nor session. The Style is the session's and may change
   between commands. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/text.h"
#include "explain/block.h"
#include "render/style.h"

typedef enum Channel { CHANNEL_OUT, CHANNEL_ERROR } Channel;

typedef struct Writer Writer;
struct Writer {
    void (*write)(Writer *writer, Channel channel, const char *bytes, size_t length);
};

/* Text for people; release with render_free. WRITER and STYLE must outlive it. Output is
   handed on in pieces of some 48 KiB, and all of it when the outermost command ends. */
Sink *render_text(Writer *writer, const Style *style);

/* One JSON object per command and line, streamed, in plain spellings with all digits
   whatever the STYLE. A failure also goes to the error channel as text. A command that
   runs others says no more than a few fields before they have ended. */
Sink *render_json(Writer *writer, const Style *style);

/* Says nothing at all: for fuzzing and for runs whose output nobody reads. */
Sink *render_null(void);

void render_free(Sink *sink);

#endif
