#include "shell/input.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/memory.h"
#include "shell/interrupt.h"

struct Input {
    FILE *prompts;
    Lines *lines;
};

const char *input_name(void)
{
    return "plain input";
}

Input *input_open(FILE *prompts, const char *history)
{
    (void)history;
    Input *input = memory_new(sizeof *input);
    input->prompts = prompts;
    input->lines = lines_new(STDIN_FILENO);
    return input;
}

void input_close(Input *input)
{
    lines_free(input->lines);
    free(input);
}

void input_serve(Input *input, Session *session, bool keep)
{
    (void)input, (void)session, (void)keep;
}

static void begin_anew(Input *input)
{
    lines_free(input->lines);
    input->lines = lines_new(STDIN_FILENO);
}

/* What was typed ahead of a Ctrl-C goes the way of the line that it cleared. */
static void forget_typed(Input *input)
{
    begin_anew(input);
    interrupt_clear();
}

static void put(Input *input, const char *text)
{
    fputs(text, input->prompts);
    fflush(input->prompts);
}

static int is_interrupted(void)
{
    return *interrupt_flag();
}

/* Whether there is something to read before a Ctrl-C comes. Whoever stopped the program and
   took it up again is shown the prompt anew. */
static bool wait_for_line(Input *input, const char *prompt)
{
    put(input, prompt);
    while (!lines_ready(input->lines) && !interrupt_wait(STDIN_FILENO, is_interrupted)) {
        if (is_interrupted()) return false;
        put(input, prompt);
    }
    return true;
}

InputStatus input_read(Input *input, const char *prompt, const char **line, size_t *length,
                       Error *err)
{
    if (is_interrupted()) forget_typed(input);
    if (!wait_for_line(input, prompt)) return INPUT_INTERRUPTED;
    LineStatus status = lines_next(input->lines, line, length, err);
    if (status == LINE_READ) return INPUT_LINE;
    if (status == LINE_REFUSED) return INPUT_REFUSED;
    if (status == LINE_FAILED && is_interrupted()) return INPUT_INTERRUPTED;
    put(input, "\n");
    begin_anew(input); /* a terminal goes on after a Ctrl-D */
    return INPUT_END;
}
