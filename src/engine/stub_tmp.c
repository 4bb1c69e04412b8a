#include "engine/online.h"
#include "engine/optimizer.h"
bool online_fits(const Pass *pass)
{
    (void)pass;
    return false;
}
Online *online_new(Pass *pass)
{
    (void)pass;
    return 0;
}
void online_free(Online *online)
{
    (void)online;
}
size_t online_run(Online *o, const OnlineRows *rows, size_t from, size_t to, double rate, double *l)
{
    (void)o;
    (void)rows;
    (void)rate;
    (void)l;
    (void)to;
    return from;
}
void descent_set_epoch(Descent *d, long epoch)
{
    (void)d;
    (void)epoch;
}
void descent_apply(const Descent *d, size_t parameters, size_t first, size_t count, double *w,
                   const double *g, double *state)
{
    double *slots[SLOTS] = {state ? state + first : 0, state ? state + parameters + first : 0};
    d->optimizer->update(d, count, w + first, g + first, slots);
}
void descent_decay(const Descent *d, size_t count, const double *w, double *g)
{
    (void)d;
    (void)count;
    (void)w;
    (void)g;
}
