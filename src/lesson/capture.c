#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lesson/capture.h"

static void keep(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Capture *capture = (Capture *)writer;
    (void)channel;
    capture->full = capture->full || length > CAPTURE_BYTES - capture->text.length;
    if (!capture->full) text_add_bytes(&capture->text, bytes, length);
}

void capture_init(Capture *capture)
{
    *capture = (Capture){.writer = {keep}};
}

void capture_release(Capture *capture)
{
    text_release(&capture->text);
    free(capture->lines);
}

void capture_clear(Capture *capture)
{
    text_clear(&capture->text);
    capture->full = false;
}

static void add_line(Capture *capture, int at, const char *line)
{
    if (at == capture->capacity) {
        capture->capacity = capture->capacity ? 2 * capture->capacity : 64;
        size_t size = (size_t)capture->capacity * sizeof *capture->lines;
        capture->lines = memory_resize(capture->lines, size);
    }
    capture->lines[at] = line;
}

Sheet capture_lines(Capture *capture)
{
    int count = 0;
    char *rest = capture->text.length ? capture->text.bytes : NULL;
    for (char *line; rest && *rest;) {
        line = strsep(&rest, "\n");
        add_line(capture, count++, line);
    }
    return (Sheet){capture->lines, count};
}
