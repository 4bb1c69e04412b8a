/* backprop: a debugger for backpropagation. */

#include "shell/console.h"
#include "shell/input.h"
#include "shell/options.h"
#include "shell/shell.h"
#include "shell/terminal.h"
#include "shell/verify.h"

static int print_help(Console *console)
{
    Text text = {0};
    options_help(&text);
    console_print(console, text_string(&text));
    text_release(&text);
    return STATUS_OK;
}

static int print_version(Console *console)
{
    Text text = {0};
    text_print(&text, "backprop %s (%s)\n", VERSION, input_name());
    console_print(console, text_string(&text));
    text_release(&text);
    return STATUS_OK;
}

static int run(const Options *options, Console *console, const char *program)
{
    Shell *shell = shell_new(options, console, program);
    int status = shell_run(shell);
    shell_free(shell);
    return status;
}

static int start(const Options *options, Console *console, const char *program)
{
    if (options->help) return print_help(console);
    if (options->version) return print_version(console);
    if (options->check) return verify(options, console, program);
    return run(options, console, program);
}

int main(int argc, char **argv)
{
    (void)argc;
    Options options;
    Error err;
    terminal_secure_streams();
    Console *console = console_new();
    int status = STATUS_USAGE;
    if (options_read(&options, argv, &err))
        status = start(&options, console, argv[0]);
    else
        console_complain(console, "%s (try backprop --help)", err.message);
    options_release(&options);
    console_free(console);
    return status;
}
