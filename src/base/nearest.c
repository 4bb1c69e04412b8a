#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/nearest.h"

enum { LONGEST = 64 }; /* what is longer was pasted, not misspelt */

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau 1964): row i holds the slips that turn the first
   i letters of A into each beginning of B; a swap looks two rows back. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1], length = strlen(b), i = 0;
    for (size_t j = 0; j <= length; j++) rows[0][j] = j;
    for (; a[i]; i++) {
        const size_t *above = rows[i % 3], *twice = rows[(i + 2) % 3];
        size_t *row = rows[(i + 1) % 3];
        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            row[j + 1] = least(above[j] + !same(a[i], b[j]), least(above[j + 1], row[j]) + 1);
            if (i && j && same(a[i], b[j - 1]) && same(a[i - 1], b[j]))
                row[j + 1] = least(row[j + 1], twice[j - 1] + 1);
        }
    }
    return rows[i % 3][length];
}

const char *nearest(const char *word, const char *const *names, size_t count)
{
    size_t length = strlen(word);
    if (length == 0 || length > LONGEST) return NULL;
    const char *best = NULL;
    size_t fewest = (length + 1) / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) > LONGEST) continue;
        size_t slips = distance(word, names[i]);
        if (slips >= fewest) continue;
        fewest = slips;
        best = names[i];
    }
    return best;
}
