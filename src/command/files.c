#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nearest.h"
#include "command/files.h"

enum { READ_LIMIT = 256 }; /* MB of a file that a lesson reads */

static bool plain_name(const char *text)
{
    return *text && !strchr(text, '/') && !strchr(text, '.');
}

static int select_csv(const struct dirent *entry)
{
    return file_ends_in(entry->d_name, ".csv");
}

static void each_table(const char *folder, void (*each)(void *self, const char *name), void *self)
{
    if (!folder) return;
    char path[4096];
    struct dirent **entries;
    snprintf(path, sizeof path, "%s/data", folder);
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

void files_each_data(const Session *session, void (*each)(void *self, const char *name), void *self)
{
    each_table(session->options.lessons.own, each, self);
    each_table(session->options.lessons.shipped, each, self);
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

/* Whoever knows where the tables lie may write data/iris.csv for `iris`. */
static bool is_file_of(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    size_t length = strlen(name);
    return !strncmp(file, name, length) && !strcmp(file + length, ".csv");
}

static const char *data_meant(const char *word, const Collection *known)
{
    for (size_t i = 0; i < known->count; i++)
        if (is_file_of(word, known->names[i])) return known->names[i];
    return nearest(word, known->names, known->count);
}

static const char *fail_missing(Session *session, const Word *word, Error *err)
{
    Collection known = {.arena = &session->arena};
    files_each_data(session, collect, &known);
    const char *near = data_meant(word->text, &known);
    if (near)
        fail(err, word->column, "there is no data `%s`; did you mean `%s`?", word->text, near);
    else
        fail(err, word->column, "there is no file `%s`, and no table of that name with the lessons",
             word->text);
    return NULL;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static const char *path_of(Session *session, const char *name)
{
    const char *folder = session->options.folder;
    if (!folder || *name == '/') return name;
    const char *beside = arena_print(&session->arena, "%s/%s", folder, name);
    return exists(beside) ? beside : name;
}

/* A file of the system's that calls itself empty may never end. */
static bool may_read(const Session *session, const char *path, const Word *word, Error *err)
{
    struct stat status;
    if (session->options.access == ACCESS_ALL || stat(path, &status)) return true;
    if (!S_ISREG(status.st_mode))
        return fail(err, word->column, "cannot read %s: it is no ordinary file", word->text);
    if (!status.st_size) return fail(err, word->column, "cannot read %s: it is empty", word->text);
    return status.st_size <= (off_t)READ_LIMIT << 20 ||
           fail(err, word->column, "cannot read %s: a lesson may read at most %d MB", word->text,
                READ_LIMIT);
}

const char *files_find(Session *session, const Word *word, Error *err)
{
    if (session->options.access == ACCESS_SHIPPED)
        return fail(err, word->column, "no file may be read from here"), NULL;
    const char *path = path_of(session, word->text);
    return may_read(session, path, word, err) ? path : NULL;
}

static const char *table_in(Session *session, const char *folder, const char *name)
{
    if (!plain_name(name) || !folder) return NULL;
    const char *path = arena_print(&session->arena, "%s/data/%s.csv", folder, name);
    return exists(path) ? path : NULL;
}

const char *files_find_data(Session *session, const Word *word, Error *err)
{
    const SessionOptions *options = &session->options;
    bool shipped = options->access == ACCESS_SHIPPED;
    const char *folders[] = {shipped ? NULL : options->folder, options->lessons.own,
                             options->lessons.shipped},
               *path = NULL;
    for (size_t i = 0; !path && i < sizeof folders / sizeof folders[0]; i++)
        path = table_in(session, folders[i], word->text);
    if (!path && shipped)
        return fail(err, word->column, "only the data shipped with the lessons may be read here"),
               NULL;
    if (!path) path = path_of(session, word->text);
    if (!exists(path)) return fail_missing(session, word, err);
    return may_read(session, path, word, err) ? path : NULL;
}

bool files_may_write(const Session *session, const Word *word, Error *err)
{
    Access access = session->options.access;
    return access == ACCESS_ALL ||
           fail(err, word->column,
                access == ACCESS_READ ? "a lesson writes files only when `--allow-files` lets it"
                                      : "no file may be written from here");
}
