#include <string.h>

#include "lesson/bare.h"

/* What a comment says after its signs. */
static const char *words_of(const char *comment)
{
    return skip_blanks(comment + strspn(comment, "#"));
}

/* A paragraph ends where the comments do, or say nothing. */
static bool end_paragraph(PageReader *page, Text *words, long line)
{
    bool done = page_add_words(page, words->bytes, words->length, line);
    text_clear(words);
    return done;
}

static void add_command(PageReader *page, const Line *line)
{
    size_t end = line->range.end;
    const char *command = reader_copy(page->reader, line->text, strlen(line->text));
    page_end(page);
    reader_add(page->reader,
               &(Part){.kind = PART_STEP,
                       .line = line->number,
                       .step = {.command = command, .output = {end, end}, .any_output = true}});
}

static bool read_lines(PageReader *page, Text *words)
{
    long begin = 0;
    for (Line line; reader_next(page->reader, &line);) {
        const char *text = skip_blanks(line.text);
        bool comment = *text == '#', first = line.number == 1 && !strncmp(text, "#!", 2);
        if (first) continue;
        if (comment && *words_of(text)) {
            if (words->length)
                text_add_char(words, ' ');
            else
                begin = line.number;
            text_add(words, words_of(text));
            continue;
        }
        if (!end_paragraph(page, words, begin)) return false;
        page->reader->line = line.number;
        if (*text && !comment) add_command(page, &line);
    }
    return end_paragraph(page, words, begin);
}

bool bare_read(PageReader *page)
{
    Text words = {0};
    bool done = read_lines(page, &words);
    text_release(&words);
    return done;
}
