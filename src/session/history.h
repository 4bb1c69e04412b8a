/* Undo: states before each command that changed something.

   A state is a checkpoint of the run, the tape that leads to it, and what is the user's own:
   style, habits, breakpoints. The history keeps the newest states within a bound of memory; a
   change after an undo drops what could have been redone. States are shared by reference count
   with bookmarks (bookmark.h), and never written once they are in a history. */
#ifndef SESSION_HISTORY_H
#define SESSION_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct Session Session;
typedef struct Snapshot Snapshot;

enum { HISTORY_STATES = 1000, HISTORY_BYTES = 64 * 1024 * 1024 /* unless set otherwise */ };

typedef struct States {
    Snapshot **items; /* [count], the newest last */
    int count;
} States;

typedef struct History {
    States undo, redo;
    size_t bytes; /* that all checkpoints, records and tapes take, these states' and the
                     present run's */
} History;

/* The session's state now, with the command that is about to change it. */
Snapshot *snapshot_take(Session *session, const char *command);
void snapshot_release(Snapshot *snapshot); /* NULL is fine */

/* Makes the session's state that of SNAPSHOT, which stays the caller's. */
void snapshot_restore(Session *session, const Snapshot *snapshot);

/* Whether the run is still what it was. */
bool snapshot_agrees(const Snapshot *snapshot, const Session *session);

/* How many events of the present update were done. */
size_t snapshot_done(const Snapshot *snapshot);

/* What it takes of its own. */
size_t snapshot_bytes(const Snapshot *snapshot);

/* SNAPSHOT (owned from now on) is what undo goes back to. */
void history_push(Session *session, Snapshot *snapshot);

/* One change back or forward. Returns the command that was undone or redone, in the
   session's arena; NULL and an error when there is none. */
const char *history_undo(Session *session, Error *err);
const char *history_redo(Session *session, Error *err);

/* Drops the oldest states beyond the bounds; the newest is always kept. */
void history_trim(Session *session);

/* All that is kept of the past. */
size_t history_bytes(const Session *session);

int history_count(States states);
const char *history_command(States states, int index); /* 0: the newest */
States history_share(States states);                   /* another list of the same */
void history_release(States *states);

#endif
