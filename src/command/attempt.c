#include <ctype.h>
#include <string.h>

#include "command/attempt.h"
#include "command/settings.h"

/* Whether WORD is one of the words in CHOICES, "yes|no". */
static bool is_literal(const char *choices, const Word *word)
{
    size_t length = strlen(word->text);
    for (const char *at = choices; !word->quoted && length;) {
        size_t size = strcspn(at, "|");
        if (size == length && !strncmp(at, word->text, size)) return true;
        if (!at[size]) break;
        at += size + 1;
    }
    return false;
}

/* The one word of CHOICES that WORD begins; NULL when several, or none, do. What is no choice
   must be written out: it tells an item from what stands around it. */
static const char *find_beginning(const char *choices, const Word *word, Arena *arena)
{
    size_t length = strlen(word->text), size;
    const char *found = NULL;
    if (!strchr(choices, '|') || word->quoted || !length) return NULL;
    for (const char *at = choices;; at += size + 1) {
        size = strcspn(at, "|");
        if (length <= size && !strncmp(at, word->text, length)) {
            if (found) return NULL;
            found = arena_copy(arena, at, size);
        }
        if (!at[size]) return found;
    }
}

static bool refuse(Attempt *attempt, int column, const char *what, const char *word)
{
    attempt->structural = true;
    return fail(&attempt->error, column, "%s `%s`", what, word);
}

/* A word too many. */
static bool refuse_extra(Attempt *attempt, const Word *word, const char *what)
{
    return !setting_claims(word, &attempt->error) &&
           refuse(attempt, word->column, what, word->text);
}

static void record(Attempt *attempt, const char *item, Word *words, int count)
{
    Arguments *arguments = attempt->arguments;
    arguments->matches[arguments->count++] = (Match){item, words, count};
}

/* A word of a choice that was cut short is written out. */
static bool check_word(Attempt *attempt, const Item *item, Word *word)
{
    if (!item->kind) {
        const char *choices = item->value ? item->value : item->text;
        if (is_literal(choices, word)) return true;
        const char *whole = find_beginning(choices, word, attempt->arguments->arena);
        if (whole) return word->text = whole, true;
        attempt->structural = true;
        return fail(&attempt->error, word->column, "expected %s here, not `%s`", choices,
                    word->text);
    }
    return !item->kind->check || item->kind->check(word->text, word->column, &attempt->error);
}

/* Whether WORD is written key=value. */
static bool is_keyed(const Word *word)
{
    size_t length = strspn(word->text, "abcdefghijklmnopqrstuvwxyz");
    return !word->quoted && length && word->text[length] == '=';
}

/* The key that WORD gives a value; NULL when it is none of PATTERN's. */
static const Item *find_key(const Pattern *pattern, const Word *word)
{
    for (int i = 0; i < pattern->count; i++) {
        const Item *key = &pattern->items[i];
        size_t length = strlen(key->text);
        if (key->value && !strncmp(word->text, key->text, length) && word->text[length] == '=')
            return key;
    }
    return NULL;
}

static bool has_keys(const Pattern *pattern)
{
    for (int i = 0; i < pattern->count; i++)
        if (pattern->items[i].value) return true;
    return false;
}

/* Takes the key=value words out of the line; what remains is matched by position. */
static bool take_keys(Attempt *attempt)
{
    Words *words = &attempt->words;
    int kept = 0;
    if (!has_keys(attempt->pattern)) return true;
    for (int i = 0; i < words->count; i++) {
        Word word = words->items[i];
        if (!is_keyed(&word)) {
            words->items[kept++] = word;
            continue;
        }
        const Item *item = find_key(attempt->pattern, &word);
        if (!item) return refuse_extra(attempt, &word, "unknown key");
        Word *value = arena_new(attempt->arguments->arena, sizeof *value);
        int skip = (int)strlen(item->text) + 1;
        *value = (Word){word.text + skip, word.column + skip, word.length - skip, false};
        if (arguments_has(attempt->arguments, item->text))
            return fail(&attempt->error, word.column, "`%s` is given twice", item->text);
        if (!*value->text)
            return refuse(attempt, word.column, "a value is missing after", word.text);
        if (!check_word(attempt, item, value)) return false;
        record(attempt, item->text, value, 1);
    }
    words->count = kept;
    return true;
}

static bool starts_item(const Attempt *attempt, const Item *item)
{
    if (attempt->at >= attempt->words.count) return false;
    const Word *word = &attempt->words.items[attempt->at];
    return item->kind || is_literal(item->text, word) ||
           find_beginning(item->text, word, attempt->arguments->arena);
}

/* The number of words before the next literal of the pattern; all that are left when
   none of its literals follows. */
static int words_before_literal(const Attempt *attempt, int index)
{
    for (int i = attempt->at; i < attempt->words.count; i++)
        for (int k = index + 1; k < attempt->pattern->count; k++) {
            const Item *item = &attempt->pattern->items[k];
            if (!item->kind && !item->value && is_literal(item->text, &attempt->words.items[i]))
                return i - attempt->at;
        }
    return attempt->words.count - attempt->at;
}

static bool match_item(Attempt *attempt, int index)
{
    const Item *item = &attempt->pattern->items[index];
    Word *first = &attempt->words.items[attempt->at];
    bool many = item->repeated || (item->kind && item->kind->rest);
    int count = many ? words_before_literal(attempt, index) : attempt->at < attempt->words.count;
    attempt->expected = item->kind ? NULL : item->text;
    if (!count) {
        const Word *last = attempt->at ? first - 1 : NULL;
        attempt->structural = true;
        return fail(&attempt->error, last ? last->column + last->length : 0,
                    item->kind ? "%s is missing" : "`%s` is missing", item->text);
    }
    for (int i = 0; i < count; i++)
        if (!check_word(attempt, item, &first[i])) return false;
    record(attempt, item->text, first, count);
    attempt->at += count;
    attempt->expected = NULL;
    return true;
}

bool attempt_match(Attempt *attempt)
{
    const Pattern *pattern = attempt->pattern;
    if (!take_keys(attempt)) return false;
    for (int i = 0; i < pattern->count; i++) {
        const Item *item = &pattern->items[i];
        if (item->value) continue;
        bool first_of_group = item->group && (i == 0 || pattern->items[i - 1].group != item->group);
        if (first_of_group && !starts_item(attempt, item)) {
            i = pattern_group_end(pattern, i);
            continue;
        }
        if (!match_item(attempt, i)) return false;
    }
    if (attempt->at == attempt->words.count) return true;
    return refuse_extra(attempt, &attempt->words.items[attempt->at], "unexpected");
}

int attempt_next(Attempt *attempt)
{
    const Pattern *pattern = attempt->pattern;
    if (!take_keys(attempt)) return -1;
    for (int i = 0; i < pattern->count; i++) {
        const Item *item = &pattern->items[i];
        if (item->value) continue;
        if (attempt->at == attempt->words.count) return i;
        if (item->group && !starts_item(attempt, item)) {
            i = pattern_group_end(pattern, i);
            continue;
        }
        bool open = (item->repeated || (item->kind && item->kind->rest)) &&
                    words_before_literal(attempt, i) == attempt->words.count - attempt->at;
        if (!match_item(attempt, i)) return -1;
        if (open) return i;
    }
    return attempt->at == attempt->words.count ? pattern->count : -1;
}

/* A literal made of signs stands by itself even when no blanks are around it: 80 8->3. One
   that may be left out counts only in its own place: lr=1, but not adam beta1=0.9. */
static Words split_at_signs(const Words *words, const Pattern *pattern, Arena *arena)
{
    Words split = {arena_new(arena, sizeof(Word) * (size_t)(3 * words->count + 1)), 0};
    for (int i = 0; i < words->count; i++) {
        Word word = words->items[i];
        for (int k = 0; k < pattern->count && !word.quoted; k++) {
            const Item *item = &pattern->items[k];
            const char *sign = item->kind || item->value || isalpha((unsigned char)*item->text)
                                   ? NULL
                                   : strstr(word.text, item->text);
            if (!sign || sign[strlen(item->text)] == '=' || (item->group && i != k - 1)) continue;
            int before = (int)(sign - word.text), size = (int)strlen(item->text);
            if (before)
                split.items[split.count++] = (Word){arena_copy(arena, word.text, (size_t)before),
                                                    word.column, before, false};
            split.items[split.count++] = (Word){item->text, word.column + before, size, false};
            word = (Word){sign + size, word.column + before + size, word.length - before - size,
                          false};
        }
        if (*word.text || word.quoted) split.items[split.count++] = word;
    }
    return split;
}

Attempt attempt_new(const Pattern *pattern, const Words *words, Arguments *arguments)
{
    size_t most = (size_t)(pattern->count + words->count + 1);
    arguments->matches = arena_new(arguments->arena, sizeof(Match) * most);
    return (Attempt){.pattern = pattern,
                     .words = split_at_signs(words, pattern, arguments->arena),
                     .arguments = arguments};
}
