/* What must hold for every command row, those that are yet to be written included. */
#include <ctype.h>

#include "command/command.h"
#include "command/kinds.h"
#include "command/topics.h"
#include "trial.h"

START_TEST(names_are_unique)
{
    for (int i = 0; command_at(i); i++)
        for (int k = 0; command_at(k); k++) {
            const Command *a = command_at(i), *b = command_at(k);
            ck_assert_msg(i == k || strcmp(a->name, b->name) != 0, "%s", a->name);
            if (!a->short_name) continue;
            ck_assert_msg(strcmp(a->short_name, b->name) != 0, "%s", a->short_name);
            ck_assert_msg(i == k || !b->short_name || strcmp(a->short_name, b->short_name) != 0,
                          "%s", a->short_name);
        }
}
END_TEST

START_TEST(every_row_describes_itself)
{
    for (int i = 0; command_at(i); i++) {
        const Command *command = command_at(i);
        size_t length = strlen(command->summary);
        ck_assert_msg(length > 0 && length < 80, "%s", command->name);
        ck_assert_msg(islower((unsigned char)command->summary[0]), "%s", command->name);
        ck_assert_msg(command->summary[length - 1] != '.', "%s", command->name);
        ck_assert_msg(command->details != NULL, "%s", command->name);
        ck_assert_msg(*command->example != '\0', "%s", command->name);
        ck_assert_msg(command->run != NULL, "%s", command->name);
    }
}
END_TEST

static void check_is_no_command(void *self, const char *topic)
{
    (void)self;
    ck_assert_msg(!command_named(topic), "%s", topic);
}

START_TEST(no_topic_hides_a_command)
{
    help_each_topic(check_is_no_command, NULL);
}
END_TEST

/* The words in capitals of a usage, with or without a key before them. */
static void check_kinds(const Command *command)
{
    for (const char *at = command->usage; *at; at++) {
        size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (!length) continue;
        ck_assert_msg(kind_find(at, length), "%s: %.*s", command->name, (int)length, at);
        at += length - 1;
    }
}

START_TEST(every_usage_compiles_and_its_kinds_exist)
{
    for (int i = 0; command_at(i); i++) {
        const Command *command = command_at(i);
        Arena arena = {0};
        Arguments arguments;
        Words words = {NULL, 0};
        Error err = {0};
        check_kinds(command);
        if (!arguments_match(&arguments, command->name, command->usage, &words, "", &arena, &err))
            ck_assert_msg(strstr(err.message, "usage: "), "%s: %s", command->name, err.message);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(every_example_runs)
{
    for (int i = 0; command_at(i); i++) {
        Trial trial;
        remove("build/first.md"); /* `record` begins a new file */
        trial_start(&trial);
        trial_do(&trial, "init 2-2-1\ninput 80 8 -> 3");
        trial_do(&trial, command_at(i)->example);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(every_example_uses_its_command)
{
    for (int i = 0; command_at(i); i++) {
        const Command *command = command_at(i);
        size_t length = strlen(command->name);
        bool used = false;
        for (const char *line = command->example; line; line = strchr(line, '\n')) {
            line += *line == '\n';
            used |= !strncmp(line, command->name, length) && (!line[length] || line[length] <= ' ');
        }
        ck_assert_msg(used, "%s", command->name);
    }
}
END_TEST

START_TEST(help_explains_every_command)
{
    Trial trial;
    trial_start(&trial);
    for (int i = 0; command_at(i); i++) {
        char line[64];
        snprintf(line, sizeof line, "help %s", command_at(i)->name);
        trial_do(&trial, line);
    }
    trial_do(&trial, "help\nh\nhelp notation\nhelp activations\nhelp losses\nhelp optimizers\n"
                     "help weights\napropos chain");
    trial_fails(&trial, "help xyzzy", 6, "xyzzy");
    trial_fails(&trial, "apropos xyzzy", 9, "xyzzy");
    trial_free(&trial);
}
END_TEST

static void check_found(const char *word, const char *name)
{
    Error err = {0};
    const Command *command = command_find(word, 1, &err);
    ck_assert_msg(command && !strcmp(command->name, name), "%s: %s", word, err.message);
}

static void check_not_found(const char *word, const char *part)
{
    Error err = {0};
    ck_assert_msg(!command_find(word, 3, &err), "%s", word);
    ck_assert_msg(strstr(err.message, part), "%s: %s", word, err.message);
    ck_assert_int_eq(err.column, 3);
    ck_assert(!command_find(word, 3, NULL));
}

START_TEST(names_may_be_short)
{
    for (int i = 0; command_at(i); i++) {
        check_found(command_at(i)->name, command_at(i)->name);
        if (command_at(i)->short_name) check_found(command_at(i)->short_name, command_at(i)->name);
    }
    check_found("ini", "init");
    check_found("grad", "grad");
    check_found("gr", "grad");
    check_found("s", "step");
}
END_TEST

START_TEST(what_is_no_command_is_named_with_the_nearest)
{
    check_not_found("in", "init, ");
    check_not_found("in", "input");
    check_not_found("in", "info");
    check_not_found("forwrad", "`forward`");
    check_not_found("xyzzy", "`help`");
    check_not_found("Init", "`init`");
}
END_TEST

START_TEST(commands_say_what_must_come_first)
{
    Trial trial;
    trial_start(&trial);
    for (int i = 0; command_at(i); i++) {
        const Command *command = command_at(i);
        if (!(command->flags & (NEEDS_NET | NEEDS_ROW))) continue;
        char line[64];
        bool bare = !*command->usage || command->usage[0] == '[';
        snprintf(line, sizeof line, "%s%s", command->name, bare ? "" : " x");
        ck_assert_int_eq(trial_run(&trial, line), OUTCOME_FAILED);
        if (bare) ck_assert_msg(strstr(trial.message, "`init 2-2-1`"), "%s", trial.message);
    }
    trial_do(&trial, "init 2-2-1");
    trial_fails(&trial, "forward", 1, "`input 80 8 -> 3`");
    trial_free(&trial);
}
END_TEST

UNIT("commands", names_are_unique, every_row_describes_itself, no_topic_hides_a_command,
     every_usage_compiles_and_its_kinds_exist, every_example_runs, every_example_uses_its_command,
     help_explains_every_command, names_may_be_short, what_is_no_command_is_named_with_the_nearest,
     commands_say_what_must_come_first)
