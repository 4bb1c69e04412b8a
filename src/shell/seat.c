#include "shell/seat.h"

#include <stdlib.h>
#include <unistd.h>

#include "shell/places.h"

/* The prompt keeps out of output that is for programs or goes where nobody sees it. */
Seat seat_new(const Options *options)
{
    bool elsewhere = !isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
    bool alone = options->batch || options->json;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return (Seat){.prompts = options->json || elsewhere ? stderr : stdout,
                  .taken = !alone && (terminal || options->interactive)};
}

void seat_release(Seat *seat)
{
    if (seat->input) input_close(seat->input);
}

Input *seat_input(Seat *seat, Session *session, bool keep)
{
    if (!seat->input) {
        char *history = place_history();
        seat->input = input_open(seat->prompts, history);
        free(history);
    }
    input_serve(seat->input, session, keep);
    return seat->input;
}
