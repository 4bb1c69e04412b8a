#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "command/lesson_file.h"

enum { TICKS = 3 }; /* backquotes of a fence, at the least */

/* What stands at the end of the file, not counting the line that closes a fence. */
typedef enum Ending {
    ENDING_BLANK, /* an empty line */
    ENDING_HEADING,
    ENDING_WORDS,
    ENDING_FENCE /* an open one */
} Ending;

struct LessonFile {
    char *path;
    int descriptor;
    off_t written; /* bytes, but for the line that closes the last fence */
    Text pending;  /* what comes next */
    Ending ending;
    int ticks;  /* of the last fence */
    bool begun; /* there is something to keep */
    long commands;
};

static void add_ticks(Text *text, int count)
{
    text_repeat(text, '`', count);
    text_add_char(text, '\n');
}

/* Writing. */

static bool write_at(int descriptor, const Text *text, off_t at)
{
    for (size_t done = 0; done < text->length;) {
        ssize_t more =
            pwrite(descriptor, text->bytes + done, text->length - done, at + (off_t)done);
        if (more < 0 && errno != EINTR) return false;
        if (more > 0) done += (size_t)more;
    }
    return true;
}

/* The line that closes a fence is written over by what comes next, which is longer. */
static bool write_pending(LessonFile *file)
{
    size_t length = file->pending.length;
    if (file->ending == ENDING_FENCE) add_ticks(&file->pending, file->ticks);
    bool done = write_at(file->descriptor, &file->pending, file->written);
    file->pending.length = length;
    if (!done) return false;
    file->written += (off_t)length;
    text_clear(&file->pending);
    return true;
}

/* Words. */

/* `02-the-chain-rule.md` is The chain rule. */
static void add_title(Text *text, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *end = strrchr(name, '.');
    size_t length = end ? (size_t)(end - name) : strlen(name),
           number = strspn(name, "0123456789-_. ");
    if (number >= length) number = 0;
    Text title = {0};
    utf8_add_escaped(&title, name + number, length - number);
    for (size_t i = 0; i < title.length; i++)
        if (strchr("-_", title.bytes[i])) title.bytes[i] = ' ';
    if (title.length) title.bytes[0] = (char)toupper((unsigned char)title.bytes[0]);
    text_add(text, title.length ? title.bytes : "A lesson");
    text_release(&title);
}

/* Whether WORDS would open a fence, or begin a piece of HTML, which ends who knows where; also in
   a list or a quotation. */
static bool opens_something(const char *start)
{
    return *start == '<' || !strncmp(start, "```", TICKS) || !strncmp(start, "~~~", TICKS);
}

static void add_words(Text *text, const char *words)
{
    size_t lead = strspn(words, " \t>+-*0123456789.)");
    text_add_bytes(text, words, lead);
    if (opens_something(words + lead)) text_add_char(text, '\\');
    text_add(text, words + lead);
    text_add_char(text, '\n');
}

static bool is_heading(const char *words)
{
    size_t level = strspn(words, "#");
    return level && words[level] == ' ';
}

static bool needs_gap(Ending ending, bool heading)
{
    return ending != ENDING_BLANK && (heading || ending != ENDING_WORDS);
}

void lesson_file_remark(LessonFile *file, const char *words)
{
    Text *text = &file->pending;
    bool heading = is_heading(words);
    if (!*words && file->ending != ENDING_WORDS) return;
    if (file->ending == ENDING_FENCE) add_ticks(text, file->ticks);
    if (needs_gap(file->ending, heading)) text_add_char(text, '\n');
    file->ending = heading ? ENDING_HEADING : *words ? ENDING_WORDS : ENDING_BLANK;
    file->begun = true;
    add_words(text, words);
    write_pending(file);
}

/* Commands. */

/* How many backquotes a fence around OUTPUT needs. */
static int ticks_around(const char *output)
{
    int ticks = TICKS;
    for (const char *line = output; *line; line += *line == '\n') {
        int run = (int)strspn(line + strspn(line, " "), "`");
        if (run >= ticks) ticks = run + 1;
        line += strcspn(line, "\n");
    }
    return ticks;
}

/* In a line that looks like a prompt any letter may stand for its first. */
static void add_output(Text *text, const char *output)
{
    static const char prompt[] = "bp>";
    while (*output) {
        size_t length = strcspn(output, "\n"), blanks = strspn(output, " \t");
        bool asks = !strncmp(output + blanks, prompt, strlen(prompt));
        if (asks) text_print(text, "%.*s[..]", (int)blanks, output);
        size_t from = asks ? blanks + 1 : 0;
        text_add_bytes(text, output + from, length - from);
        text_add_char(text, '\n');
        output += length + (output[length] == '\n');
    }
}

/* Sees to it that a fence of TICKS backquotes is open. */
static void open_fence(LessonFile *file, int ticks)
{
    Text *text = &file->pending;
    bool open = file->ending == ENDING_FENCE;
    if (open && file->ticks >= ticks) return;
    if (open) add_ticks(text, file->ticks);
    if (file->ending != ENDING_BLANK) text_add_char(text, '\n');
    text_repeat(text, '`', ticks);
    text_add(text, "bp\n");
    file->ticks = ticks;
    file->ending = ENDING_FENCE;
}

bool lesson_file_command(LessonFile *file, const char *command, const char *output, Error *err)
{
    open_fence(file, ticks_around(output));
    text_print(&file->pending, "bp> %s\n", command);
    add_output(&file->pending, output);
    file->begun = true;
    file->commands++;
    return write_pending(file) || fail(err, 0, "cannot write %s: %s", file->path, strerror(errno));
}

/* The file. */

static void add_head(Text *text, const char *path)
{
    Text title = {0};
    add_title(&title, path);
    text_print(text, "---\ntitle: %s\n---\n\n# %s\n\n", title.bytes, title.bytes);
    text_release(&title);
}

LessonFile *lesson_file_new(const char *path, int column, Error *err)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST)
        return fail(err, column, "%s is there already: choose another name", path), NULL;
    if (descriptor < 0)
        return fail(err, column, "cannot write %s: %s", path, strerror(errno)), NULL;
    LessonFile *file = memory_new(sizeof *file);
    file->path = memory_copy(path);
    file->descriptor = descriptor;
    add_head(&file->pending, path);
    write_pending(file);
    return file;
}

void lesson_file_free(LessonFile *file)
{
    if (!file) return;
    close(file->descriptor);
    if (!file->begun) unlink(file->path);
    text_release(&file->pending);
    free(file->path);
    free(file);
}

void lesson_file_discard(LessonFile *file)
{
    file->begun = false;
}

const char *lesson_file_path(const LessonFile *file)
{
    return file->path;
}

long lesson_file_commands(const LessonFile *file)
{
    return file->commands;
}
