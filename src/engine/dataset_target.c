#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "engine/dataset_csv.h"
#include "engine/dataset_target.h"

static bool refuse(const TargetColumns *columns, const char *name, const char *why, Error *err)
{
    char shown[CSV_EXCERPT_SIZE];
    csv_excerpt(shown, name, strlen(name));
    return csv_fail(err, (CsvPlace){.path = columns->path}, "target \"%s\": %s", shown, why);
}

static bool refuse_unknown(const TargetColumns *columns, const char *name, Error *err)
{
    CsvPlace place = {.path = columns->path};
    char shown[CSV_EXCERPT_SIZE], meant[CSV_EXCERPT_SIZE];
    csv_excerpt(shown, name, strlen(name));
    if (!columns->headings)
        return csv_fail(err, place,
                        "no column \"%s\": without headings, give a number from 1 to %d", shown,
                        columns->count);
    const char *near = nearest(name, columns->headings, (size_t)columns->count);
    if (near)
        return csv_fail(err, place, "no column \"%s\"; did you mean \"%s\"?", shown,
                        csv_excerpt(meant, near, strlen(near)));
    return csv_fail(err, place, "no column \"%s\"; give a heading or a number from 1 to %d", shown,
                    columns->count);
}

static bool find_heading(const TargetColumns *columns, const char *name, int *found, Error *err)
{
    *found = -1;
    for (int i = 0; columns->headings && *name && i < columns->count; i++) {
        if (strcmp(columns->headings[i], name) != 0) continue;
        if (*found >= 0)
            return refuse(columns, name, "several columns are called so; give its number", err);
        *found = i;
    }
    return true;
}

/* The index of the column called NAME: a heading before a number. */
static bool find(const TargetColumns *columns, const char *name, int *found, Error *err)
{
    if (!find_heading(columns, name, found, err)) return false;
    if (*found >= 0) return true;
    long number;
    if (!number_read_integer(name, 1, columns->count, &number))
        return refuse_unknown(columns, name, err);
    *found = (int)number - 1;
    return true;
}

static char *trim(char *word)
{
    word += strspn(word, " \t");
    size_t length = strlen(word);
    while (length && strchr(" \t", word[length - 1])) word[--length] = '\0';
    return word;
}

/* Until all are known, a target's slot is its place among the targets; an input's is -1. */
static bool mark(TargetColumns *columns, const char *name, Error *err)
{
    int index = 0;
    if (!find(columns, name, &index, err)) return false;
    if (columns->slots[index] >= 0) return refuse(columns, name, "named twice", err);
    columns->slots[index] = columns->targets++;
    return true;
}

static bool mark_all(TargetColumns *columns, char *names, Error *err)
{
    for (char *name; (name = strsep(&names, ","));)
        if (!mark(columns, trim(name), err)) return false;
    return true;
}

static const struct {
    const char *suffix;
    const char *several; /* what to say of more than one column */
} codings[] = {
    [CODING_ONE_HOT] = {":onehot", "one-hot coding takes one column"},
    [CODING_SIGNS] = {":signs", "coding by signs takes one column"},
};

static Coding cut_coding(char *names)
{
    size_t length = strlen(names);
    for (Coding coding = CODING_ONE_HOT; coding <= CODING_SIGNS; coding++) {
        size_t size = strlen(codings[coding].suffix);
        if (length < size || strcmp(names + length - size, codings[coding].suffix) != 0) continue;
        names[length - size] = '\0';
        return coding;
    }
    return CODING_NONE;
}

static void place_inputs_first(TargetColumns *columns)
{
    int inputs = 0;
    for (int i = 0; i < columns->count; i++) {
        int *slot = &columns->slots[i];
        *slot = *slot < 0 ? inputs++ : columns->count - columns->targets + *slot;
    }
}

bool target_read(const char *option, TargetColumns *columns, Error *err)
{
    for (int i = 0; i < columns->count; i++) columns->slots[i] = -1;
    columns->targets = 0;
    columns->coding = CODING_NONE;
    if (!option) {
        columns->slots[columns->count - 1] = columns->targets++;
    } else {
        char *names = memory_copy(option);
        columns->coding = cut_coding(names);
        bool known = mark_all(columns, names, err);
        free(names);
        if (!known) return false;
    }
    if (columns->coding != CODING_NONE && columns->targets > 1)
        return refuse(columns, option, codings[columns->coding].several, err);
    if (columns->targets == columns->count)
        return refuse(columns, option, "no column is left as an input", err);
    place_inputs_first(columns);
    return true;
}
