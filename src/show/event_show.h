/* The events of the loop, shown: what each one did, in the blocks of the command that does the same
   by hand (row, forward, loss, grad, step).

   For programs an event is an element of the list `events`: an object with `epoch`, `row`, `phase`,
   `symbol` and `value` (of a backward event the derivative), to which a row adds its `x` and `y`,
   a batch its rows and their losses, a backward event its `derivations`, and an update event the
   `old` value and the `gradient` that the rule took. Nothing is changed. */
#ifndef SHOW_EVENT_SHOW_H
#define SHOW_EVENT_SHOW_H

#include "session/state.h"

/* What one command has shown. */
typedef struct EventList {
    int count;
    Phase last;
    bool noted; /* what is to be said of derivatives, once */
} EventList;

/* Shows EVENT, which the session's trainer did last, and adds it to LIST: among several events
   people see where a phase begins. */
void event_show(Session *session, const Event *event, EventList *list);

#endif
