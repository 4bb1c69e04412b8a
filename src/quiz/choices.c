#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "quiz/choices.h"

enum { LETTERS = 26 };

static size_t trimmed(const char **text)
{
    while (isspace((unsigned char)**text)) ++*text;
    size_t length = strlen(*text);
    while (length && isspace((unsigned char)(*text)[length - 1])) length--;
    return length;
}

static int find_words(const Question *question, const char *words, size_t length)
{
    for (int i = 0; i < question->choice_count; i++) {
        const char *text = question->choices[i].text;
        size_t size = trimmed(&text);
        if (size && size == length && !strncasecmp(text, words, length)) return i;
    }
    return -1;
}

/* The choice that WORD, a letter or a number, stands for; -1: none. */
static int find_label(const Question *question, const char *word)
{
    long number;
    int letter = tolower((unsigned char)*word) - 'a';
    bool one = letter >= 0 && letter < LETTERS && (!word[1] || !strcmp(word + 1, ")"));
    if (one && letter < question->choice_count) return letter;
    return number_read_integer(word, 1, question->choice_count, &number) ? (int)number - 1 : -1;
}

int choices_find(const Question *question, const char *word)
{
    size_t length = trimmed(&word);
    int i = find_words(question, word, length);
    return i >= 0 ? i : find_label(question, word);
}

/* Picks what each of the words names; false when one names nothing. */
static bool pick_labels(const Question *question, char *words, bool *picked)
{
    static const char between[] = " \t,";
    char *rest;
    for (char *word = strtok_r(words, between, &rest); word;
         word = strtok_r(NULL, between, &rest)) {
        int i = find_label(question, word);
        if (i < 0) return false;
        picked[i] = true;
    }
    return true;
}

const bool *choices_read(const Question *question, const char *answer, Arena *arena)
{
    size_t length = trimmed(&answer);
    bool *picked = arena_new(arena, (size_t)question->choice_count);
    int i = find_words(question, answer, length);
    if (i >= 0) return picked[i] = true, picked;
    bool read = length && pick_labels(question, arena_copy(arena, answer, length), picked);
    return read ? picked : NULL;
}

bool choices_are_right(const Question *question, const bool *picked)
{
    int i = 0;
    while (i < question->choice_count && picked[i] == question->choices[i].right) i++;
    return i == question->choice_count;
}

const char *choices_label(int i, Arena *arena)
{
    return i < LETTERS ? arena_print(arena, "%c)", 'a' + i) : arena_print(arena, "%d)", i + 1);
}

int choices_right(const Question *question)
{
    int count = 0;
    for (int i = 0; i < question->choice_count; i++) count += question->choices[i].right;
    return count;
}
