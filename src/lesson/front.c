#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "lesson/front.h"

/* The numbers of "1.2" or "1.2.3"; false: it is no version. */
static bool read_version(const char *text, long version[3])
{
    static const char digits[] = "0123456789";
    for (int i = 0; i < 3; i++) {
        size_t length = strspn(text, digits);
        if (!length || length > 9) return false;
        version[i] = strtol(text, NULL, 10);
        text += length;
        if (!*text) return i > 0;
        if (*text++ != '.') return false;
    }
    return false;
}

static bool check_needs(const char *value, Error *err)
{
    long needed[3] = {0}, here[3] = {0};
    if (!read_version(value, needed))
        return fail(err, 0, "needs: takes a version such as %s, not `%s`", VERSION, value);
    read_version(VERSION, here);
    for (int i = 0; i < 3; i++)
        if (needed[i] != here[i])
            return needed[i] < here[i] ||
                   fail(err, 0, "the lesson needs backprop %s, and this is %s", value, VERSION);
    return true;
}

/* Whoever asks for a seal writes 0; it is another one in the end. */
static bool check_seal(const char *value, Error *err)
{
    size_t length = strspn(value, "0123456789abcdef");
    return (!value[length] && (length == 16 || !strcmp(value, "0"))) ||
           fail(err, 0,
                "seal: takes 16 hexadecimal digits, as `--check --update` writes them in place of "
                "a 0");
}

typedef struct Key {
    const char *name;
    size_t field;                                 /* in the Lesson */
    bool (*check)(const char *value, Error *err); /* NULL: any will do */
} Key;
static const Key keys[] = {{"title", offsetof(Lesson, title), NULL},
                           {"notes", offsetof(Lesson, notes), NULL},
                           {"needs", offsetof(Lesson, needs), check_needs},
                           {"seal", offsetof(Lesson, seal), check_seal}};
enum { KEYS = sizeof keys / sizeof keys[0] };

static const Key *find_key(const char *name, Error *err)
{
    const char *names[KEYS];
    for (int i = 0; i < KEYS; i++) {
        if (!strcmp(keys[i].name, name)) return &keys[i];
        names[i] = keys[i].name;
    }
    const char *near = nearest(name, names, KEYS);
    fail(err, 0,
         near ? "front matter knows no `%s:`; did you mean `%s:`?"
              : "front matter knows no `%s:`, but title, notes, needs and seal",
         name, near);
    return NULL;
}

/* The value of `key: value`, without blanks around it and the quotes that YAML may want. */
static const char *read_value(const Reader *reader, const char *text, Range *range)
{
    const char *value = skip_blanks(text);
    size_t length = strlen(value);
    while (length && is_blank(value[length - 1])) length--;
    bool quoted = length > 1 && *value == '"' && value[length - 1] == '"';
    value += quoted;
    length -= 2 * quoted;
    range->start = (size_t)(value - reader->text);
    range->end = range->start + length;
    return reader_copy(reader, value, length);
}

static bool read_line(Reader *reader, const char *text)
{
    size_t length = strcspn(text, ":");
    if (!text[length])
        return fail(reader->err, 0,
                    "front matter consists of lines `key: value`, up to a line `---`; a colon is "
                    "missing");
    const Key *key = find_key(reader_copy(reader, text, length), reader->err);
    if (!key) return false;
    Range range;
    const char **field = (const char **)((char *)reader->lesson + key->field);
    const char *value = read_value(reader, text + length + 1, &range);
    if (*field) return fail(reader->err, 0, "`%s:` stands twice", key->name);
    if (!*value) return fail(reader->err, 0, "nothing stands after `%s:`", key->name);
    if (key->field == offsetof(Lesson, seal)) reader->lesson->seal_range = range;
    *field = value;
    return !key->check || key->check(value, reader->err);
}

static bool is_rule(const char *text)
{
    return !strncmp(text, "---", 3) && !*skip_blanks(text + 3);
}

bool front_read(Reader *reader)
{
    Reader begin = *reader;
    Line line;
    if (!reader_next(reader, &line) || !is_rule(line.text)) {
        *reader = begin;
        return true;
    }
    while (reader_next(reader, &line)) {
        if (is_rule(line.text)) return true;
        if (*skip_blanks(line.text) && !read_line(reader, line.text)) return false;
    }
    reader->line = 1;
    return fail(reader->err, 0, "the front matter is not closed: a second line `---` is missing");
}
