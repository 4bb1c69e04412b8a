#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"
#include "lesson/catalog.h"

enum { NUMBER = 3, NAMES_MOST = 200 }; /* "01-"; those that an error chooses from */

static int select_lesson(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) && name[2] == '-' &&
           file_ends_in(name + NUMBER, ".md");
}

char *catalog_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = memory_copy(slash ? slash + 1 : path);
    char *point = strrchr(name, '.');
    if (point && point > name) *point = '\0';
    return name;
}

static CatalogEntry new_entry(const char *folder, const char *file)
{
    Text path = {0};
    text_print(&path, "%s/%s", folder, file);
    return (CatalogEntry){catalog_name(file), path.bytes};
}

/* Reading a pipe or a device could wait without end. */
static bool is_no_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static void add_entry(Catalog *catalog, CatalogEntry entry)
{
    if (!is_no_file(entry.path)) {
        catalog->entries[catalog->count++] = entry;
        return;
    }
    free(entry.name);
    free(entry.path);
}

Catalog catalog_new(const char *folder)
{
    Catalog catalog = {0};
    struct dirent **found = NULL;
    int count = folder ? scandir(folder, &found, select_lesson, alphasort) : -1;
    if (count < 0) return catalog;
    catalog.entries = memory_new((size_t)count * sizeof *catalog.entries);
    for (int i = 0; i < count; i++) {
        add_entry(&catalog, new_entry(folder, found[i]->d_name));
        free(found[i]);
    }
    free(found);
    return catalog;
}

void catalog_release(Catalog *catalog)
{
    for (int i = 0; i < catalog->count; i++) {
        free(catalog->entries[i].name);
        free(catalog->entries[i].path);
    }
    free(catalog->entries);
    *catalog = (Catalog){0};
}

static bool is_number_of(const char *name, const char *word)
{
    long number;
    return number_read_integer(word, 0, 99, &number) &&
           number == (name[0] - '0') * 10 + (name[1] - '0');
}

/* How well WORD fits NAME: as all of it, as how it begins, or not at all. */
typedef enum Fit { FIT_NONE, FIT_BEGINNING, FIT_WHOLE } Fit;

static Fit fit_of(const char *name, const char *word)
{
    const char *bare = name + NUMBER;
    size_t length = strlen(word);
    if (!strcmp(name, word) || !strcasecmp(bare, word) || is_number_of(name, word))
        return FIT_WHOLE;
    bool begins = !strncmp(name, word, length) || !strncasecmp(bare, word, length);
    return begins && length ? FIT_BEGINNING : FIT_NONE;
}

static int fail_several(const Catalog *catalog, const char *word, Fit fit, int column, Error *err)
{
    Text names = {0};
    for (int i = 0; i < catalog->count; i++)
        if (fit_of(catalog->entries[i].name, word) == fit)
            text_print(&names, "%s%s", names.length ? ", " : "", catalog->entries[i].name);
    fail(err, column, "`%s` could be any of these lessons: %s", word, text_string(&names));
    text_release(&names);
    return -1;
}

static int fail_unknown(const Catalog *catalog, const char *word, int column, Error *err)
{
    const char *names[2 * NAMES_MOST] = {NULL};
    size_t count = 0;
    for (int i = 0; i < catalog->count && i < NAMES_MOST; i++) {
        names[count++] = catalog->entries[i].name + NUMBER;
        names[count++] = catalog->entries[i].name;
    }
    const char *near = nearest(word, names, count);
    if (near)
        fail(err, column, "there is no lesson `%s`; did you mean `%s`?", word, near);
    else
        fail(err, column, "there is no lesson `%s`; `lesson` lists them", word);
    return -1;
}

int catalog_find(const Catalog *catalog, const char *word, int column, Error *err)
{
    int found = -1, fits = 0;
    Fit best = FIT_BEGINNING;
    for (int i = 0; i < catalog->count; i++) {
        Fit fit = fit_of(catalog->entries[i].name, word);
        if (fit < best) continue;
        fits = fit > best ? 1 : fits + 1;
        best = fit;
        found = i;
    }
    if (fits == 1) return found;
    return fits ? fail_several(catalog, word, best, column, err)
                : fail_unknown(catalog, word, column, err);
}

static bool is_same_file(const char *a, const char *b)
{
    char *first = realpath(a, NULL), *second = realpath(b, NULL);
    bool same = first && second && !strcmp(first, second);
    free(first);
    free(second);
    return same;
}

int catalog_of_file(const Catalog *catalog, const char *path)
{
    for (int i = 0; i < catalog->count; i++)
        if (is_same_file(catalog->entries[i].path, path)) return i;
    return -1;
}
