#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/interpreter.h"
#include "shell/repl.h"
#include "shell/terminal.h"

/* A terminal that changes its width takes the session along; between changes the width is
   the user's to set. */
static void follow_width(Session *session, int *columns)
{
    int now = terminal_columns();
    if (now != *columns) session_style(session)->width = now;
    *columns = now;
}

/* A blank line stands for the last command, if that is one to repeat. */
static Outcome execute(Session *session, const char *line, size_t length)
{
    const char *last = line[strspn(line, " \t")] ? NULL : session_repeat(session);
    if (!last) return session_execute(session, line, length);
    char *again = memory_copy(last);
    Outcome outcome = session_execute(session, again, strlen(again));
    free(again);
    return outcome;
}

static InputStatus read_line(Session *session, Input *input, const char **line, size_t *length,
                             Error *err)
{
    Text prompt = {0};
    session_prompt(session, &prompt);
    InputStatus status = input_read(input, text_string(&prompt), line, length, err);
    text_release(&prompt);
    return status;
}

static bool read_and_execute(Session *session, Relay *relay, Input *input, int *columns)
{
    const char *line;
    size_t length;
    Error err;
    switch (read_line(session, input, &line, &length, &err)) {
    case INPUT_LINE:
        follow_width(session, columns);
        return execute(session, line, length) != OUTCOME_QUIT;
    case INPUT_REFUSED: relay_refuse(relay, &err); return true;
    case INPUT_INTERRUPTED: return true;
    case INPUT_END: break;
    }
    return false;
}

void repl_run(Session *session, Relay *relay, Input *input)
{
    int columns = terminal_columns();
    session_set_place(session, NULL, 0);
    do console_flush(relay->console);
    while (read_and_execute(session, relay, input, &columns));
}
