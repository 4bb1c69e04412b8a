#include <string.h>

#include "lesson/burden.h"

static const long most_signs = 2 * 1000 * 1000;    /* about 400 MB */
static const long most_steps = 100 * 1000 * 1000;  /* lines times levels: about a second */
static const long most_copied = 256 * 1024 * 1024; /* bytes of definitions */
enum { TAB = 4, LONGEST_NUMBER = 9 };

typedef struct Burden {
    long lines;
    long signs;      /* that may mean something; a line's beginning is one */
    long deepest;    /* column of a list's or quotation's sign: as deep they may be nested */
    long definition; /* bytes of the present one; 0: none is open */
    long longest;    /* of these */
    long references;
} Burden;

/* The bytes of the sign of a list or a quotation at TEXT. */
static size_t measure_sign(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    size_t size = 1;
    if (*text == '>') return 1;
    if (digits && digits <= LONGEST_NUMBER && strchr(".)", text[digits]))
        size = digits + 1;
    else if (!*text || !strchr("-+*", *text))
        return 0;
    return !text[size] || is_blank(text[size]) ? size : 0;
}

/* Counts the signs of lists and quotations that LINE begins with. */
static void add_nesting(Burden *burden, const char *line)
{
    long column = 0;
    for (size_t size; *line; line += size) {
        bool blank = is_blank(*line);
        size = blank ? 1 : measure_sign(line);
        if (!size) return;
        column += *line == '\t' ? TAB - column % TAB : (long)size;
        if (blank) continue;
        burden->signs++;
        if (column > burden->deepest) burden->deepest = column;
    }
}

/* A run of the same sign counts once, like it does for libcmark. */
static void add_signs(Burden *burden, const char *line)
{
    static const char signs[] = "\\`*_[]!<&|", runs[] = "`*_";
    char previous = '\0';
    for (; *line; previous = *line++) {
        if (!strchr(signs, *line)) continue;
        burden->signs += previous != *line || !strchr(runs, *line);
        burden->references += *line == ']';
    }
}

/* A definition reaches to the next or to a blank line, at the most. */
static void add_definition(Burden *burden, const char *line)
{
    long length = (long)strlen(line) + 1;
    if (!*skip_blanks(line))
        burden->definition = 0;
    else if (strstr(line, "]:"))
        burden->definition = length;
    else if (burden->definition)
        burden->definition += length;
    if (burden->definition > burden->longest) burden->longest = burden->definition;
}

static void add_line(Burden *burden, const char *line)
{
    burden->lines++;
    burden->signs += *skip_blanks(line) != '\0';
    add_nesting(burden, line);
    add_signs(burden, line);
    add_definition(burden, line);
}

bool burden_check(Reader *reader)
{
    Reader ahead = *reader;
    Burden burden = {0};
    for (Line line; reader_next(&ahead, &line);) add_line(&burden, line.text);
    reader->line = 0;
    if (burden.signs > most_signs)
        return fail(reader->err, 0,
                    "the Markdown has %ld lines and signs such as * or [, more than the %ld that "
                    "are read; split the lesson",
                    burden.signs, most_signs);
    if (burden.lines > most_steps / (burden.deepest + 1))
        return fail(reader->err, 0,
                    "lists or quotations are nested up to column %ld, too deep for %ld lines; "
                    "split the lesson",
                    burden.deepest, burden.lines);
    if (burden.references > most_copied / (burden.longest + 1))
        return fail(reader->err, 0,
                    "a link definition has up to %ld bytes, too much for %ld `]`; shorten it",
                    burden.longest, burden.references);
    return true;
}
