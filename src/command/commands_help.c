/* Commands that explain the others: help, apropos. */
#include <string.h>

#include "command/command.h"
#include "command/topics.h"
#include "session/emit.h"

static const Column list_columns[] = {{"name", NULL}, {"short_name", NULL}, {"summary", NULL}};

static void emit_commands(Session *session, const CommandGroup *group)
{
    for (int i = 0; i < group->count; i++) {
        const Command *command = &group->commands[i];
        const char *short_name = command->short_name ? command->short_name : "";
        emit_row(session, (Cell[]){CELL_OF_TEXT(command->name), CELL_OF_TEXT(short_name),
                                   CELL_OF_TEXT(command->summary)});
    }
}

/* A table under each heading. */
static void list_groups(Session *session)
{
    static const Column columns[] = {{NULL, ""}, {NULL, ""}, {NULL, ""}};
    for (const CommandGroup *const *group = command_groups; *group; group++) {
        if (group_begins(group)) {
            emit_heading(session, "%s", group[0]->name);
            emit_table(session, NULL, FOR_PEOPLE,
                       &(Table){.columns = columns, .count = 3, .headless = true});
        }
        emit_commands(session, group[0]);
        if (!group[1] || group_begins(group + 1)) emit_table_end(session);
    }
}

static void add_topic_name(void *self, const char *name)
{
    Text *text = self;
    text_print(text, "%s%s", text->length ? ", " : "", name);
}

static void list_all(Session *session)
{
    Text names = {0};
    list_groups(session);
    help_each_topic(add_topic_name, &names);
    emit_note(session, "%c explains one and shows an example. Topics: %s", "help COMMAND",
              text_string(&names));
    text_release(&names);
    emit_table(session, "commands", FOR_PROGRAMS, &(Table){.columns = list_columns, .count = 3});
    for (const CommandGroup *const *group = command_groups; *group; group++)
        emit_commands(session, *group);
    emit_table_end(session);
}

static void describe_command(Session *session, const Command *command)
{
    const char *usage = command->usage, *name = command->name;
    emit_heading(session, "%s: %s", name, command->summary);
    emit_note(session, "usage: %s%s%s", name, *usage ? " " : "", usage);
    if (command->short_name) emit_note(session, "short: %s", command->short_name);
    if (*command->details) emit_note(session, "  %s", command->details);
    if (command->flags & REPEATS) emit_note(session, "An empty line runs it again.");
    if (command->flags & (CHANGES | MOVES | STAYS)) emit_note(session, "%c takes it back.", "undo");
    emit_note(session, "Example:");
    emit_text(session, command->example);
    emit_string(session, "usage", usage);
    emit_string(session, "summary", command->summary);
    emit_string(session, "details", command->details);
    emit_string(session, "example", command->example);
}

static bool run_help(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "TOPIC");
    if (!word) return list_all(session), true;
    const char *topic = command_named(word->text) ? NULL : help_topic_about(word->text);
    if (help_topic_emit(session, topic ? topic : word->text)) return true;
    const Command *command = command_find(word->text, word->column, err);
    if (command) describe_command(session, command);
    return command != NULL;
}

static bool mentions(const Command *command, const char *word)
{
    return strcasestr(command->name, word) || strcasestr(command->summary, word) ||
           strcasestr(command->details, word) || strcasestr(command->usage, word);
}

static bool run_apropos(Session *session, const Arguments *arguments, Error *err)
{
    static const Column columns[] = {{"name", ""}, {"summary", ""}};
    const Word *word = arguments_word(arguments, "WORD");
    int count = 0;
    for (int i = 0; command_at(i); i++) count += mentions(command_at(i), word->text);
    const char *topic = help_topic_about(word->text);
    if (!count && !topic)
        return fail(err, word->column, "no command's help mentions `%s`; `help` lists them all",
                    word->text);
    emit_table(session, "commands", FOR_ALL,
               &(Table){.columns = columns, .count = 2, .headless = true});
    for (int i = 0; command_at(i); i++) {
        if (!mentions(command_at(i), word->text)) continue;
        emit_row(session,
                 (Cell[]){CELL_OF_TEXT(command_at(i)->name), CELL_OF_TEXT(command_at(i)->summary)});
    }
    emit_table_end(session);
    if (topic) emit_note(session, "%c is about it", arena_print(&session->arena, "help %s", topic));
    return true;
}

static const Command commands[] = {
    {"help", "h", "[TOPIC]", 0, "list the commands, or explain one", "",
     "help\nhelp grad\nhelp notation", run_help},
    {"apropos", NULL, "WORD", 0, "find the commands whose help mentions a word", "",
     "apropos chain", run_apropos},
};

const CommandGroup help_commands = {"help", commands, sizeof commands / sizeof commands[0]};
