/* The size of the gradient by layer: where it vanishes or explodes. */
#include <math.h>

#include "session/training.h"
#include "show/plot.h"

static Prose title(Session *session, const Facts *facts)
{
    double ratio = facts->layers[0].gradient_norm / facts->layers[facts->count - 1].gradient_norm;
    const char *rows = "";
    if (facts->rows > 1) rows = arena_print(&session->arena, ", mean over %zu rows", facts->rows);
    if (facts->count == 1 || !(ratio > 0 && ratio < INFINITY))
        return prose_print(session, "gradient by layer%s", rows);
    return prose_print(session, "gradient by layer%s: layer 1 has %n times that of layer %d", rows,
                       ratio, (long)facts->count);
}

bool plot_gradients(Session *session, Error *err)
{
    Facts facts;
    Patient patient = training_patient(session);
    if (!facts_measure(&facts, &patient, err)) return false;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)facts.count);
    for (int k = 1; k <= facts.count; k++)
        points[k - 1] = (PlotPoint){k, facts.layers[k - 1].gradient_norm};
    Prose name = prose_print(session, "gradient norm");
    Series series = {name, SERIES_BARS, 0, points, facts.count};
    emit_plot(session, &(Plot){.title = title(session, &facts),
                               .x = prose_print(session, "layer"),
                               .y = name,
                               .series = &series,
                               .series_count = 1,
                               .whole = true,
                               .wide = true});
    facts_release(&facts);
    return true;
}
