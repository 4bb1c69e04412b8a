#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/checkpoint.h"
#include "session/events.h"
#include "session/history.h"
#include "session/timeline.h"

struct Snapshot {
    int references;
    char *command;
    Style style;
    bool width_set; /* by the command; else the width is the terminal's, not the user's */
    Habits habits;
    Points *points;
    Tape *tape;
    Checkpoint *checkpoint; /* what the present update began with, */
    size_t done;            /* how many of its events were done, */
    Pin *pins;              /* and what was assumed */
    int pin_count;
    char *change; /* the command that has changed the run since the tape's last mark; or NULL */
};

/* The present update's beginning as the tape has it, so that its numbers are held once; else a
   copy. */
static Checkpoint *take_checkpoint(Session *session)
{
    Checkpoint *mark = session->tape && session->trainer.pass
                           ? tape_mark_before(session->tape, timeline_update(session))
                           : NULL;
    bool same = mark && mark->record == session->record && checkpoint_agrees(mark, session);
    return same ? checkpoint_retain(mark) : checkpoint_take(session);
}

static void copy_pins(Snapshot *snapshot, const Pin *pins, int count)
{
    size_t bytes = sizeof(Pin) * (size_t)count;
    snapshot->pin_count = count;
    snapshot->pins = memory_new(bytes);
    if (bytes) memcpy(snapshot->pins, pins, bytes);
}

Snapshot *snapshot_take(Session *session, const char *command)
{
    Snapshot *snapshot = memory_new(sizeof *snapshot);
    snapshot->references = 1;
    snapshot->command = memory_copy(command);
    snapshot->style = session->style;
    snapshot->habits = session->habits;
    snapshot->points = points_copy(session->points);
    snapshot->checkpoint = take_checkpoint(session);
    snapshot->tape = tape_retain(session->tape);
    snapshot->done = session->trainer.done;
    if (session->pass) copy_pins(snapshot, session->pass->pins, session->pass->pin_count);
    snapshot->change = session->change ? memory_copy(session->change) : NULL;
    return snapshot;
}

void snapshot_release(Snapshot *snapshot)
{
    if (!snapshot || --snapshot->references) return;
    checkpoint_release(snapshot->checkpoint);
    tape_release(snapshot->tape);
    points_free(snapshot->points);
    free(snapshot->change);
    free(snapshot->command);
    free(snapshot->pins);
    free(snapshot);
}

void snapshot_restore(Session *session, const Snapshot *snapshot)
{
    int width = session->style.width;
    session->style = snapshot->style;
    if (!snapshot->width_set) session->style.width = width;
    session->habits = snapshot->habits;
    points_free(session->points);
    session->points = points_copy(snapshot->points);
    Tape *tape = tape_retain(snapshot->tape);
    tape_release(session->tape);
    session->tape = tape;
    free(session->change);
    session->change = snapshot->change ? memory_copy(snapshot->change) : NULL;
    checkpoint_restore(session, snapshot->checkpoint);
    for (int i = 0; i < snapshot->pin_count; i++)
        pass_pin(session->pass, snapshot->pins[i].element, snapshot->pins[i].value);
    events_repeat(session, snapshot->done);
}

bool snapshot_agrees(const Snapshot *snapshot, const Session *session)
{
    return checkpoint_agrees(snapshot->checkpoint, session);
}

size_t snapshot_done(const Snapshot *snapshot)
{
    return snapshot->done;
}

size_t snapshot_bytes(const Snapshot *snapshot)
{
    return sizeof *snapshot + snapshot->checkpoint->bytes +
           sizeof(Pin) * (size_t)snapshot->pin_count;
}

static void add(States *states, Snapshot *snapshot)
{
    size_t count = (size_t)states->count + 1;
    states->items = memory_resize(states->items, count * sizeof *states->items);
    states->items[states->count++] = snapshot;
}

States history_share(States states)
{
    States shared = {0};
    for (int i = 0; i < states.count; i++) {
        states.items[i]->references++;
        add(&shared, states.items[i]);
    }
    return shared;
}

void history_release(States *states)
{
    for (int i = 0; i < states->count; i++) snapshot_release(states->items[i]);
    free(states->items);
    *states = (States){0};
}

/* The rows that AT holds and the run of OTHER does not. */
static size_t rows_beside(const Snapshot *at, const Dataset *raw, const Dataset *data)
{
    const Checkpoint *held = at->checkpoint;
    size_t bytes = held->raw == raw ? 0 : dataset_bytes(held->raw);
    bool shared = held->data == held->raw || held->data == raw || held->data == data;
    return bytes + (shared ? 0 : dataset_bytes(held->data));
}

size_t history_bytes(const Session *session)
{
    size_t bytes = session->history.bytes;
    const States *undo = &session->history.undo;
    const Dataset *raw = session->raw, *data = session->data;
    for (int i = undo->count; i--;) {
        const Snapshot *at = undo->items[i];
        bytes += rows_beside(at, raw, data) + sizeof *at + strlen(at->command);
        bytes += sizeof(Pin) * (size_t)at->pin_count;
        raw = at->checkpoint->raw, data = at->checkpoint->data;
    }
    return bytes;
}

static void drop_oldest(States *states)
{
    snapshot_release(states->items[0]);
    memmove(states->items, states->items + 1, (size_t)--states->count * sizeof *states->items);
}

/* The state of SNAPSHOT (given up) without the way that led there. */
static Snapshot *forget_way(Snapshot *snapshot)
{
    Snapshot *copy = memory_new(sizeof *copy);
    *copy = *snapshot;
    copy->references = 1;
    copy->command = memory_copy(snapshot->command);
    copy->points = points_copy(snapshot->points);
    copy->checkpoint = checkpoint_retain(snapshot->checkpoint);
    copy->tape = NULL;
    copy_pins(copy, snapshot->pins, snapshot->pin_count);
    copy->change = snapshot->change ? memory_copy(snapshot->change) : NULL;
    snapshot_release(snapshot);
    return copy;
}

void history_trim(Session *session)
{
    States *undo = &session->history.undo;
    if (!undo->count) return;
    while (undo->count > HISTORY_STATES) drop_oldest(undo);
    while (undo->count > 1 && history_bytes(session) > session->habits.memory) drop_oldest(undo);
    Snapshot **last = &undo->items[undo->count - 1];
    bool own = (*last)->tape && (*last)->tape != session->tape;
    if (own && history_bytes(session) > session->habits.memory) *last = forget_way(*last);
}

void history_push(Session *session, Snapshot *snapshot)
{
    History *history = &session->history;
    snapshot->width_set = snapshot->style.width != session->style.width;
    history_release(&history->redo);
    add(&history->undo, snapshot);
    history_trim(session);
}

/* Goes to the newest state of FROM and leaves the present one on TO. */
static const char *travel(Session *session, States *from, States *to)
{
    Snapshot *target = from->items[--from->count];
    Snapshot *present = snapshot_take(session, target->command);
    present->width_set = target->width_set;
    snapshot_restore(session, target);
    snapshot_release(target);
    add(to, present);
    return arena_copy(&session->arena, present->command, strlen(present->command));
}

const char *history_undo(Session *session, Error *err)
{
    History *history = &session->history;
    if (!history->undo.count) return fail(err, 0, "there is nothing to undo"), NULL;
    return travel(session, &history->undo, &history->redo);
}

const char *history_redo(Session *session, Error *err)
{
    History *history = &session->history;
    if (!history->redo.count) return fail(err, 0, "there is nothing to redo"), NULL;
    return travel(session, &history->redo, &history->undo);
}

int history_count(States states)
{
    return states.count;
}

const char *history_command(States states, int index)
{
    return index < states.count ? states.items[states.count - 1 - index]->command : NULL;
}
