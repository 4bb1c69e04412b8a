#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "shell/history.h"

/* Every change is made under a lock on the file, which is never replaced by another: so a
   session that appends cannot lose to one that drops old lines. */
static int open_locked(const char *file, int flags)
{
    int descriptor = open(file, flags | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) flock(descriptor, LOCK_EX);
    return descriptor;
}

static void read_whole(int descriptor, Text *text)
{
    char chunk[16 * 1024];
    for (ssize_t got; (got = read(descriptor, chunk, sizeof chunk)) > 0;)
        text_add_bytes(text, chunk, (size_t)got);
}

/* Where the last LIMIT lines of TEXT begin. */
static size_t last_lines(const Text *text, int limit)
{
    size_t at = text->length;
    for (int lines = 0; at > 0; at--)
        if (text->bytes[at - 1] == '\n' && lines++ == limit) break;
    return at;
}

static void drop_before(int descriptor, const Text *text, size_t start)
{
    size_t length = text->length - start;
    ssize_t written = pwrite(descriptor, text->bytes + start, length, 0);
    if (written == (ssize_t)length && ftruncate(descriptor, written) < 0) return;
}

void history_load(const char *file, void (*each)(const char *line))
{
    int descriptor = open_locked(file, 0);
    if (descriptor < 0) return;
    Text text = {0};
    read_whole(descriptor, &text);
    size_t start = last_lines(&text, HISTORY_LIMIT);
    if (start > 0) drop_before(descriptor, &text, start);
    close(descriptor);
    char *rest = text.bytes ? text.bytes + start : NULL;
    for (char *line; (line = strsep(&rest, "\n"));)
        if (*line) each(line);
    text_release(&text);
}

void history_append(const char *file, const char *line)
{
    file_make_folders(file);
    int descriptor = open_locked(file, O_CREAT | O_APPEND);
    if (descriptor < 0) return;
    Text text = {0};
    text_print(&text, "%s\n", line);
    ssize_t written = write(descriptor, text.bytes, text.length);
    (void)written;
    close(descriptor);
    text_release(&text);
}
