#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "command/attempt.h"

static void close_with_usage(Error *err, const char *command, const char *usage)
{
    size_t length = strlen(err->message);
    Error detail = *err;
    detail.message[length < 400 ? length : 400] = '\0';
    fail(err, detail.column, "%s; usage: %s%s%s", detail.message, command, *usage ? " " : "",
         usage);
}

/* Several alternatives go on with a word of their own: the error names all of them. */
static void expect_any(Attempt *attempt, const char *earlier, Arena *arena)
{
    if (!earlier || !attempt->expected) return;
    attempt->expected = arena_print(arena, "%s, %s", earlier, attempt->expected);
    bool missing = attempt->at == attempt->words.count;
    fail(&attempt->error, attempt->error.column, "expected one of %s%s%s%s", attempt->expected,
         missing ? "" : " here, not `", missing ? "" : attempt->words.items[attempt->at].text,
         missing ? "" : "`");
}

bool arguments_match(Arguments *arguments, const char *command, const char *usage,
                     const Words *words, const char *line, Arena *arena, Error *err)
{
    int furthest = -1;
    bool structural = false;
    const char *expected = NULL;
    for (const char *rest = usage; rest;) {
        Pattern pattern = usage_alternative(&rest, arena);
        *arguments = (Arguments){.line = line, .usage = usage, .arena = arena};
        Attempt attempt = attempt_new(&pattern, words, arguments);
        if (attempt_match(&attempt)) return true;
        bool vaguer = attempt.at == furthest && !structural && attempt.structural;
        if (attempt.at < furthest || vaguer) continue;
        if (attempt.at == furthest) expect_any(&attempt, expected, arena);
        expected = attempt.expected;
        furthest = attempt.at;
        structural = attempt.structural;
        if (err) *err = attempt.error;
    }
    if (err && structural) close_with_usage(err, command, usage);
    return false;
}

static const Match *find_match(const Arguments *arguments, const char *item)
{
    for (int i = 0; i < arguments->count; i++)
        if (!strcmp(arguments->matches[i].item, item)) return &arguments->matches[i];
    return NULL;
}

bool arguments_has(const Arguments *arguments, const char *item)
{
    return find_match(arguments, item) != NULL;
}

const Word *arguments_word(const Arguments *arguments, const char *item)
{
    const Match *match = find_match(arguments, item);
    return match ? &match->words[0] : NULL;
}

const char *arguments_text(const Arguments *arguments, const char *item)
{
    const Word *word = arguments_word(arguments, item);
    return word ? word->text : NULL;
}

Words arguments_words(const Arguments *arguments, const char *item)
{
    const Match *match = find_match(arguments, item);
    return match ? (Words){match->words, match->count} : (Words){0};
}

const char *arguments_raw(const Arguments *arguments, const char *item, int *column)
{
    const Match *match = find_match(arguments, item);
    *column = match ? match->words[0].column : 0;
    if (!match) return "";
    const Word *last = &match->words[match->count - 1];
    int length = last->column + last->length - *column;
    return arena_copy(arguments->arena, arguments->line + *column - 1, (size_t)length);
}

double arguments_number(const Arguments *arguments, const char *item, double otherwise)
{
    const char *text = arguments_text(arguments, item);
    double value = otherwise;
    if (text) number_read(text, &value);
    return value;
}

long arguments_integer(const Arguments *arguments, const char *item, long otherwise)
{
    const char *text = arguments_text(arguments, item);
    return text ? strtol(text, NULL, 10) : otherwise;
}
