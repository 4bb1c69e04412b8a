#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/by_hand.h"
#include "session/perceptron.h"
#include "session/state.h"

void session_keep(Session *session)
{
    if (session->before) return;
    session->before = snapshot_take(session, session->line);
    trainer_rewind(&session->trainer);
}

void session_set_net(Session *session, Net *net)
{
    trainer_release(&session->trainer);
    by_hand_end(session);
    pass_free(session->pass);
    session->pass = pass_new(net, session->setup.loss);
    session->pass->memo.interrupted = session->options.interrupted;
    session->pass->memo.off = session->habits.memo_off;
    session->explainer.pass = session->pass;
    net_release(net);
    session_reset_slots(session);
}

void session_reset_slots(Session *session)
{
    int slots = optimizer_slots(session->setup.descent.optimizer);
    free(session->slots);
    session->slots = NULL;
    if (slots && session->pass)
        session->slots =
            memory_new((size_t)slots * session_net(session)->parameters * sizeof(double));
    if (session->page)
        page_reset_slots(session->page, (size_t)slots * session_net(session)->parameters);
    trainer_set_slots(&session->trainer, session->slots);
}

void session_record(Session *session, long epoch, double loss)
{
    session->record = session->record
                          ? record_own(session->record)
                          : record_new(session_net(session)->parameters, session->habits.memory / 8,
                                       &session->history.bytes);
    record_add(session->record, epoch, loss, session->pass->value);
}

/* The rows that the loop goes through; none: count 0. */
static Rows chosen_rows(const Session *session)
{
    const Setup *setup = &session->setup;
    const Dataset *data = session->data;
    if (setup->typed) return (Rows){session->typed, 1, setup->typed_inputs, setup->typed_targets};
    return data ? (Rows){data->values, data->rows, data->inputs, data->targets} : (Rows){0};
}

void session_place_row(Session *session)
{
    Setup *setup = &session->setup;
    trainer_release(&session->trainer);
    if (!session->pass) return;
    session_forget(session);
    perceptron_settle(session);
    pass_set_rows(session->pass, 1, 0, NULL);
    by_hand_settle(session);
    if (!session_row_ready(session, NULL)) return;
    trainer_begin(&session->trainer, session->pass, &setup->descent, session->slots, &setup->course,
                  setup->plan, chosen_rows(session), session->options.memory);
    session->trainer.follower = by_hand_follower(session);
}

size_t session_row(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    return trainer->rows.count ? trainer_present_row(trainer) : session->setup.course.next;
}

long session_row_number(const void *self, int row)
{
    const Session *session = self;
    size_t first;
    int count;
    trainer_batch(&session->trainer, &first, &count);
    return (long)trainer_row(&session->trainer, first + (size_t)row) + 1;
}

bool session_row_by_row(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    return trainer->plan.mode == MODE_STOCHASTIC || trainer->rows.count == 1;
}

void session_go_to_row(Session *session, size_t row)
{
    session_place_row(session); /* the data may be new */
    bool placed = session->trainer.rows.count;
    session->setup.course.next = placed ? trainer_place(&session->trainer, row) : row;
    session_place_row(session);
}

bool session_row_ready(const Session *session, Error *err)
{
    Rows rows = chosen_rows(session);
    if (!rows.count)
        return fail(err, 1, "there is no row to work on: `input 80 8 -> 3` or `data n0` gives one");
    const Net *net = session_net(session);
    int takes = net_inputs(net), gives = net->vectors[net->target].size;
    if (rows.inputs == takes && rows.targets == gives) return true;
    return fail(err, 1,
                "the row has %d input%s and %d target%s, but the network takes %d and gives %d",
                rows.inputs, plural(rows.inputs), rows.targets, plural(rows.targets), takes, gives);
}

static bool accepts_targets(const Pass *pass, Error *err)
{
    const Vector *target = &pass->net->vectors[pass->net->target];
    for (int row = 0; row < pass->rows; row++) {
        const double *y = pass->value + pass_place(pass, target->at, row);
        if (!loss_accepts(pass->loss, y, target->size, err)) return false;
    }
    return true;
}

bool session_forward(Session *session, Error *err)
{
    Pass *pass = session->pass;
    if (pass->forward_done) return true;
    if (!accepts_targets(pass, err)) return false;
    return pass_forward(pass) || session_stop(session, err);
}

void session_forget(Session *session)
{
    arena_release(&session->words);
    session->by = NULL;
    if (session->pass) pass_forget(session->pass);
}

const char *session_by(Session *session)
{
    if (!session->by)
        session->by = arena_copy(&session->words, session->name, strlen(session->name));
    return session->by;
}

bool session_interrupted(const Session *session)
{
    return session->options.interrupted && *session->options.interrupted;
}

bool session_stop(Session *session, Error *err)
{
    session->outcome = OUTCOME_INTERRUPTED;
    return fail(err, 0, "interrupted");
}

bool session_adjoint(Session *session, size_t element, double *value, Error *err)
{
    *value = memo_adjoint(session->pass, element, session_by(session));
    return !session->pass->memo.stopped || session_stop(session, err);
}
