/* A session and what it prints to: the relay, the renderer, the progress bar. */
#ifndef SHELL_STATION_H
#define SHELL_STATION_H

#include "session/session.h"
#include "shell/console.h"
#include "shell/options.h"
#include "shell/relay.h"

typedef struct Station {
    Session *session;
    Relay relay;
    ProgressBar bar;
} Station;

/* GIVEN says what is special about the session: what it prints to, how, and who sees to Ctrl-C are
   filled in. The station stays where it is until it is closed. */
void station_open(Station *station, const Options *options, Console *console, SessionOptions given);
void station_close(Station *station);

#endif
