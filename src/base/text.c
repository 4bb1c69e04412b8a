#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static void reserve(Text *text, size_t more)
{
    size_t need = text->length + more + 1;
    if (need <= text->capacity) return;
    while (text->capacity < need) text->capacity = text->capacity ? text->capacity * 2 : 128;
    text->bytes = memory_resize(text->bytes, text->capacity);
}

void text_add_bytes(Text *text, const char *bytes, size_t length)
{
    reserve(text, length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(Text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_char(Text *text, char c)
{
    text_add_bytes(text, &c, 1);
}

void text_repeat(Text *text, char c, int times)
{
    if (times <= 0) return;
    reserve(text, (size_t)times);
    memset(text->bytes + text->length, c, (size_t)times);
    text->length += (size_t)times;
    text->bytes[text->length] = '\0';
}

void text_print(Text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    reserve(text, (size_t)length);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
    va_end(arguments);
}

const char *text_string(const Text *text)
{
    return text->bytes ? text->bytes : "";
}

void text_clear(Text *text)
{
    text->length = 0;
    if (text->bytes) text->bytes[0] = '\0';
}

void text_release(Text *text)
{
    free(text->bytes);
    *text = (Text){0};
}

const char *text_move(Text *text, Arena *arena)
{
    const char *copy = arena_copy(arena, text_string(text), text->length);
    text_release(text);
    return copy;
}

const char *plural(long count)
{
    return count == 1 ? "" : "s";
}
