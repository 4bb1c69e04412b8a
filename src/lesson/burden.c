#include <string.h>

#include "lesson/burden.h"

static const long most_nodes = 3600 * 1000;        /* of about 200 bytes */
static const long most_steps = 100 * 1000 * 1000;  /* of some nanoseconds */
static const long most_copied = 256 * 1024 * 1024; /* bytes */
enum { TAB = 4, LONGEST_NUMBER = 9, PAIRS_IN_A_STEP = 16 };

typedef struct Burden {
    long nodes; /* at most: of lists, quotations, lines, signs and the words between them */
    long steps;
    long deepest;    /* column of a list's or quotation's sign: as deep they may be nested */
    long images;     /* that have begun in the present paragraph */
    long definition; /* bytes of the present one; 0: there is none */
    long longest;    /* of these */
    long references;
} Burden;

/* The bytes of the sign of a list or a quotation at TEXT; 0: there is none. */
static size_t measure_sign(const char *text)
{
    size_t digits = strspn(text, "0123456789"), size = 1;
    if (*text == '>') return size;
    if (digits && digits <= LONGEST_NUMBER && text[digits] && strchr(".)", text[digits]))
        size += digits;
    else if (!*text || !strchr("-+*", *text))
        return 0;
    return !text[size] || is_blank(text[size]) ? size : 0;
}

/* What LINE begins with: signs of lists and quotations. */
static void add_nesting(Burden *burden, const char *line)
{
    long column = 0, last = 0;
    for (size_t size = 1; size; line += size) {
        bool blank = is_blank(*line);
        size = blank ? 1 : measure_sign(line);
        column += *line == '\t' ? TAB - column % TAB : (long)size;
        if (blank || !size) continue;
        last = column;
        burden->nodes += 2; /* a list and its item */
    }
    if (last > burden->deepest) burden->deepest = last;
    burden->steps += burden->deepest + last * last / PAIRS_IN_A_STEP;
}

static const char signs[] = "\\`*_[]!<&|";

/* A run of the same sign is one; the words before a sign, or before the line's end, are one, too.
 */
static void add_sign(Burden *burden, char previous, char sign)
{
    if (previous == sign && strchr("`*_", sign)) return;
    burden->nodes += previous && !strchr(signs, previous) ? 2 : 1;
    burden->images += previous == '!' && sign == '[';
    if (sign != ']') return;
    burden->steps += burden->images;
    burden->references++;
}

static void add_signs(Burden *burden, const char *line)
{
    char previous = '\0';
    for (; *line; previous = *line++)
        if (strchr(signs, *line)) add_sign(burden, previous, *line);
    burden->nodes += previous && !strchr(signs, previous);
}

/* A definition reaches to the next one or to a blank line, at the most. */
static void add_definition(Burden *burden, const char *line)
{
    long length = (long)strlen(line) + 1;
    if (strstr(line, "]:"))
        burden->definition = length;
    else if (burden->definition)
        burden->definition += length;
    if (burden->definition > burden->longest) burden->longest = burden->definition;
}

static void add_line(Burden *burden, const char *line)
{
    add_nesting(burden, line);
    if (!*skip_blanks(line)) {
        burden->images = burden->definition = 0;
        return;
    }
    burden->nodes++; /* the line's end */
    add_signs(burden, line);
    add_definition(burden, line);
}

/* The first of the limits that is exceeded. */
static bool check(const Burden *burden, Error *err)
{
    if (burden->nodes > most_nodes)
        return fail(err, 0,
                    "the lesson has too many lines, and signs such as * and [, to be read at once; "
                    "split it");
    if (burden->steps > most_steps)
        return fail(err, 0,
                    "lists, quotations or images are nested too deep for so many lines; split the "
                    "lesson");
    if (burden->references > most_copied / (burden->longest + 1))
        return fail(err, 0,
                    "a link definition has %ld bytes, too many for %ld references; shorten it",
                    burden->longest, burden->references);
    return true;
}

bool burden_check(Reader *reader)
{
    Reader ahead = *reader;
    Burden burden = {0};
    bool light = true;
    for (Line line; light && reader_next(&ahead, &line); reader->line = line.number) {
        add_line(&burden, line.text);
        light = check(&burden, reader->err);
    }
    return light;
}
