#include "session/perceptron.h"
#include "session/training.h"

bool training_ready(Session *session, Error *err)
{
    const Trainer *trainer = &session->trainer;
    const Rows *rows = &trainer->rows;
    size_t width = (size_t)(rows->inputs + rows->targets);
    if (!perceptron_suits(session, err) || !trainer_ready(trainer, err)) return false;
    for (size_t row = 0; row < rows->count; row++) {
        const double *targets = rows->values + row * width + rows->inputs;
        Error why;
        if (loss_accepts(session->setup.loss, targets, rows->targets, &why)) continue;
        if (rows->count == 1) return fail(err, 0, "%s", why.message);
        return fail(err, 0, "row %zu: %s", row + 1, why.message);
    }
    return true;
}

bool training_fail(const Session *session, UpdateResult result, Error *err)
{
    const Setup *setup = &session->setup;
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), session->trainer.update.broken));
    return fail(err, 0,
                "%s%s overflowed in epoch %ld, row %zu (update %ld): the training explodes, and "
                "this update is not made; go back with `undo` or begin anew with `init`, and then "
                "scale the columns (`data scale standard`), lower `lr`, or `set clip norm=1`",
                result == UPDATE_GRADIENT_BROKE ? "dL/d" : "", name, setup->course.epoch + 1,
                session_row(session) + 1, setup->descent.updates + 1);
}

Patient training_patient(const Session *session)
{
    const Setup *setup = &session->setup;
    return (Patient){.pass = session->pass,
                     .descent = &setup->descent,
                     .slots = session->slots,
                     .rows = setup->typed ? session->typed : session->data->values,
                     .row_count = setup->typed ? 1 : session->data->rows,
                     .losses = session->record ? session->record->losses : NULL,
                     .loss_count = session->record ? session->record->count : 0,
                     .interrupted = session->options.interrupted};
}
