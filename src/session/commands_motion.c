/* Where the training loop stands: where. */
#include "session/command.h"
#include "session/emit.h"
#include "session/position.h"

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
    position_emit(session);
    emit_progress(session);
    return true;
}

static const Command commands[] = {
    {"where", "bt", "", NEEDS_ROW, "say where the loop stands: epoch, row, phase, what comes next",
     "`set prompt position` keeps it in sight.", "where", run_where},
};

const Topic motion_topic = {"the step debugger", commands, sizeof commands / sizeof commands[0]};
