#include "shell/input.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "shell/completion.h"
#include "shell/gnu_readline.h"
#include "shell/history.h"
#include "shell/interrupt.h"

struct Input {
    char *history; /* file, or NULL */
    char *line;    /* the one that was edited; NULL at the end */
    bool done;     /* it is finished */
    bool keep;     /* lines are remembered */
    char *pasted;  /* the lines that came with it, or NULL */
    char *rest;    /* of these, what is yet to be handed out, or NULL */
};

/* Readline calls back without a context. */
static Input *reading;

const char *input_name(void)
{
    static char name[32];
    snprintf(name, sizeof name, "readline %s", rl_library_version);
    return name;
}

static void take_line(char *line)
{
    rl_callback_handler_remove();
    free(reading->line);
    reading->line = line;
    reading->done = true;
}

/* The Enter key. A paste of several lines is in the buffer as one: the first is accepted, the
   others wait for their turn. */
static int accept_line(int count, int key)
{
    char *newline = strchr(rl_line_buffer, '\n');
    if (newline) {
        free(reading->pasted);
        reading->rest = reading->pasted = memory_copy(newline + 1);
        rl_delete_text((int)(newline - rl_line_buffer), rl_end);
        rl_point = rl_end;
        rl_redisplay();
    }
    return rl_newline(count, key);
}

/* Readline ends the line of a Ctrl-D itself only where it had switched bracketed paste on. */
static void leave_terminal(void)
{
    rl_eof_found = 0;
    rl_deprep_terminal();
}

/* A paste is read in a loop that a signal does not end, even if the end of the paste never
   comes. */
static int abandon_paste(void)
{
    return *interrupt_flag() ? rl_abort(1, 0) : 0;
}

static void bind_enter(Keymap keymap)
{
    rl_bind_key_in_map('\r', accept_line, keymap);
    rl_bind_key_in_map('\n', accept_line, keymap);
}

Input *input_open(FILE *prompts, const char *history)
{
    reading = memory_new(sizeof *reading);
    rl_readline_name = "backprop";
    rl_instream = stdin;
    rl_outstream = prompts;
    rl_persistent_signal_handlers = 1;
    rl_signal_event_hook = abandon_paste;
    rl_deprep_term_function = leave_terminal;
    rl_initialize();
    bind_enter(emacs_standard_keymap);
    bind_enter(vi_insertion_keymap);
    bind_enter(vi_movement_keymap);
    stifle_history(HISTORY_LIMIT);
    if (history) {
        reading->history = memory_copy(history);
        history_load(history, add_history);
    }
    return reading;
}

void input_serve(Input *input, Session *session, bool keep)
{
    input->keep = keep;
    completion_install(session);
}

void input_close(Input *input)
{
    rl_clear_history();
    free(input->history);
    free(input->line);
    free(input->pasted);
    free(input);
    reading = NULL;
}

static bool is_blank(const char *line)
{
    return !line[strspn(line, " \t")];
}

static void remember(const Input *input, const char *line)
{
    const HIST_ENTRY *last = history_get(history_base + history_length - 1);
    if (!input->keep || is_blank(line) || (last && !strcmp(last->line, line))) return;
    add_history(line);
    if (input->history) history_append(input->history, line);
}

/* Lets the user edit a line. Readline's handlers leave the terminal as it was before a signal
   takes its course, and come back after it. */
static InputStatus edit(Input *input, const char *prompt)
{
    input->done = false;
    rl_reset_screen_size();
    interrupt_continued();
    rl_callback_handler_install(prompt, take_line);
    while (!input->done && !*interrupt_flag()) {
        if (interrupt_wait(STDIN_FILENO, rl_pending_signal))
            rl_callback_read_char();
        else
            rl_check_signals();
        /* the shell has written to the screen meanwhile */
        if (!input->done && interrupt_continued()) rl_forced_update_display();
    }
    if (!input->done) {
        rl_callback_handler_remove();
        return INPUT_INTERRUPTED;
    }
    if (input->line) return INPUT_LINE;
    fputs("\n", rl_outstream);
    fflush(rl_outstream);
    return INPUT_END;
}

/* The next line of a paste that is not blank, shown as if it had been typed; or NULL. */
static const char *take_pasted(Input *input, const char *prompt)
{
    char *line = strsep(&input->rest, "\n");
    while (line && is_blank(line)) line = strsep(&input->rest, "\n");
    if (!line) return NULL;
    fprintf(rl_outstream, "%s%s\n", prompt, line);
    fflush(rl_outstream);
    return line;
}

InputStatus input_read(Input *input, const char *prompt, const char **line, size_t *length,
                       Error *err)
{
    (void)err;
    if (*interrupt_flag()) input->rest = NULL;
    interrupt_clear();
    *line = take_pasted(input, prompt);
    if (!*line) {
        InputStatus status = edit(input, prompt);
        if (status != INPUT_LINE) return status;
        *line = input->line;
    }
    *length = strlen(*line);
    remember(input, *line);
    return INPUT_LINE;
}
