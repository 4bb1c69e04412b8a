/* Candidates: the names that a session has for a kind of argument, given to whoever completes a
   word. */
#ifndef COMMAND_CANDIDATES_H
#define COMMAND_CANDIDATES_H

#include "base/words.h"
#include "session/session.h"

/* Who gets them. */
typedef struct Names {
    void (*each)(void *self, const char *candidate);
    void *self;
    const Words *before; /* the words of the command that come first */
} Names;

void candidates_knobs(const Session *session, const Names *names);
void candidates_biases(const Session *session, const Names *names);
void candidates_settings(const Session *session, const Names *names);
void candidates_commands(const Session *session, const Names *names);
void candidates_data(const Session *session, const Names *names);
void candidates_lessons(const Session *session, const Names *names);
void candidates_columns(const Session *session, const Names *names);
void candidates_symbols(const Session *session, const Names *names);
void candidates_places(const Session *session, const Names *names);
void candidates_points(const Session *session, const Names *names);
void candidates_displays(const Session *session, const Names *names);
void candidates_parameters(const Session *session, const Names *names);
void candidates_derivable(const Session *session, const Names *names);
void candidates_nodes(const Session *session, const Names *names);
void candidates_settable(const Session *session, const Names *names);

#endif
