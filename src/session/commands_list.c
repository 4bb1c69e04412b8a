/* The training loop as a program to read: list. */
#include "session/command.h"
#include "session/listing.h"

static bool run_list(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    listing_emit(session);
    return true;
}

static const Command commands[] = {
    {"list", NULL, "", 0, "show the training loop, with an arrow at the line that comes next",
     "The lines follow the settings: one row at a time or batches, the loss, the optimizer and "
     "what else changes the gradients. A line keeps its number whatever is set.",
     "list\nset optimizer momentum\nlist", run_list},
};

const Topic list_topic = {"the step debugger", commands, sizeof commands / sizeof commands[0]};
