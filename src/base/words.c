#include <string.h>

#include "base/words.h"

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Copies the word at AT without its quotes and returns its end; *OPEN is a quote that is
   never closed, or NULL. */
static const char *read_word(const char *at, char *out, const char **open)
{
    for (*open = NULL; *at && (*open || !blank(*at)); at++) {
        if (*at == '"') {
            *open = *open ? NULL : at;
            continue;
        }
        if (*open && *at == '\\' && (at[1] == '"' || at[1] == '\\')) at++;
        *out++ = *at;
    }
    *out = '\0';
    return at;
}

/* The arrow of `input`, as a page has it. */
static bool is_arrow(const char *word)
{
    return !strcmp(word, "→");
}

bool words_split(Words *words, const char *line, Arena *arena, Error *err)
{
    size_t length = strlen(line);
    char *room = arena_new(arena, length + 1);
    *words = (Words){arena_new(arena, (length / 2 + 1) * sizeof(Word)), 0};
    for (const char *at = line;;) {
        const char *open;
        while (blank(*at)) at++;
        if (!*at || *at == '#') return true;
        const char *end = read_word(at, room, &open);
        if (open) return fail(err, (int)(open - line) + 1, "this quote is never closed");
        words->items[words->count++] =
            (Word){is_arrow(room) ? "->" : room, (int)(at - line) + 1, (int)(end - at), *at == '"'};
        room += strlen(room) + 1;
        at = end;
    }
}

void word_quote(Text *text, const char *word)
{
    text_add_char(text, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\') text_add_char(text, '\\');
        text_add_char(text, *word);
    }
    text_add_char(text, '"');
}

static void quote_for_shell(Text *text, const char *word)
{
    text_add_char(text, '\'');
    for (; *word; word++) {
        if (*word == '\'') text_add(text, "'\\'");
        text_add_char(text, *word);
    }
    text_add_char(text, '\'');
}

/* Whether nothing in WORD means something else to whoever reads the line. */
static bool is_plain(const char *word)
{
    return *word && !strpbrk(word, " \t\n\"'\\$`&|;<>()*?[]{}#~=!");
}

const char *word_typed(const char *word, Arena *arena)
{
    Text typed = {0};
    if (is_plain(word)) return word;
    word_quote(&typed, word);
    return text_move(&typed, arena);
}

const char *word_typed_in_shell(const char *word, Arena *arena)
{
    Text typed = {0};
    if (is_plain(word)) return word;
    quote_for_shell(&typed, word);
    return text_move(&typed, arena);
}
