/* The timeline: how a session's run comes onto its tape.

   Whoever moves along the run brackets the way with timeline_begin and timeline_end; whatever
   else changes the run is told to timeline_branch. */
#ifndef SESSION_TIMELINE_H
#define SESSION_TIMELINE_H

#include "session/tape.h"

/* Events from the beginning of the run to the present place, and to that of the present update. */
long timeline_now(const Session *session);
long timeline_update(const Session *session);

/* Where what is known of it begins, in events. */
long timeline_beginning(const Session *session);

/* A motion begins here: the place is marked; if a command has changed the run since the last one,
   as a bend. */
void timeline_begin(Session *session);

/* How many updates there are to the next place where a command has changed the run before;
   LONG_MAX: there is none. */
long timeline_to_bend(const Session *session);

/* Whether this is such a place, and the run has come to it unchanged. */
bool timeline_bends(const Session *session);

/* Then: it is changed as it was. Returns the command; NULL where nothing is to change. */
const char *timeline_follow(Session *session);

/* The run passes here, between two updates: the place is marked if it is far from the last mark. */
void timeline_visit(Session *session);

/* The place is marked. */
void timeline_mark(Session *session);

/* A motion ends here. */
void timeline_end(Session *session);

/* The command CHANGE has changed the run, between two updates: what was known to come is forgotten,
   and that is said if there was something, or (BEGUN) if an update had begun. */
void timeline_branch(Session *session, const char *change, bool begun);

/* Says that the update that had begun was taken back. */
void timeline_note_anew(Session *session);

/* Drops marks until the history fits its memory, but for the two that there must be. */
void timeline_fit(Session *session);

/* About ten milliseconds of training, in updates: little enough for Ctrl-C to be felt. */
long timeline_slice(const Session *session);

#endif
