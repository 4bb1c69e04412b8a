/* Checkpoints: all that a training run follows from, between two updates.

   A checkpoint copies the numbers and shares what is immutable. In the midst of an update it is
   what that began with, and the events since are to be done again. Checkpoints are shared, too, by
   reference count, between the states that `undo` goes back to and the tape that time travel goes
   along. */
#ifndef SESSION_CHECKPOINT_H
#define SESSION_CHECKPOINT_H

#include "session/state.h"

typedef struct Checkpoint {
    int references;
    size_t *ledger; /* raised by the bytes of all that live */
    size_t bytes;   /* of this one, without what it shares */
    Setup setup;    /* with the course as it was when the update began */
    Net *net;
    Dataset *raw, *data;
    Record *record;
    Page *page;      /* its state; NULL: there is none */
    double *numbers; /* what the network stores, the optimizer's slots, the typed row */
    char *change;    /* the command that made the run bend here (tape.h); or NULL */
} Checkpoint;

/* What the present update began with; also where there is no row to train on. */
Beginning checkpoint_beginning(const Session *session);

/* The same, kept. */
Checkpoint *checkpoint_take(Session *session);

Checkpoint *checkpoint_retain(Checkpoint *checkpoint);
void checkpoint_release(Checkpoint *checkpoint); /* NULL is fine */

/* Makes the session's run that of CHECKPOINT, and stands there; nothing is assumed. */
void checkpoint_restore(Session *session, const Checkpoint *checkpoint);

/* Whether the present update began with the same: then all that follows is the same. */
bool checkpoint_agrees(const Checkpoint *checkpoint, const Session *session);

#endif
