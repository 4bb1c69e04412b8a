#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "command/attempt.h"
#include "command/command.h"
#include "command/complete.h"
#include "command/kinds.h"
#include "command/settings.h"
#include "session/state.h"

/* What comes next in a usage. */

/* Names what may come at item I: the items of an optional group that may be skipped, too. */
static void name_items(const Pattern *pattern, int from, void (*each)(void *self, const char *item),
                       void *self)
{
    for (int i = from; i < pattern->count; i++) {
        const Item *item = &pattern->items[i];
        if (item->value) continue;
        each(self, item->text);
        if (!item->group) return;
        i = pattern_group_end(pattern, i);
    }
}

static void name_keys(const Pattern *pattern, Arena *arena,
                      void (*each)(void *self, const char *item), void *self)
{
    for (int i = 0; i < pattern->count; i++) {
        const Item *item = &pattern->items[i];
        if (item->value) each(self, arena_print(arena, "%s=%s", item->text, item->value));
    }
}

void usage_next(const char *usage, const Words *before, Arena *arena,
                void (*each)(void *self, const char *item), void *self)
{
    for (const char *rest = usage; rest;) {
        Pattern pattern = usage_alternative(&rest, arena);
        Arguments ignored = {.arena = arena};
        Attempt attempt = attempt_new(&pattern, before, &ignored);
        int item = attempt_next(&attempt);
        if (item < 0) continue;
        name_items(&pattern, item, each, self);
        name_keys(&pattern, arena, each, self);
    }
}

/* What it stands for. */

typedef struct Search {
    Session *session;
    const char *prefix; /* the part of the word before the cursor */
    void (*each)(void *self, const char *candidate);
    void *self;
    bool *files;
    Words before;    /* the arguments that come first */
    const char *key; /* completing the value of key=: put before each candidate */
} Search;

static void offer(void *self, const char *candidate)
{
    const Search *search = self;
    const char *key = search->key ? search->key : "";
    char word[256];
    snprintf(word, sizeof word, "%s%s", key, candidate);
    if (!strncmp(word, search->prefix, strlen(search->prefix))) search->each(search->self, word);
}

static void offer_choices(Search *search, const char *choices)
{
    while (*choices) {
        size_t length = strcspn(choices, "|");
        char word[64];
        snprintf(word, sizeof word, "%.*s", (int)length, choices);
        offer(search, word);
        choices += length + (choices[length] == '|');
    }
}

/* A literal, or every name of a kind. */
static void offer_values(Search *search, const char *item)
{
    const Kind *kind = kind_find(item, strlen(item));
    if (!kind) {
        offer_choices(search, item);
        return;
    }
    if (kind->files) *search->files = true;
    kind_names(kind, search->session, &(Names){offer, search, &search->before});
}

/* ITEM of a usage: "all", "SYMBOL", or "loss=LOSS", of which the key is offered until
   it is typed and its values after that. */
static void offer_item(void *self, const char *item)
{
    Search *search = self;
    const char *equals = strchr(item + 1, '=');
    bool keyed = equals && islower((unsigned char)*item);
    if (!keyed) {
        offer_values(search, item);
        return;
    }
    char key[64];
    snprintf(key, sizeof key, "%.*s", (int)(equals - item) + 1, item);
    if (strncmp(search->prefix, key, strlen(key)) != 0) {
        offer(search, key);
        return;
    }
    search->key = key;
    offer_values(search, equals + 1);
    search->key = NULL;
}

static void offer_commands(Search *search)
{
    for (int i = 0; command_at(i); i++) offer(search, command_at(i)->name);
}

/* `set NAME` goes on with the grammar of that setting's value. */
static const char *usage_of(const Command *command, Words *words)
{
    const Setting *setting =
        words->count && !strcmp(command->name, "set") ? setting_find(words->items[0].text) : NULL;
    if (!setting) return command->usage;
    words->items++;
    words->count--;
    return setting->usage;
}

static void offer_arguments(Search *search, const Words *words)
{
    const Command *command = command_find(words->items[0].text, 1, NULL);
    if (!command) return;
    Words before = {words->items + 1, words->count - 1};
    const char *usage = usage_of(command, &before);
    search->before = before;
    usage_next(usage, &before, &search->session->arena, offer_item, search);
}

static size_t word_start(const char *line, size_t point)
{
    while (point && line[point - 1] != ' ' && line[point - 1] != '\t') point--;
    return point;
}

size_t session_complete(Session *session, const char *line, size_t point,
                        void (*each)(void *self, const char *candidate), void *self, bool *files)
{
    ArenaMark mark = arena_mark(&session->arena);
    size_t start = word_start(line, point);
    const char *before = arena_copy(&session->arena, line, start);
    const char *prefix = arena_copy(&session->arena, line + start, point - start);
    Search search = {session, prefix, each, self, files, {0}, NULL};
    Words words;
    *files = false;
    if (words_split(&words, before, &session->arena, NULL)) {
        if (words.count)
            offer_arguments(&search, &words);
        else
            offer_commands(&search);
    }
    arena_reset(&session->arena, mark);
    return start;
}
