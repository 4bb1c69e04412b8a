/* Prints the manual page and the completion files, all from the rows of options and commands:
   manual backprop.1 | backprop.bash | _backprop, for `make install`, and README's command list,
   for scripts/readme. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "shell/options.h"

/* TEXT as roff reads it: no control lines, no escapes, minus signs that can be copied. */
static void roff(const char *text)
{
    bool line_start = true;
    for (const char *c = text; *c; c++) {
        if (line_start && (*c == '.' || *c == '\'')) fputs("\\&", stdout);
        if (*c == '\\')
            fputs("\\e", stdout);
        else if (*c == '-')
            fputs("\\-", stdout);
        else
            putchar(*c);
        line_start = *c == '\n';
    }
}

static void roff_option(const OptionRow *row)
{
    fputs(".TP\n\\fB", stdout);
    if (row->letter) printf("\\-%c\\fR, \\fB", row->letter);
    fputs("\\-\\-", stdout);
    roff(row->name);
    fputs("\\fR", stdout);
    if (row->argument) {
        fputs("=\\fI", stdout);
        roff(row->argument);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    roff(row->help);
    putchar('\n');
}

static void roff_command(const Command *command)
{
    fputs(".TP\n\\fB", stdout);
    roff(command->name);
    fputs("\\fR ", stdout);
    roff(command->usage);
    if (command->short_name) {
        fputs(" \\(em or \\fB", stdout);
        roff(command->short_name);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    roff(command->summary);
    if (*command->details) fputs("\n.br\n", stdout), roff(command->details);
    putchar('\n');
}

static const char head[] =
    ".SH NAME\n"
    "backprop \\- a debugger for backpropagation\n"
    ".SH SYNOPSIS\n"
    ".B backprop\n"
    "[\\fIoptions\\fR] [\\fIFILE\\fR...]\n"
    ".SH DESCRIPTION\n"
    "Follows one row of data through a small multi-layer perceptron: every forward formula, every\n"
    "factor of the chain rule and every update, with its numbers. \\fIFILE\\fR is a script of\n"
    "commands, or \\- for standard input; without one, commands are typed at a prompt.\n"
    ".SH OPTIONS\n";

static const char tail[] =
    ".SH EXIT STATUS\n"
    "0 all well; 1 a command or a check failed; 2 bad usage or an unreadable file;\n"
    "130 interrupted.\n"
    ".SH ENVIRONMENT\n"
    "\\fBNO_COLOR\\fR (set and not empty) and \\fBTERM=dumb\\fR turn colours off;\n"
    "\\fBLC_ALL=C\\fR asks for ASCII; \\fBBACKPROP_LESSONS\\fR names a folder of your own\n"
    "lessons.\n"
    ".SH FILES\n"
    ".TP\n\\fI${XDG_CONFIG_HOME:\\-~/.config}/backprop/init.bp\\fR\ncommands run at the start\n"
    ".TP\n\\fI${XDG_STATE_HOME:\\-~/.local/state}/backprop/history\\fR\nlines typed before\n";

static void print_page(void)
{
    printf(".TH BACKPROP 1 \"\" \"backprop %s\" \"User Commands\"\n.ad l\n.nh\n%s", VERSION, head);
    for (size_t i = 0; i < option_count; i++) roff_option(&option_rows[i]);
    puts(".SH COMMANDS\nAny unambiguous prefix of a name works; \\fBhelp\\fR \\fICOMMAND\\fR tells "
         "more.");
    for (int t = 0; command_groups[t]; t++) {
        if (group_begins(&command_groups[t])) printf(".SS %s\n", command_groups[t]->name);
        for (int i = 0; i < command_groups[t]->count; i++)
            roff_command(&command_groups[t]->commands[i]);
    }
    fputs(tail, stdout);
}

static void print_commands(void)
{
    const Command *command;
    for (int i = 0; (command = command_at(i)); i++) printf("%s%s", i ? " " : "", command->name);
}

/* The words that may stand for ARGUMENT: any command for CMD, or its choices a|b|c. */
static void print_words(const char *argument)
{
    if (strcmp(argument, "CMD") == 0) {
        print_commands();
        return;
    }
    for (const char *c = argument; *c; c++) putchar(*c == '|' ? ' ' : *c);
}

static bool takes_words(const OptionRow *row)
{
    return row->argument && strcmp(row->argument, "FILE") != 0;
}

static void bash_option(const OptionRow *row)
{
    fputs("    ", stdout);
    if (row->letter) printf("-%c|", row->letter);
    printf("--%s) COMPREPLY=($(compgen -W '", row->name);
    print_words(row->argument);
    puts("' -- \"$word\")); return ;;");
}

static void print_bash(void)
{
    puts("_backprop()\n"
         "{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]}\n"
         "    case ${COMP_WORDS[COMP_CWORD-1]} in");
    for (size_t i = 0; i < option_count; i++)
        if (takes_words(&option_rows[i])) bash_option(&option_rows[i]);
    fputs("    esac\n"
          "    case $word in\n"
          "    -*) COMPREPLY=($(compgen -W '",
          stdout);
    for (size_t i = 0; i < option_count; i++) printf("--%s ", option_rows[i].name);
    puts("' -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "    esac\n"
         "}\n"
         "complete -o filenames -F _backprop backprop");
}

/* A command's usage, with its bars kept out of the table's. */
static void print_usage(const Command *command)
{
    printf("`%s%s", command->name, *command->usage ? " " : "");
    for (const char *c = command->usage; *c; c++)
        fputs(*c == '|' ? "\\|" : (char[]){*c, 0}, stdout);
    putchar('`');
}

static void print_readme(void)
{
    puts("| command | short | does |\n|---|---|---|");
    for (int i = 0; command_at(i); i++) {
        const Command *command = command_at(i);
        fputs("| ", stdout);
        print_usage(command);
        printf(" | %s | %s |\n", command->short_name ? command->short_name : "", command->summary);
    }
}

/* HELP inside '...[ ]...'. */
static void zsh_help(const char *help)
{
    for (const char *c = help; *c; c++) {
        if (*c == '\'')
            fputs("'\\''", stdout);
        else if (*c == ']')
            fputs("\\]", stdout);
        else
            putchar(*c);
    }
}

static void zsh_option(const OptionRow *row)
{
    const char *equals = row->argument ? "=" : "";
    if (row->letter)
        printf("  \\*{-%c,--%s%s}'[", row->letter, row->name, equals);
    else
        printf("  '--%s%s[", row->name, equals);
    zsh_help(row->help);
    putchar(']');
    if (takes_words(row)) {
        fputs(": :(", stdout);
        print_words(row->argument);
        putchar(')');
    } else if (row->argument) {
        fputs(":file:_files", stdout);
    }
    puts("' \\");
}

static void print_zsh(void)
{
    puts("#compdef backprop\n_arguments -s \\");
    for (size_t i = 0; i < option_count; i++) zsh_option(&option_rows[i]);
    puts("  '*:file:_files'");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } files[] = {{"backprop.1", print_page},
                 {"backprop.bash", print_bash},
                 {"_backprop", print_zsh},
                 {"README", print_readme}};
    for (size_t i = 0; argc == 2 && i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(argv[1], files[i].name) != 0) continue;
        files[i].print();
        return ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
    }
    fputs("usage: manual backprop.1|backprop.bash|_backprop|README\n", stderr);
    return EXIT_FAILURE;
}
