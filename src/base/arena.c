#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

enum { PAGE_SIZE = 32 * 1024 };

struct ArenaPage {
    ArenaPage *previous;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

static ArenaPage *add_page(Arena *arena, size_t size)
{
    size_t room = size > PAGE_SIZE ? size : PAGE_SIZE;
    ArenaPage *page = memory_resize(NULL, sizeof *page + room);
    *page = (ArenaPage){arena->page, room, 0};
    return arena->page = page;
}

void *arena_new(Arena *arena, size_t size)
{
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    ArenaPage *page = arena->page;
    if (!page || page->size - page->used < size) page = add_page(arena, size);
    char *bytes = page->bytes + page->used;
    page->used += size;
    return memset(bytes, 0, size);
}

char *arena_copy(Arena *arena, const char *bytes, size_t length)
{
    return memcpy(arena_new(arena, length + 1), bytes, length);
}

char *arena_print(Arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t size = (size_t)vsnprintf(NULL, 0, format, arguments) + 1;
    char *text = arena_new(arena, size);
    vsnprintf(text, size, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){arena->page, arena->page ? arena->page->used : 0};
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    /* The first page stays when everything goes: the next command needs it anyway. */
    while (arena->page && arena->page != mark.page && (mark.page || arena->page->previous)) {
        ArenaPage *page = arena->page;
        arena->page = page->previous;
        free(page);
    }
    if (arena->page) arena->page->used = mark.used;
}

void arena_release(Arena *arena)
{
    for (ArenaPage *page = arena->page, *previous; page; page = previous) {
        previous = page->previous;
        free(page);
    }
    arena->page = NULL;
}
