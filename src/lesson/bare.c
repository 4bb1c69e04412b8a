#include <string.h>

#include "lesson/bare.h"

/* What a comment says after its signs; nothing: it is none, or it starts this program. */
static const char *words_of(const Line *line)
{
    const char *text = skip_blanks(line->text);
    bool starter = line->number == 1 && !strncmp(text, "#!", 2);
    return *text == '#' && !starter ? skip_blanks(text + strspn(text, "#")) : "";
}

/* A paragraph ends where the comments do, or say nothing. */
static bool end_paragraph(PassageReader *passages, Text *words, long line)
{
    bool done = passages_add_words(passages, words->bytes, words->length, line);
    text_clear(words);
    return done;
}

static void add_command(PassageReader *passages, const Line *line)
{
    size_t end = line->range.end;
    const char *command = reader_copy(passages->reader, line->text, strlen(line->text));
    passages_end(passages);
    reader_add(passages->reader,
               &(Part){.kind = PART_STEP,
                       .line = line->number,
                       .step = {.command = command, .output = {end, end}, .any_output = true}});
}

static bool read_lines(PassageReader *passages, Text *words)
{
    long begin = 0;
    for (Line line; reader_next(passages->reader, &line);) {
        const char *said = words_of(&line), *text = skip_blanks(line.text);
        if (*said) {
            if (!words->length) begin = line.number;
            text_add(words, words->length ? " " : "");
            text_add(words, said);
            continue;
        }
        if (!end_paragraph(passages, words, begin)) return false;
        if (*text && *text != '#') add_command(passages, &line);
    }
    return end_paragraph(passages, words, begin);
}

bool bare_read(PassageReader *passages)
{
    Text words = {0};
    bool done = read_lines(passages, &words);
    text_release(&words);
    return done;
}
