/* Undo: states before each command that changed something.

   A snapshot copies the numbers and shares what is immutable. The history keeps the
   newest snapshots within a bound of memory; a change after an undo drops what could
   have been redone. */
#ifndef SESSION_HISTORY_H
#define SESSION_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct Session Session;
typedef struct Snapshot Snapshot;

enum { HISTORY_BYTES = 64 * 1024 * 1024, HISTORY_STATES = 1000 };

typedef struct History {
    Snapshot *undo, *redo; /* newest first */
} History;

/* The session's state now, with the command that is about to change it. */
Snapshot *snapshot_take(const Session *session, const char *command);
void snapshot_free(Snapshot *snapshot);

/* Makes the session's state that of SNAPSHOT, which stays the caller's. */
void snapshot_restore(Session *session, const Snapshot *snapshot);

/* SNAPSHOT (owned from now on) is what undo goes back to. */
void history_push(Session *session, Snapshot *snapshot);

/* One change back or forward. Returns the command that was undone or redone, in the
   session's arena; NULL and an error when there is none. */
const char *history_undo(Session *session, Error *err);
const char *history_redo(Session *session, Error *err);

int history_count(const Snapshot *newest);
const char *history_command(const Snapshot *newest, int index); /* 0: the newest */
void history_release(History *history);

#endif
