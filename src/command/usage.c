#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "command/usage.h"

static const Kind *kind_of(const char *text)
{
    return isupper((unsigned char)*text) ? kind_find(text, strlen(text)) : NULL;
}

static void add_item(Pattern *pattern, const char *text, size_t length, int group, Arena *arena)
{
    Item *item = &pattern->items[pattern->count++];
    item->group = group;
    item->repeated = length > 3 && !strncmp(text + length - 3, "...", 3);
    char *copy = arena_copy(arena, text, length - (item->repeated ? 3 : 0));
    item->text = copy;
    char *equals = strchr(copy + 1, '=');
    if (equals && islower((unsigned char)*copy)) {
        *equals = '\0';
        item->value = equals + 1;
    }
    item->kind = kind_of(item->value ? item->value : item->text);
    assert(item->kind || !isupper((unsigned char)*item->text));
}

/* Compiles one alternative, TEXT[0..LENGTH). */
static Pattern compile(const char *text, size_t length, Arena *arena)
{
    Pattern pattern = {arena_new(arena, (length / 2 + 1) * sizeof(Item)), 0};
    int group = 0, groups = 0;
    for (size_t at = 0; at < length;) {
        if (text[at] == '[') group = ++groups, at++;
        size_t size = strcspn(text + at, " ]");
        if (at + size > length) size = length - at;
        if (size) add_item(&pattern, text + at, size, group, arena);
        at += size;
        if (at < length && text[at] == ']') group = 0, at++;
        while (at < length && text[at] == ' ') at++;
    }
    return pattern;
}

/* An alternative ends at " | "; a bar inside a word is a choice of literals. */
Pattern usage_alternative(const char **usage, Arena *arena)
{
    const char *bar = strstr(*usage, " | ");
    size_t length = bar ? (size_t)(bar - *usage) : strlen(*usage);
    Pattern pattern = compile(*usage, length, arena);
    *usage = bar ? bar + 3 : NULL;
    return pattern;
}

int pattern_group_end(const Pattern *pattern, int i)
{
    const Item *items = pattern->items;
    while (i + 1 < pattern->count && items[i + 1].group == items[i].group) i++;
    return i;
}
