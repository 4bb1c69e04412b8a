#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "shell/options.h"

static bool add_task(Options *options, TaskKind kind, const char *text)
{
    size_t size = (options->task_count + 1) * sizeof(Task);
    options->tasks = memory_resize(options->tasks, size);
    options->tasks[options->task_count++] = (Task){kind, text};
    return true;
}

static bool take_command(Options *options, const char *command, Error *err)
{
    (void)err;
    return add_task(options, TASK_COMMAND, command);
}

static bool take_file(Options *options, const char *file, Error *err)
{
    (void)err;
    return add_task(options, TASK_FILE, file);
}

static bool take_color(Options *options, const char *choice, Error *err)
{
    static const char *const names[] = {
        [COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    for (ColorChoice color = COLOR_AUTO; color <= COLOR_NEVER; color++) {
        if (strcmp(choice, names[color]) != 0) continue;
        options->color = color;
        return true;
    }
    return fail(err, 0, "--color is auto, always or never, not \"%s\"", choice);
}

static bool take_from(Options *options, const char *step, Error *err)
{
    return number_read_integer(step, 1, INT_MAX, &options->from) ||
           fail(err, 0, "--from is a step of the lesson, a whole number from 1, not \"%s\"", step);
}

static bool take_delay(Options *options, const char *seconds, Error *err)
{
    enum { HOUR = 3600 };
    double delay;
    if (!number_read(seconds, &delay) || !(delay >= 0 && delay <= HOUR))
        return fail(err, 0, "--delay is seconds from 0 to %d, not \"%s\"", HOUR, seconds);
    options->delay = delay;
    return true;
}

#define FLAG(member) .flag = offsetof(Options, member)

const OptionRow option_rows[] = {
    {'e', "eval", "CMD", "run CMD (repeatable, in order with files)", .take = take_command},
    {'f', "file", "FILE", "run FILE, as without -f", .take = take_file},
    {'i', "interactive", NULL, "prompt afterwards, even off a terminal", FLAG(interactive)},
    {'b', "batch", NULL, "no banner, no prompt, no colour", FLAG(batch)},
    {'\0', "json", NULL, "one JSON object per command on stdout", FLAG(json)},
    {'\0', "keep-going", NULL, "go on after a command that failed", FLAG(keep_going)},
    {'\0', "check", NULL, "verify the lessons that follow", FLAG(check)},
    {'\0', "update", NULL, "with --check: rewrite the output that differs", FLAG(update)},
    {'\0', "tap", NULL, "with --check: report as TAP", FLAG(tap)},
    {'\0', "allow-files", NULL, "let lessons write files", FLAG(allow_files)},
    {'\0', "from", "STEP", "begin lessons at STEP", .take = take_from},
    {'\0', "delay", "SECONDS", "lessons go on by themselves after SECONDS", .take = take_delay},
    {'\0', "color", "auto|always|never", "colour the text; auto: on a terminal",
     .take = take_color},
    {'\0', "ascii", NULL, "spell symbols in ASCII", FLAG(ascii)},
    {'\0', "no-init", NULL, "skip the start-up file", FLAG(no_init)},
    {'\0', "version", NULL, "say which version this is", FLAG(version)},
    {'h', "help", NULL, "say this", FLAG(help)},
};
const size_t option_count = sizeof option_rows / sizeof option_rows[0];

static const OptionRow *find_letter(char letter)
{
    for (const OptionRow *row = option_rows; row < option_rows + option_count; row++)
        if (row->letter == letter) return row;
    return NULL;
}

static bool fail_unknown(const char *dashes, const char *name, Error *err)
{
    const char *names[sizeof option_rows / sizeof option_rows[0]];
    for (size_t i = 0; i < option_count; i++) names[i] = option_rows[i].name;
    const char *meant = nearest(name, names, option_count);
    if (!meant) return fail(err, 0, "unknown option %s%s", dashes, name);
    return fail(err, 0, "unknown option %s%s, did you mean --%s?", dashes, name, meant);
}

/* A name may be cut short as long as it fits one row only. */
static const OptionRow *find_name(const char *name, size_t length, Error *err)
{
    const OptionRow *found = NULL;
    for (const OptionRow *row = option_rows; row < option_rows + option_count; row++) {
        if (strncmp(row->name, name, length) != 0) continue;
        if (!row->name[length]) return row;
        if (found) {
            fail(err, 0, "--%.*s could be --%s or --%s", (int)length, name, found->name, row->name);
            return NULL;
        }
        found = row;
    }
    if (found) return found;
    char *copy = memory_copy(name);
    copy[length] = '\0';
    fail_unknown("--", copy, err);
    free(copy);
    return NULL;
}

/* ARGUMENT is what was attached to the option, or NULL; then the next word is taken. */
static bool apply(Options *options, const OptionRow *row, const char *argument, char ***next,
                  Error *err)
{
    if (!row->argument) {
        if (argument) return fail(err, 0, "--%s takes no value", row->name);
        *(bool *)((char *)options + row->flag) = true;
        return true;
    }
    if (!argument) argument = **next ? *(*next)++ : NULL;
    if (!argument) return fail(err, 0, "--%s needs %s", row->name, row->argument);
    return row->take(options, argument, err);
}

static bool read_name(Options *options, const char *text, char ***next, Error *err)
{
    size_t length = strcspn(text, "=");
    const OptionRow *row = find_name(text, length, err);
    return row && apply(options, row, text[length] ? text + length + 1 : NULL, next, err);
}

static bool read_letters(Options *options, const char *text, char ***next, Error *err)
{
    for (; *text; text++) {
        const OptionRow *row = find_letter(*text);
        if (!row) return fail_unknown("-", text, err);
        if (row->argument) return apply(options, row, text[1] ? text + 1 : NULL, next, err);
        apply(options, row, NULL, next, err);
    }
    return true;
}

/* What --check verifies are files, and there are some. */
static bool names_lessons(const Options *options, Error *err)
{
    if (options->help || options->version) return true;
    if (!options->task_count) return fail(err, 0, "--check needs FILE...");
    for (size_t i = 0; i < options->task_count; i++)
        if (options->tasks[i].kind == TASK_COMMAND)
            return fail(err, 0, "--check verifies files: --eval does not go with it");
    return true;
}

bool options_is_lesson(const char *file)
{
    return file_ends_in(file, ".md");
}

/* What is to be played. */
static bool plays_lessons(const Options *options)
{
    bool lessons = false;
    for (size_t i = 0; i < options->task_count; i++)
        lessons |= options->tasks[i].kind == TASK_FILE && options_is_lesson(options->tasks[i].text);
    return lessons && !options->check;
}

static bool agree(const Options *options, Error *err)
{
    if (options->batch && options->interactive)
        return fail(err, 0, "--batch and --interactive exclude each other");
    bool playing = options->from || options->delay >= 0;
    if (playing && !plays_lessons(options))
        return fail(err, 0, "--from and --delay are for a lesson that is played: FILE.md");
    if (options->update && !options->check) return fail(err, 0, "--update goes with --check");
    if (options->tap && !options->check) return fail(err, 0, "--tap goes with --check");
    if (options->tap && options->json) return fail(err, 0, "--tap and --json exclude each other");
    return !options->check || names_lessons(options, err);
}

bool options_read(Options *options, char **argv, Error *err)
{
    *options = (Options){.delay = -1};
    bool only_files = false;
    for (char **next = argv + 1; *next;) {
        const char *word = *next++;
        bool option = !only_files && word[0] == '-' && word[1];
        bool good = true;
        if (!option)
            good = add_task(options, TASK_FILE, word);
        else if (word[1] != '-')
            good = read_letters(options, word + 1, &next, err);
        else if (word[2])
            good = read_name(options, word + 2, &next, err);
        else
            only_files = true;
        if (!good) return false;
    }
    return agree(options, err);
}

void options_release(Options *options)
{
    free(options->tasks);
}

void options_help(Text *text)
{
    enum { HELP_COLUMN = 33 };
    text_add(text,
             "Usage: backprop [options] [FILE...]\n"
             "A debugger for backpropagation. FILE is a .md lesson, a .bp script, or - for\n"
             "standard input; without one, commands are typed at a prompt or read from there.\n\n");
    for (const OptionRow *row = option_rows; row < option_rows + option_count; row++) {
        size_t start = text->length;
        if (row->letter)
            text_print(text, "  -%c, --%s", row->letter, row->name);
        else
            text_print(text, "      --%s", row->name);
        if (row->argument) text_print(text, "=%s", row->argument);
        text_repeat(text, ' ', HELP_COLUMN - (int)(text->length - start));
        text_print(text, "  %s\n", row->help);
    }
    text_add(text,
             "\nExit status: 0 all well; 1 a command or a check failed; 2 bad usage or an\n"
             "unreadable file; 130 interrupted. At the prompt, `help` explains the commands.\n");
}
