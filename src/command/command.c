#include <string.h>

#include "base/nearest.h"
#include "base/text.h"
#include "command/command.h"

const CommandGroup *const command_groups[] = {&network_commands,    &matrix_commands,
                                              &data_commands,       &setting_commands,
                                              &row_commands,        &memo_commands,
                                              &step_commands,       &check_commands,
                                              &nudge_commands,      &page_commands,
                                              &train_commands,      &evaluation_commands,
                                              &prediction_commands, &diagnose_commands,
                                              &plot_commands,       &list_commands,
                                              &motion_commands,     &travel_commands,
                                              &break_commands,      &calculus_commands,
                                              &ask_commands,        &lesson_commands,
                                              &record_commands,     &session_commands,
                                              &help_commands,       NULL};

bool group_begins(const CommandGroup *const *group)
{
    return group == command_groups || strcmp(group[-1]->name, group[0]->name) != 0;
}

const Command *command_at(int i)
{
    for (const CommandGroup *const *group = command_groups; *group; group++) {
        if (i < (*group)->count) return &(*group)->commands[i];
        i -= (*group)->count;
    }
    return NULL;
}

const Command *command_named(const char *word)
{
    const Command *command;
    for (int i = 0; (command = command_at(i)); i++)
        if (!strcmp(command->name, word) ||
            (command->short_name && !strcmp(command->short_name, word)))
            return command;
    return NULL;
}

/* Collects in NAMES every command that begins with WORD; returns the last of them. */
static const Command *find_prefix(const char *word, Text *names, int *count)
{
    const Command *command, *found = NULL;
    for (int i = *count = 0; (command = command_at(i)); i++) {
        if (strncmp(command->name, word, strlen(word)) != 0) continue;
        text_print(names, "%s%s", *count ? ", " : "", command->name);
        found = command;
        ++*count;
    }
    return found;
}

/* What people type who come from elsewhere. */
static const struct {
    const char *word, *command;
} synonyms[] = {{"exit", "quit"},          {"bye", "quit"},     {"?", "help"},
                {"man", "help"},           {"load", "data"},    {"backward", "grad"},
                {"derivative", "grad"},    {"update", "step"},  {"fit", "train"},
                {"run", "continue"},       {"start", "list"},   {"reverse-next", "back"},
                {"previous", "back"},      {"nexti", "next"},   {"advance", "until"},
                {"jump", "goto"},          {"clear", "delete"}, {"backtrace", "where"},
                {"reverse-finish", "back"}};

static const char *synonym(const char *word)
{
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++)
        if (!strcmp(synonyms[i].word, word)) return synonyms[i].command;
    return NULL;
}

static bool fail_unknown(const char *word, int column, Error *err)
{
    enum { LIMIT = 128 };
    const char *names[LIMIT];
    size_t count = 0;
    const Command *command;
    for (int i = 0; (command = command_at(i)) && count < LIMIT; i++) names[count++] = command->name;
    const char *near = synonym(word);
    if (!near) near = nearest(word, names, count);
    if (near) return fail(err, column, "unknown command `%s`; did you mean `%s`?", word, near);
    return fail(err, column, "unknown command `%s`; `help` lists them", word);
}

const Command *command_find(const char *word, int column, Error *err)
{
    const Command *command = command_named(word);
    if (command) return command;
    Text names = {0};
    int count;
    command = find_prefix(word, &names, &count);
    if (!count) {
        fail_unknown(word, column, err);
    } else if (count > 1) {
        command = NULL;
        fail(err, column, "`%s` could be %s", word, text_string(&names));
    }
    text_release(&names);
    return command;
}
