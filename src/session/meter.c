#include <math.h>

#include "session/meter.h"
#include "session/timeline.h"

Meter meter_new(const Session *session, double total)
{
    enum { SHOWN_IN_A_SLICE = 64 };
    return (Meter){.session = session,
                   .total = total,
                   .often = (double)timeline_slice(session) / SHOWN_IN_A_SLICE};
}

void meter_show(Meter *meter, double done, double loss)
{
    if (meter->total <= 0 || fabs(done - meter->shown) < meter->often) return;
    const SessionOptions *options = &meter->session->options;
    meter->shown = done;
    double epoch = (double)trainer_updates_in_epoch(&meter->session->trainer);
    Progress progress = {done / epoch, meter->total / epoch, loss};
    if (options->progress) options->progress(options->progress_self, &progress);
}

void meter_end(const Session *session)
{
    if (session->options.progress) session->options.progress(session->options.progress_self, NULL);
}
