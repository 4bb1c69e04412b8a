#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "render/fold.h"
#include "render/paint.h"
#include "render/pieces.h"
#include "render/renderer.h"
#include "render/speller.h"

enum { LEAST_ROOM = 20 };

/* What a person typed is answered within the width; FILE:LINE: is for programs too, and
   stays on one line. */
static void add_message(Text *text, const Failure *failure, const Style *style)
{
    Text shown = {0};
    spell_words(&shown, failure->message, strlen(failure->message), style);
    Fold fold = {.width = failure->file ? INT_MAX : style->width,
                 .column = (int)strlen("error: "),
                 .hang = INDENT,
                 .prose = true};
    fold_add(&fold, text, text_string(&shown), shown.length);
    text_release(&shown);
}

/* The command as it can be shown on one line; *CARET: the column of its byte COLUMN. */
static void show_command(Text *shown, const char *command, int column, const Style *style,
                         int *caret)
{
    size_t length = strlen(command), at = (size_t)column - 1;
    Text part = {0};
    int columns = 0;
    for (size_t i = 0, size; i <= length; i += size) {
        uint32_t code;
        if (i <= at) *caret = columns;
        if (i == length) break;
        size = utf8_decode(command + i, length - i, &code);
        if (!size) size = 1;
        text_clear(&part);
        text_add_bytes(&part, command + i, size);
        size_t start = shown->length;
        spell_foreign(shown, *part.bytes == '\t' ? " " : part.bytes, style);
        columns += columns_of(shown->bytes + start, shown->length - start);
    }
    text_release(&part);
}

/* The first column of COLUMNS to show so that the caret is among ROOM of them, in the middle
   unless the line's end is near: there is nothing to see beyond it. */
static int window_start(int columns, int room, int caret)
{
    int middle = caret - room / 2, last = columns + 1 - room;
    int start = middle < last ? middle : last;
    return start > 0 ? start : 0;
}

/* As much of a line as ROOM columns hold, around the caret, which moves with it. */
static void add_window(Text *text, const char *shown, int room, int *caret, const Style *style)
{
    const char *dots = cut_sign(style);
    int columns = columns_of(shown, strlen(shown)), dot_columns = columns_of(dots, strlen(dots));
    bool fits = columns <= room;
    int from = fits ? 0 : window_start(columns, room - dot_columns, *caret);
    const char *start = skip_columns(shown, from);
    *caret -= columns_of(shown, (size_t)(start - shown));
    if (start > shown) {
        text_add(text, dots);
        *caret += dot_columns;
        room -= dot_columns;
    }
    bool more = columns_of(start, strlen(start)) > room;
    const char *end = skip_columns(start, more ? room - dot_columns - 1 : room);
    text_add_bytes(text, start, (size_t)(end - start));
    if (more) text_add(text, dots);
}

static void add_excerpt(Text *text, const Failure *failure, const Style *style)
{
    Text shown = {0};
    int caret = 0, room = style->width - INDENT;
    show_command(&shown, failure->command, failure->column, style, &caret);
    text_repeat(text, ' ', INDENT);
    add_window(text, text_string(&shown), room < LEAST_ROOM ? LEAST_ROOM : room, &caret, style);
    text_add_char(text, '\n');
    text_repeat(text, ' ', INDENT + caret);
    paint(text, PAINT_ERROR, style);
    text_add_char(text, '^');
    paint(text, PAINT_PLAIN, style);
    text_add_char(text, '\n');
    text_release(&shown);
}

void failure_add(Text *text, const Failure *failure, const Style *style)
{
    if (failure->file) {
        spell_foreign(text, failure->file, style);
        text_print(text, ":%ld: ", failure->line);
    }
    paint(text, PAINT_ERROR, style);
    text_add(text, "error:");
    paint(text, PAINT_PLAIN, style);
    text_add_char(text, ' ');
    add_message(text, failure, style);
    text_add_char(text, '\n');
    if (failure->column > 0 && failure->command && *failure->command)
        add_excerpt(text, failure, style);
}
