/* A meter: how much of a long way along the run is done, for whoever watches the session. */
#ifndef SESSION_METER_H
#define SESSION_METER_H

#include "session/state.h"

typedef struct Meter {
    const Session *session;
    double total; /* updates; 0: nothing is shown */
    double shown; /* done when it was shown last */
    double often; /* it is shown after so many: to ask for the time each time would take some */
} Meter;

Meter meter_new(const Session *session, double total);

/* DONE updates are; at the end of the last epoch the average loss was LOSS (NAN: of no interest).
 */
void meter_show(Meter *meter, double done, double loss);

/* The command's long work is over, however it has ended. */
void meter_end(const Session *session);

#endif
