#include <stdio.h>
#include <string.h>

#include "shell/options.h"
#include "unit.h"

/* Reads the words of LINE, which are divided by single blanks. */
static bool read_words(Options *options, const char *line, Error *err)
{
    static char words[256];
    static char *argv[32];
    strcpy(words, line);
    size_t count = 0;
    argv[count++] = (char[]){"backprop"};
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) argv[count++] = word;
    argv[count] = NULL;
    return options_read(options, argv, err);
}

static void expect_tasks(const char *line, const char *expected)
{
    Options options;
    Text seen = {0};
    ck_assert(read_words(&options, line, NULL));
    for (size_t i = 0; i < options.task_count; i++)
        text_print(&seen, "%c:%s ", options.tasks[i].kind == TASK_FILE ? 'f' : 'e',
                   options.tasks[i].text);
    ck_assert_str_eq(text_string(&seen), expected);
    text_release(&seen);
    options_release(&options);
}

START_TEST(test_tasks_keep_their_order)
{
    expect_tasks("", "");
    expect_tasks("a -e b -f c --eval=d --file e - --eval f", "f:a e:b f:c e:d f:e f:- e:f ");
    expect_tasks("-ea -fb -bea --ev x", "e:a f:b e:a e:x ");
    expect_tasks("-e --json -f -b", "e:--json f:-b ");
    expect_tasks("a -- -e --json -- -", "f:a f:-e f:--json f:-- f:- ");
}
END_TEST

START_TEST(test_every_flag_sets_its_own_member)
{
    for (size_t i = 0; i < option_count; i++) {
        const OptionRow *row = &option_rows[i];
        ck_assert((row->argument != NULL) == (row->take != NULL));
        if (row->argument) continue;
        char line[64];
        snprintf(line, sizeof line, "--%s%s x.md", row->name,
                 strcmp(row->name, "update") && strcmp(row->name, "tap") ? "" : " --check");
        Options options;
        ck_assert(read_words(&options, line, NULL));
        const bool *flag = (const bool *)((const char *)&options + row->flag);
        ck_assert_msg(*flag, "%s", row->name);
        options_release(&options);
    }
}
END_TEST

START_TEST(test_flags)
{
    Options options;
    ck_assert(read_words(
        &options, "-i --json --ascii --no-init --keep-going --allow-files --color never", NULL));
    ck_assert(options.interactive && options.json && options.ascii && options.no_init &&
              options.keep_going && options.allow_files);
    ck_assert(!options.batch && !options.check && !options.help && !options.version);
    ck_assert_int_eq(options.color, COLOR_NEVER);
    ck_assert_uint_eq(options.task_count, 0);
    options_release(&options);
    ck_assert(read_words(&options, "-bh --color=always", NULL));
    ck_assert(options.batch && options.help);
    ck_assert_int_eq(options.color, COLOR_ALWAYS);
    ck_assert(options.from == 0 && options.delay < 0);
    options_release(&options);
    ck_assert(read_words(&options, "--from 7 --delay=0.5 a.md", NULL));
    ck_assert(options.from == 7 && options.delay == 0.5);
    options_release(&options);
}
END_TEST

START_TEST(test_bad_usage)
{
    static const struct {
        const char *line, *message;
    } rows[] = {
        {"--jsno", "unknown option --jsno, did you mean --json?"},
        {"--interactiv3=x", "unknown option --interactiv3, did you mean --interactive?"},
        {"--zzzzzz", "unknown option --zzzzzz"},
        {"-bx", "unknown option -x"},
        {"-json", "unknown option -json, did you mean --json?"},
        {"--e", NULL}, /* short for --eval, which needs its command */
        {"--eval", "--eval needs CMD"},
        {"-e", "--eval needs CMD"},
        {"--color", "--color needs auto|always|never"},
        {"--color=red", "--color is auto, always or never, not \"red\""},
        {"--json=yes", "--json takes no value"},
        {"--ver=1", "--version takes no value"},
        {"--c", "--c could be --check or --color"},
        {"-b -i", "--batch and --interactive exclude each other"},
        {"--tap", "--tap goes with --check"},
        {"--update x", "--update goes with --check"},
        {"--from=0 x.md", "--from is a step of the lesson, a whole number from 1, not \"0\""},
        {"--from 1.5 x.md", "--from is a step of the lesson, a whole number from 1, not \"1.5\""},
        {"--delay -1 x.md", "--delay is seconds from 0 to 3600, not \"-1\""},
        {"--delay nan x.md", "--delay is seconds from 0 to 3600, not \"nan\""},
        {"--from 3 x.bp", "--from and --delay are for a lesson that is played: FILE.md"},
        {"--delay 3", "--from and --delay are for a lesson that is played: FILE.md"},
        {"--check --from 3 x.md", "--from and --delay are for a lesson that is played: FILE.md"},
        {"--check", "--check needs FILE..."},
        {"--check x.md -e loss", "--check verifies files: --eval does not go with it"},
        {"--check --tap --json x.md", "--tap and --json exclude each other"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Options options;
        Error err;
        ck_assert_msg(!read_words(&options, rows[i].line, &err), "%s", rows[i].line);
        if (rows[i].message) ck_assert_str_eq(err.message, rows[i].message);
        options_release(&options);
    }
}
END_TEST

START_TEST(test_help_names_every_option_in_its_lines)
{
    Text help = {0};
    options_help(&help);
    for (size_t i = 0; i < option_count; i++) {
        ck_assert_ptr_nonnull(strstr(help.bytes, option_rows[i].name));
        ck_assert_ptr_nonnull(strstr(help.bytes, option_rows[i].help));
    }
    for (char *line = strtok(help.bytes, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_msg(strlen(line) <= 80, "%s", line);
    text_release(&help);
}
END_TEST

UNIT("options", test_tasks_keep_their_order, test_every_flag_sets_its_own_member, test_flags,
     test_bad_usage, test_help_names_every_option_in_its_lines)
