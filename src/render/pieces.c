#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "render/pieces.h"

/* Signs of formulas, all one column wide, are nearly all there is: two-byte letters
   below the combining marks, and U+2000-22FF, whose zero-width ones prose does not use. */
static size_t narrow_sign(const unsigned char *bytes, size_t left)
{
    if (bytes[0] < 0x80) return 1;
    if (bytes[0] >= 0xc2 && bytes[0] <= 0xcb && left >= 2) return 2;
    bool symbol = left >= 3 && bytes[0] == 0xe2 && bytes[1] >= 0x81 && bytes[1] <= 0x8b;
    return symbol && bytes[1] != 0x83 ? 3 : 0;
}

static size_t colour_code(const char *bytes, size_t left)
{
    const char *end = bytes[0] == '\x1b' ? memchr(bytes, 'm', left) : NULL;
    return end ? (size_t)(end - bytes) + 1 : 0;
}

int columns_of(const char *bytes, size_t length)
{
    int columns = 0;
    uint32_t code;
    for (size_t at = 0, size; at < length; at += size) {
        if ((size = colour_code(bytes + at, length - at))) continue;
        if ((size = narrow_sign((const unsigned char *)bytes + at, length - at))) {
            columns++;
            continue;
        }
        size = utf8_decode(bytes + at, length - at, &code);
        if (!size) size = 1;
        columns += utf8_width(bytes + at, size);
    }
    return columns;
}

void drop_blanks(Text *text)
{
    while (text->length && text->bytes[text->length - 1] == ' ') text->length--;
}

const char *skip_columns(const char *text, int columns)
{
    while (*text && columns > 0) {
        size_t size = 1;
        while ((text[size] & 0xc0) == 0x80) size++;
        columns -= columns_of(text, size);
        text += size;
    }
    return text;
}

void pieces_end(Pieces *pieces)
{
    if (pieces->count == pieces->capacity) {
        pieces->capacity = pieces->capacity ? pieces->capacity * 2 : 64;
        size_t size = (size_t)pieces->capacity * sizeof *pieces->items;
        pieces->items = memory_resize(pieces->items, size);
    }
    const Piece *last = pieces->count ? &pieces->items[pieces->count - 1] : NULL;
    size_t start = last ? last->start + last->length : 0;
    size_t length = pieces->text.length - start;
    int columns = columns_of(text_string(&pieces->text) + start, length);
    pieces->items[pieces->count++] = (Piece){start, length, columns};
}

void pieces_drop(Pieces *pieces, int count)
{
    if (count < pieces->count) pieces->text.length = pieces->items[count].start;
    pieces->count = count;
}

void pieces_hide_repeat(Pieces *pieces, int index, int other)
{
    Piece *piece = &pieces->items[index];
    bool same = piece->length == pieces->items[other].length &&
                !memcmp(piece_bytes(pieces, index), piece_bytes(pieces, other), piece->length);
    if (same) piece->length = 0, piece->columns = 0;
}

void pieces_release(Pieces *pieces)
{
    text_release(&pieces->text);
    free(pieces->items);
    *pieces = (Pieces){0};
}

const char *piece_bytes(const Pieces *pieces, int index)
{
    return text_string(&pieces->text) + pieces->items[index].start;
}

void piece_add(const Pieces *pieces, int index, Text *text)
{
    text_add_bytes(text, piece_bytes(pieces, index), pieces->items[index].length);
}

void piece_add_left(const Pieces *pieces, int index, Text *text, int columns)
{
    piece_add(pieces, index, text);
    text_repeat(text, ' ', columns - pieces->items[index].columns);
}

void piece_add_right(const Pieces *pieces, int index, Text *text, int columns)
{
    text_repeat(text, ' ', columns - pieces->items[index].columns);
    piece_add(pieces, index, text);
}
