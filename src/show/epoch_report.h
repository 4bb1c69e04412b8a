/* Epochs, reported as they end: some of them in a line for people, the average loss of each for
   programs, as a row of the table that is open. Whoever trains owns the report. */
#ifndef SHOW_EPOCH_REPORT_H
#define SHOW_EPOCH_REPORT_H

#include "show/separation.h"

typedef struct EpochReport {
    Session *session;
    long asked;                   /* epochs */
    long before;                  /* that had ended before */
    long ended;                   /* since */
    double last;                  /* average loss */
    Hand hand;                    /* ... by hand */
    Hand *hands;                  /* [ended] for programs; NULL without a page */
    bool last_shown;              /* the last epoch has been shown */
    const Separation *separation; /* the perceptron's mistakes are told, too; or NULL */
} EpochReport;

/* An epoch has ended, the one after those that were reported; SELF: an EpochReport. */
void epoch_report_add(void *self, double average);

/* No more will end: shows the last, if it was not shown. */
void epoch_report_end(const EpochReport *report);

/* The averages by hand, for programs: one for each of `losses`. */
void epoch_report_emit_hands(const EpochReport *report);

void epoch_report_release(EpochReport *report);

#endif
