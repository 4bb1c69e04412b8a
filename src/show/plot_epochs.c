/* What the record keeps, by epoch: the average loss, and parameters. */
#include <math.h>
#include <string.h>

#include "show/plot.h"

void plot_losses(Session *session)
{
    const Record *record = session->record;
    int count = record->count, last = count - 1;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)count);
    for (int i = 0; i < count; i++)
        points[i] = (PlotPoint){(double)record->epochs[i], record->losses[i]};
    Series series = {prose_print(session, "L"), SERIES_LINE, 0, points, count};
    Prose title =
        prose_print(session, "average loss: %n in epoch %d, %n in epoch %d", record->losses[0],
                    record->epochs[0], record->losses[last], record->epochs[last]);
    if (!last)
        title = prose_print(session, "average loss: %n in epoch %d", record->losses[0],
                            record->epochs[0]);
    emit_plot(session, &(Plot){.title = title,
                               .x = prose_print(session, "epoch"),
                               .y = prose_print(session, "L"),
                               .series = &series,
                               .series_count = 1,
                               .whole = true,
                               .wide = true});
}

/* The parameters to draw. */
typedef struct Chosen {
    size_t elements[PLOT_PARAMETERS];
    int count;
} Chosen;

/* How far apart its lowest and its highest value are. */
static double movement(const Record *record, size_t parameter)
{
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < record->count; i++) {
        low = fmin(low, record_value(record, i, parameter));
        high = fmax(high, record_value(record, i, parameter));
    }
    return high - low;
}

/* The place of PARAMETER among the chosen, which are in order of their movements. */
static void insert(Chosen *chosen, double *movements, size_t parameter, double moved)
{
    int at = chosen->count;
    while (at > 0 && moved > movements[at - 1]) at--;
    if (at == PLOT_PARAMETERS) return;
    if (chosen->count < PLOT_PARAMETERS) chosen->count++;
    for (int i = chosen->count - 1; i > at; i--) {
        chosen->elements[i] = chosen->elements[i - 1];
        movements[i] = movements[i - 1];
    }
    chosen->elements[at] = parameter;
    movements[at] = moved;
}

static void choose_movers(const Session *session, Chosen *chosen)
{
    const Net *net = session_net(session);
    double movements[PLOT_PARAMETERS];
    for (size_t i = 0; i < net->parameters; i++) {
        size_t parameter = net_parameter(net, i);
        if (parameter >= session->record->kept) continue;
        insert(chosen, movements, parameter, movement(session->record, parameter));
    }
}

static Series parameter_series(Session *session, size_t parameter)
{
    const Record *record = session->record;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)record->count);
    for (int i = 0; i < record->count; i++)
        points[i] = (PlotPoint){(double)record->epochs[i], record_value(record, i, parameter)};
    const Expr *symbol = explain_symbol(&session->explainer, parameter);
    return (Series){prose_print(session, "%e", symbol), SERIES_LINE, 0, points, record->count};
}

static Prose weights_title(Session *session, const Chosen *chosen, bool named)
{
    size_t kept = session->record->kept, all = session_net(session)->parameters;
    if (named || (size_t)chosen->count == all)
        return prose_print(session, "parameters after each epoch");
    if (kept == all)
        return prose_print(session, "the %d of %d parameters that moved most, after each epoch",
                           (long)chosen->count, (long)all);
    return prose_print(session,
                       "the %d that moved most of the first %d parameters, after each epoch",
                       (long)chosen->count, (long)kept);
}

void plot_parameters(Session *session, const size_t *parameters, int count)
{
    Chosen chosen = {.count = count};
    memcpy(chosen.elements, parameters, sizeof *parameters * (size_t)count);
    if (!count) choose_movers(session, &chosen);
    Series series[PLOT_PARAMETERS];
    for (int i = 0; i < chosen.count; i++)
        series[i] = parameter_series(session, chosen.elements[i]);
    emit_plot(session, &(Plot){.title = weights_title(session, &chosen, count > 0),
                               .x = prose_print(session, "epoch"),
                               .y = prose_print(session, "value"),
                               .series = series,
                               .series_count = chosen.count,
                               .whole = true});
}
