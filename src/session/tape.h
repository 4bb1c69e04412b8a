/* The tape: the places of a run that can be gone back to.

   A run is deterministic, so that a checkpoint now and then is enough: every other place is found
   by training on from the one before it. Where a command has changed the run (another learning
   rate, say) a checkpoint must stand, since no training leads across; there the run has a bend.

   A tape has a bounded number of marks. When there is one too many it drops the one whose loss
   makes a gap that is smallest for its distance from the present: their distances grow
   exponentially. Bends are dropped only when there is nothing else: then the run is forgotten
   from its beginning.

   Shared by reference count, copied when a shared one is to be written: states that `undo` goes
   back to hold the tape as it was. */
#ifndef SESSION_TAPE_H
#define SESSION_TAPE_H

#include "session/checkpoint.h"

typedef struct Tape {
    int references;
    size_t *ledger;
    Checkpoint **marks; /* [count], between two updates, ascending by these */
    int count, capacity;
    long end; /* events from the beginning to as far as the run has ever come */
} Tape;

Tape *tape_new(size_t *ledger);
Tape *tape_retain(Tape *tape); /* NULL is fine, also to release */
void tape_release(Tape *tape);

/* The tape to write to in place of TAPE: itself, or a copy if others hold it too, for which the
   caller's reference is given up. */
Tape *tape_own(Tape *tape);

/* The last mark that lies at most UPDATES (EVENTS) from the beginning, or NULL. */
Checkpoint *tape_mark_before(const Tape *tape, long updates);
const Checkpoint *tape_mark_before_event(const Tape *tape, long events);

/* The first mark that lies after UPDATES and is a bend, or NULL. */
const Checkpoint *tape_next_bend(const Tape *tape, long updates);

/* Adds MARK (owned from now on) at its place, where no other may be, and keeps
   at most MOST marks (2 or more), and no more than TAPE_MARKS that are not bends. NOW: the present
   place, which keeps its mark. Only at the end of the run does it forget a part of it: anywhere
   else it would rather have a mark too many. */
enum { TAPE_MARKS = 256 };
void tape_add(Tape *tape, Checkpoint *mark, int most, long now);

/* Keeps at most MOST marks, whatever it has to forget. */
void tape_thin(Tape *tape, int most, long now);

/* Forgets all marks from UPDATES on. */
void tape_cut(Tape *tape, long updates);

#endif
