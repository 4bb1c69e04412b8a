/* For tests against outside truth: the tables of tests/data/pytorch_*.csv, that scripts/reference
   wrote. A line is a list of words, then a list of numbers.

   Tests run in the folder that holds tests/. */
#ifndef TESTS_TABLES_H
#define TESTS_TABLES_H

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "unit.h"

enum { WORDS = 3, NUMBERS = 200 };

typedef struct Line {
    char text[8192];
    const char *words[WORDS];
    double numbers[NUMBERS];
    int word_count, count;
} Line;

static inline void split(Line *line)
{
    line->word_count = line->count = 0;
    line->text[strcspn(line->text, "\n")] = '\0';
    for (char *rest = line->text, *field; (field = strsep(&rest, ","));) {
        ck_assert_int_lt(line->count, NUMBERS);
        if (number_read(field, &line->numbers[line->count]))
            line->count++;
        else
            line->words[line->word_count++ % WORDS] = field;
    }
}

/* Calls CHECK with every line of a table; there have to be LINES. */
static inline void for_lines(const char *path, int lines, void (*check)(const Line *line))
{
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s is read from the top of the source tree", path);
    Line line;
    int count = 0;
    while (fgets(line.text, sizeof line.text, file)) {
        if (*line.text == '#') continue;
        split(&line);
        check(&line);
        count++;
    }
    fclose(file);
    ck_assert_int_eq(count, lines);
}

#endif
