/* The training loop as a program to read, and where it stands: list, where. */
#include "command/command.h"
#include "session/emit.h"
#include "show/listing.h"
#include "show/stop_report.h"

static bool run_list(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    listing_emit(session);
    return true;
}

static void emit_progress(Session *session)
{
    const Setup *setup = &session->setup;
    long updates = setup->descent.updates, epochs = setup->course.epoch;
    if (epochs)
        emit_note(session, "%d update%s made; the average loss of epoch %d was %n", updates,
                  plural(updates), epochs, setup->course.average);
    else
        emit_note(session, "%d update%s made", updates, plural(updates));
    emit_integer(session, "updates", updates);
    if (epochs) emit_number(session, "average_loss", setup->course.average);
}

static bool run_where(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    stop_show_place(session);
    emit_progress(session);
    return true;
}

static const Command commands[] = {
    {"list", NULL, "", 0, "show the training loop, with an arrow at the line that comes next",
     "The lines follow the settings: one row at a time or batches, the loss, the optimizer and "
     "what else changes the gradients. A line keeps its number whatever is set.",
     "list\nset optimizer momentum\nlist", run_list},
    {"where", "bt", "", NEEDS_ROW, "say where the loop stands: epoch, row, phase, what comes next",
     "`set prompt position` keeps it in sight.", "where", run_where},
};

const CommandGroup list_commands = {"the step debugger", commands,
                                    sizeof commands / sizeof commands[0]};
