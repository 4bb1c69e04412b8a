#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/history.h"
#include "session/state.h"

struct Snapshot {
    Snapshot *older;
    char *command;
    size_t bytes;
    Style style;
    bool width_set; /* by the command; else the width is the terminal's, not the user's */
    Setup setup;
    Net *net;
    Dataset *raw, *data;
    Record *record;
    double *numbers; /* what the network stores, the optimizer's slots, the typed row */
    Pin *pins;
    int pin_count;
};

typedef struct Counts {
    size_t stored, slots, typed;
} Counts;

static Counts count_numbers(const Session *session)
{
    const Setup *setup = &session->setup;
    Counts counts = {0};
    if (session->typed) counts.typed = (size_t)(setup->typed_inputs + setup->typed_targets);
    if (!session->pass) return counts;
    counts.stored = session_net(session)->stored;
    size_t slots = session->slots ? (size_t)optimizer_slots(setup->descent.optimizer) : 0;
    counts.slots = slots * session_net(session)->parameters;
    return counts;
}

Snapshot *snapshot_take(const Session *session, const char *command)
{
    Counts counts = count_numbers(session);
    size_t total = counts.stored + counts.slots + counts.typed;
    Snapshot *snapshot = memory_new(sizeof *snapshot);
    const Pass *pass = session->pass;
    snapshot->command = memory_copy(command);
    snapshot->bytes = sizeof *snapshot + total * sizeof(double) + strlen(command);
    snapshot->style = session->style;
    snapshot->setup = session->setup;
    snapshot->raw = dataset_retain(session->raw);
    snapshot->data = dataset_retain(session->data);
    snapshot->record = record_retain(session->record);
    snapshot->numbers = memory_new(total * sizeof(double));
    memory_copy_numbers(snapshot->numbers + counts.stored, session->slots, counts.slots);
    memory_copy_numbers(snapshot->numbers + counts.stored + counts.slots, session->typed,
                        counts.typed);
    if (!pass) return snapshot;
    snapshot->net = net_retain(pass->net);
    memory_copy_numbers(snapshot->numbers, pass->value, counts.stored);
    snapshot->pin_count = pass->pin_count;
    snapshot->pins = memory_new(sizeof(Pin) * (size_t)pass->pin_count);
    if (pass->pin_count) memcpy(snapshot->pins, pass->pins, sizeof(Pin) * (size_t)pass->pin_count);
    return snapshot;
}

void snapshot_free(Snapshot *snapshot)
{
    if (!snapshot) return;
    net_release(snapshot->net);
    dataset_release(snapshot->raw);
    dataset_release(snapshot->data);
    record_release(snapshot->record);
    free(snapshot->command);
    free(snapshot->numbers);
    free(snapshot->pins);
    free(snapshot);
}

static void restore_net(Session *session, const Snapshot *snapshot)
{
    if (session->pass && session_net(session) != snapshot->net) {
        pass_free(session->pass);
        session->pass = NULL;
    }
    if (!snapshot->net) return;
    if (!session->pass) session_set_net(session, net_retain(snapshot->net));
    session->pass->memo.off = session->setup.memo_off;
    pass_set_loss(session->pass, session->setup.loss);
    pass_unpin(session->pass);
    for (int i = 0; i < snapshot->pin_count; i++)
        pass_pin(session->pass, snapshot->pins[i].element, snapshot->pins[i].value);
}

void snapshot_restore(Session *session, const Snapshot *snapshot)
{
    int width = session->style.width;
    trainer_release(&session->trainer); /* it borrows what is replaced here */
    session->style = snapshot->style;
    if (!snapshot->width_set) session->style.width = width;
    session->setup = snapshot->setup;
    dataset_release(session->raw);
    dataset_release(session->data);
    session->raw = dataset_retain(snapshot->raw);
    session->data = dataset_retain(snapshot->data);
    record_release(session->record);
    session->record = record_retain(snapshot->record);
    restore_net(session, snapshot);
    session_reset_slots(session);

    Setup *setup = &session->setup;
    size_t typed = setup->typed ? (size_t)(setup->typed_inputs + setup->typed_targets) : 0;
    free(session->typed);
    session->typed = typed ? memory_new(typed * sizeof(double)) : NULL;
    Counts counts = count_numbers(session);
    if (session->pass) memory_copy_numbers(session->pass->value, snapshot->numbers, counts.stored);
    memory_copy_numbers(session->slots, snapshot->numbers + counts.stored, counts.slots);
    memory_copy_numbers(session->typed, snapshot->numbers + counts.stored + counts.slots,
                        counts.typed);
    session_forget(session);
    session_place_row(session);
}

static void free_all(Snapshot *newest)
{
    while (newest) {
        Snapshot *older = newest->older;
        snapshot_free(newest);
        newest = older;
    }
}

static size_t rows_beside(const Snapshot *at, const Snapshot *other)
{
    size_t bytes = at->raw == other->raw ? 0 : dataset_bytes(at->raw);
    bool shared = at->data == at->raw || at->data == other->raw || at->data == other->data;
    return bytes + (shared ? 0 : dataset_bytes(at->data));
}

/* What AT takes beside OTHER, with which it may share its record and its rows. */
static size_t bytes_beside(const Snapshot *at, const Snapshot *other)
{
    return at->bytes + (at->record == other->record ? 0 : record_bytes(at->record)) +
           rows_beside(at, other);
}

/* Drops the oldest states beyond the bounds; the newest is always kept. */
static void trim(Snapshot *newest)
{
    size_t bytes = newest->bytes + record_bytes(newest->record);
    int count = 1;
    for (Snapshot *at = newest; at->older; at = at->older) {
        bytes += bytes_beside(at->older, at);
        if (++count <= HISTORY_STATES && bytes <= HISTORY_BYTES) continue;
        free_all(at->older);
        at->older = NULL;
        return;
    }
}

void history_push(Session *session, Snapshot *snapshot)
{
    History *history = &session->history;
    snapshot->width_set = snapshot->style.width != session->style.width;
    free_all(history->redo);
    history->redo = NULL;
    snapshot->older = history->undo;
    history->undo = snapshot;
    trim(snapshot);
}

/* Goes to the newest state of FROM and leaves the present one on TO. */
static const char *travel(Session *session, Snapshot **from, Snapshot **to)
{
    Snapshot *target = *from, *present = snapshot_take(session, target->command);
    present->width_set = target->width_set;
    *from = target->older;
    snapshot_restore(session, target);
    snapshot_free(target);
    present->older = *to;
    *to = present;
    return arena_copy(&session->arena, present->command, strlen(present->command));
}

const char *history_undo(Session *session, Error *err)
{
    History *history = &session->history;
    if (!history->undo) return fail(err, 0, "there is nothing to undo"), NULL;
    return travel(session, &history->undo, &history->redo);
}

const char *history_redo(Session *session, Error *err)
{
    History *history = &session->history;
    if (!history->redo) return fail(err, 0, "there is nothing to redo"), NULL;
    return travel(session, &history->redo, &history->undo);
}

int history_count(const Snapshot *newest)
{
    int count = 0;
    for (; newest; newest = newest->older) count++;
    return count;
}

const char *history_command(const Snapshot *newest, int index)
{
    while (index-- && newest) newest = newest->older;
    return newest ? newest->command : NULL;
}

void history_release(History *history)
{
    free_all(history->undo);
    free_all(history->redo);
    *history = (History){0};
}
