#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "shell/console.h"

enum { BUFFER = 64 * 1024 };

struct Console {
    Writer writer; /* first, so that a Writer is its Console */
    bool terminal;
    size_t used;
    char buffer[BUFFER];
};

/* Another program may have made the stream non-blocking: then this waits for room. */
static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(descriptor, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){descriptor, POLLOUT, 0}, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

static void write_out(const char *bytes, size_t length)
{
    if (write_all(STDOUT_FILENO, bytes, length)) return;
    if (errno != EPIPE)
        dprintf(STDERR_FILENO, "backprop: cannot write the output: %s\n", strerror(errno));
    exit(EXIT_FAILURE);
}

void console_flush(Console *console)
{
    size_t used = console->used;
    console->used = 0;
    write_out(console->buffer, used);
}

static void add_out(Console *console, const char *bytes, size_t length)
{
    if (length > BUFFER - console->used) console_flush(console);
    if (length > BUFFER) {
        write_out(bytes, length);
        return;
    }
    memcpy(console->buffer + console->used, bytes, length);
    console->used += length;
    if (console->terminal && length && bytes[length - 1] == '\n') console_flush(console);
}

static void write_channel(Writer *writer, Channel channel, const char *bytes, size_t length)
{
    Console *console = (Console *)writer;
    if (channel == CHANNEL_OUT) {
        add_out(console, bytes, length);
    } else {
        console_flush(console);
        write_all(STDERR_FILENO, bytes, length);
    }
}

Console *console_new(void)
{
    Console *console = memory_new(sizeof *console);
    console->writer.write = write_channel;
    console->terminal = isatty(STDOUT_FILENO);
    return console;
}

void console_free(Console *console)
{
    console_flush(console);
    free(console);
}

Writer *console_writer(Console *console)
{
    return &console->writer;
}

void console_print(Console *console, const char *text)
{
    add_out(console, text, strlen(text));
}

void console_complain(Console *console, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    Text line = {0};
    text_add(&line, "backprop: ");
    utf8_add_escaped(&line, message, strlen(message));
    text_add_char(&line, '\n');
    write_channel(&console->writer, CHANNEL_ERROR, line.bytes, line.length);
    text_release(&line);
}
