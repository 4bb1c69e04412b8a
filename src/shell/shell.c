#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "command/interpreter.h"
#include "shell/classroom.h"
#include "shell/interrupt.h"
#include "shell/places.h"
#include "shell/repl.h"
#include "shell/shell.h"
#include "shell/station.h"

struct Shell {
    const Options *options;
    Console *console;
    const char *program; /* as it was called */
    char *own_lessons, *shipped_lessons;
    Seat seat;
    Classroom classroom;
    Station station;
    bool interactive; /* there will be a prompt */
    bool quit;        /* a command asked to leave */
    int status;
    long commands; /* lines of -e run so far */
};

Shell *shell_new(const Options *options, Console *console, const char *program)
{
    Shell *shell = memory_new(sizeof *shell);
    shell->options = options;
    shell->console = console;
    shell->program = program;
    bool typing = isatty(STDIN_FILENO) && !options->task_count && !options->batch;
    shell->interactive = options->interactive || typing;
    shell->own_lessons = place_own_lessons();
    shell->shipped_lessons = place_shipped_lessons(program);
    LessonFolders lessons = {shell->own_lessons, shell->shipped_lessons};
    shell->seat = seat_new(options);
    classroom_init(&shell->classroom, options, console, &shell->seat, &lessons);
    station_open(&shell->station, options, console,
                 (SessionOptions){.lessons = lessons, .teacher = &shell->classroom.teacher});
    return shell;
}

void shell_free(Shell *shell)
{
    station_close(&shell->station);
    classroom_release(&shell->classroom);
    seat_release(&shell->seat);
    free(shell->own_lessons);
    free(shell->shipped_lessons);
    free(shell);
}

/* Exit statuses are ordered: the graver one stays. */
static void raise_status(Shell *shell, int status)
{
    if (status > shell->status) shell->status = status;
}

/* Takes note of OUTCOME; whether to go on after it. */
static bool goes_on(Shell *shell, Outcome outcome, bool keep_going)
{
    if (shell->station.relay.failed || outcome == OUTCOME_FAILED)
        raise_status(shell, STATUS_FAILED);
    if (outcome == OUTCOME_QUIT) shell->quit = true;
    if (outcome == OUTCOME_INTERRUPTED || *interrupt_flag()) {
        raise_status(shell, STATUS_INTERRUPTED);
        return false;
    }
    return outcome == OUTCOME_OK || (outcome == OUTCOME_FAILED && keep_going);
}

static int open_file(const char *file)
{
    struct stat status;
    int descriptor = strcmp(file, "-") != 0 ? open(file, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (descriptor < 0 || fstat(descriptor, &status) < 0 || !S_ISDIR(status.st_mode))
        return descriptor;
    close(descriptor);
    errno = EISDIR;
    return -1;
}

static bool refuse_file(Shell *shell, const char *file, const char *reason, bool keep_going)
{
    console_complain(shell->console, "cannot read %s: %s", file, reason);
    raise_status(shell, STATUS_USAGE);
    return keep_going;
}

/* Whoever leaves a lesson leaves what would come after it. */
static bool play_lesson(Shell *shell, const char *file, bool keep_going)
{
    static const int statuses[] = {
        [PLAY_FAILED] = STATUS_FAILED, [PLAY_INTERRUPTED] = STATUS_INTERRUPTED};
    const Options *options = shell->options;
    const char *program = shell->interactive ? NULL : shell->program; /* or a prompt follows */
    PlayEnd end;
    Error err;
    const LessonRequest request = {.name = file, .from = options->from, .delay = options->delay};
    if (!classroom_play(&shell->classroom, &request, program, &end, &err)) {
        console_complain(shell->console, "%s", err.message);
        raise_status(shell, STATUS_USAGE);
        return keep_going;
    }
    raise_status(shell, end < PLAY_FAILED ? STATUS_OK : statuses[end]);
    return end == PLAY_FINISHED || (end == PLAY_FAILED && keep_going);
}

static bool run_file(Shell *shell, const char *file, bool keep_going)
{
    if (options_is_lesson(file)) return play_lesson(shell, file, keep_going);
    int descriptor = open_file(file);
    if (descriptor < 0) return refuse_file(shell, file, strerror(errno), keep_going);
    Outcome outcome = session_source(shell->station.session, descriptor, file, keep_going);
    if (descriptor != STDIN_FILENO) close(descriptor);
    return goes_on(shell, outcome, keep_going);
}

/* COMMAND may hold several lines. */
static bool run_command(Shell *shell, const char *command, bool keep_going)
{
    bool going = true;
    for (const char *line = command; going && line;) {
        const char *newline = strchr(line, '\n');
        size_t length = newline ? (size_t)(newline - line) : strlen(line);
        session_set_place(shell->station.session, "-e", ++shell->commands);
        going = goes_on(shell, session_execute(shell->station.session, line, length), keep_going);
        line = newline ? newline + 1 : NULL;
    }
    return going;
}

static bool run_tasks(Shell *shell)
{
    bool keep_going = shell->options->keep_going, going = true;
    for (size_t i = 0; going && i < shell->options->task_count; i++) {
        const Task *task = &shell->options->tasks[i];
        going = (task->kind == TASK_FILE ? run_file : run_command)(shell, task->text, keep_going);
    }
    return going;
}

/* A mistake in the start-up file is no reason to be left without a prompt. */
static bool run_start_file(Shell *shell)
{
    bool keep_going = shell->options->keep_going || shell->interactive, going = true;
    char *file = shell->options->no_init ? NULL : place_start_file();
    if (file && access(file, F_OK) == 0) going = run_file(shell, file, keep_going);
    free(file);
    return going;
}

static void prompt(Shell *shell)
{
    Station *station = &shell->station;
    console_flush(shell->console);
    if (!shell->options->task_count)
        fputs("backprop " VERSION
              ": a debugger for backpropagation. `help` explains, `quit` leaves.\n",
              shell->seat.prompts);
    repl_run(station->session, &station->relay, seat_input(&shell->seat, station->session, true));
    shell->status = STATUS_OK;
}

int shell_run(Shell *shell)
{
    interrupt_install(shell->interactive);
    bool going = run_start_file(shell) && run_tasks(shell);
    if (shell->interactive && !shell->quit)
        prompt(shell);
    else if (going && !shell->options->task_count)
        run_file(shell, "-", shell->options->keep_going);
    return shell->status;
}
