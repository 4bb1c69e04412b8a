#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "session/files.h"

static bool plain_name(const char *text)
{
    return *text && !strchr(text, '/') && !strchr(text, '.');
}

static bool csv_name(const char *file)
{
    size_t length = strlen(file);
    return length > 4 && !strcmp(file + length - 4, ".csv");
}

static int select_csv(const struct dirent *entry)
{
    return csv_name(entry->d_name);
}

void files_each_data(const Session *session, void (*each)(void *self, const char *name), void *self)
{
    if (!session->options.lessons) return;
    char path[4096];
    struct dirent **entries;
    snprintf(path, sizeof path, "%s/data", session->options.lessons);
    int count = scandir(path, &entries, select_csv, alphasort);
    if (count < 0) return;
    for (int i = 0; i < count; i++) {
        char *name = entries[i]->d_name;
        name[strlen(name) - strlen(".csv")] = '\0';
        each(self, name);
        free(entries[i]);
    }
    free(entries);
}

enum { NAMES_LIMIT = 64 };

typedef struct Collection {
    Arena *arena;
    const char *names[NAMES_LIMIT];
    size_t count;
} Collection;

static void collect(void *self, const char *name)
{
    Collection *collection = self;
    if (collection->count < NAMES_LIMIT)
        collection->names[collection->count++] = arena_copy(collection->arena, name, strlen(name));
}

static const char *fail_missing(Session *session, const Word *word, Error *err)
{
    Collection known = {.arena = &session->arena};
    files_each_data(session, collect, &known);
    const char *near = nearest(word->text, known.names, known.count);
    if (near)
        fail(err, word->column, "there is no data `%s`; did you mean `%s`?", word->text, near);
    else
        fail(err, word->column, "there is no file `%s`, and no table of that name with the lessons",
             word->text);
    return NULL;
}

const char *files_find_data(Session *session, const Word *word, Error *err)
{
    if (plain_name(word->text) && session->options.lessons) {
        const char *path =
            arena_print(&session->arena, "%s/data/%s.csv", session->options.lessons, word->text);
        if (access(path, R_OK) == 0) return path;
    }
    if (session->options.access == ACCESS_SHIPPED)
        return fail(err, word->column, "only the data shipped with the lessons may be read here"),
               NULL;
    return access(word->text, F_OK) == 0 ? word->text : fail_missing(session, word, err);
}
