#include "shell/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "command/complete.h"
#include "shell/gnu_readline.h"

/* Readline calls back without a context. */
static struct {
    Session *session;
    char **matches; /* Readline takes them over one by one */
    size_t count, taken;
} completion;

static void add_match(char *match)
{
    size_t size = (completion.count + 1) * sizeof *completion.matches;
    completion.matches = memory_resize(completion.matches, size);
    completion.matches[completion.count++] = match;
}

static void add_candidate(void *self, const char *candidate)
{
    (void)self;
    add_match(memory_copy(candidate));
}

static void add_files(const char *text)
{
    rl_filename_completion_desired = 1;
    char *name = rl_filename_completion_function(text, 0);
    for (; name; name = rl_filename_completion_function(text, 1)) add_match(name);
}

/* CANDIDATE replaces the line from byte WORD on; Readline wants what replaces it from START on. */
static char *fit(const char *candidate, size_t word, size_t start)
{
    Text fitted = {0};
    size_t length = strlen(candidate), skip = word < start ? start - word : 0;
    if (word > start) text_add_bytes(&fitted, rl_line_buffer + start, word - start);
    text_add(&fitted, candidate + (skip < length ? skip : length));
    return fitted.bytes;
}

static char *next_match(const char *text, int state)
{
    (void)text;
    (void)state;
    return completion.taken < completion.count ? completion.matches[completion.taken++] : NULL;
}

/* Gathers what replaces TEXT, the line from START to END. Inside quotes, whose text is one word
   to Readline only, the session is asked what may begin where they do. */
static void gather(const char *text, size_t start, size_t end)
{
    bool quoted = rl_completion_quote_character != 0, files = false;
    size_t point = quoted ? start - 1 : end, kept = 0;
    size_t word =
        session_complete(completion.session, rl_line_buffer, point, add_candidate, NULL, &files);
    for (size_t i = 0; i < completion.count; i++) {
        char *candidate = completion.matches[i];
        char *fitted = fit(candidate, quoted ? start : word, start);
        free(candidate);
        if (!strncmp(fitted, text, strlen(text)))
            completion.matches[kept++] = fitted;
        else
            free(fitted);
    }
    completion.count = kept;
    if (files) add_files(text);
}

static char **complete(const char *text, int start, int end)
{
    completion.count = completion.taken = 0;
    gather(text, (size_t)start, (size_t)end);
    rl_attempted_completion_over = 1;
    char **matches = rl_completion_matches(text, next_match);
    if (matches && !matches[1] && matches[0][0])
        rl_completion_suppress_append = matches[0][strlen(matches[0]) - 1] == '=';
    free(completion.matches);
    completion.matches = NULL;
    return matches;
}

void completion_install(Session *session)
{
    completion.session = session;
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " \t=";
    rl_completer_quote_characters = "\"";
    rl_filename_quote_characters = " \t=#";
}
