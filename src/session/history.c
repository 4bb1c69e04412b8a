#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/checkpoint.h"
#include "session/events.h"
#include "session/history.h"
#include "session/timeline.h"

struct Snapshot {
    Snapshot *older;
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

static void copy_pins(Snapshot *snapshot, const Pass *pass)
{
    size_t bytes = sizeof(Pin) * (size_t)pass->pin_count;
    snapshot->pin_count = pass->pin_count;
    snapshot->pins = memory_new(bytes);
    if (bytes) memcpy(snapshot->pins, pass->pins, bytes);
}

Snapshot *snapshot_take(Session *session, const char *command)
{
    Snapshot *snapshot = memory_new(sizeof *snapshot);
    snapshot->command = memory_copy(command);
    snapshot->style = session->style;
    snapshot->habits = session->habits;
    snapshot->points = points_copy(session->points);
    snapshot->checkpoint = take_checkpoint(session);
    snapshot->tape = tape_retain(session->tape);
    snapshot->done = session->trainer.done;
    if (session->pass) copy_pins(snapshot, session->pass);
    snapshot->change = session->change ? memory_copy(session->change) : NULL;
    return snapshot;
}

void snapshot_free(Snapshot *snapshot)
{
    if (!snapshot) return;
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

static void free_all(Snapshot *newest)
{
    while (newest) {
        Snapshot *older = newest->older;
        snapshot_free(newest);
        newest = older;
    }
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
    const Dataset *raw = session->raw, *data = session->data;
    for (const Snapshot *at = session->history.undo; at; at = at->older) {
        bytes += rows_beside(at, raw, data) + sizeof *at + strlen(at->command);
        bytes += sizeof(Pin) * (size_t)at->pin_count;
        raw = at->checkpoint->raw, data = at->checkpoint->data;
    }
    return bytes;
}

static void drop_oldest(Snapshot *newest)
{
    while (newest->older->older) newest = newest->older;
    snapshot_free(newest->older);
    newest->older = NULL;
}

void history_trim(Session *session)
{
    Snapshot *newest = session->history.undo;
    if (!newest) return;
    int count = history_count(newest);
    for (; count > HISTORY_STATES; count--) drop_oldest(newest);
    for (; count > 1 && history_bytes(session) > session->habits.memory; count--)
        drop_oldest(newest);
    if (newest->tape == session->tape || history_bytes(session) <= session->habits.memory) return;
    tape_release(newest->tape); /* its state is kept, but not the way that led there */
    newest->tape = NULL;
}

void history_push(Session *session, Snapshot *snapshot)
{
    History *history = &session->history;
    snapshot->width_set = snapshot->style.width != session->style.width;
    free_all(history->redo);
    history->redo = NULL;
    snapshot->older = history->undo;
    history->undo = snapshot;
    history_trim(session);
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
    history->undo = history->redo = NULL;
}
