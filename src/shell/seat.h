/* The seat at the terminal: whoever types there has one Input, whichever session it is for. */
#ifndef SHELL_SEAT_H
#define SHELL_SEAT_H

#include "shell/input.h"
#include "shell/options.h"

typedef struct Seat {
    FILE *prompts;
    bool taken;   /* somebody sits there and looks at what is printed */
    Input *input; /* opened when first needed */
} Seat;

Seat seat_new(const Options *options);
void seat_release(Seat *seat);

/* The Input, from now on for SESSION; KEEP: the lines go into the history. */
Input *seat_input(Seat *seat, Session *session, bool keep);

#endif
