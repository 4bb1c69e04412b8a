#include <string.h>

#include "base/nearest.h"
#include "base/text.h"
#include "command/command.h"

const Topic *const topics[] = {
    &network_topic,    &data_topic,       &setting_topic,  &row_topic,  &memo_topic,
    &step_topic,       &check_topic,      &nudge_topic,    &page_topic, &train_topic,
    &evaluation_topic, &prediction_topic, &diagnose_topic, &plot_topic, &list_topic,
    &motion_topic,     &break_topic,      &calculus_topic, &ask_topic,  &lesson_topic,
    &record_topic,     &session_topic,    &help_topic,     NULL};

bool topic_begins(const Topic *const *topic)
{
    return topic == topics || strcmp(topic[-1]->name, topic[0]->name) != 0;
}

const Command *command_at(int i)
{
    for (const Topic *const *topic = topics; *topic; topic++) {
        if (i < (*topic)->count) return &(*topic)->commands[i];
        i -= (*topic)->count;
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
