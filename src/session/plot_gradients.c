/* The size of the gradient by layer: where it vanishes or explodes. */
#include <math.h>

#include "session/plot.h"

/* ‖∂L/∂W‖: hypot does not overflow where a sum of squares would. */
static double weights_norm(const Pass *pass, const Op *affine)
{
    double norm = 0;
    for (size_t e = affine->weights; e < affine->biases; e++) norm = hypot(norm, pass->adjoint[e]);
    return norm;
}

static PlotPoint *layer_norms(Session *session)
{
    int layers = session_net(session)->architecture.layers;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)layers);
    Pass *pass = pass_copy(session->pass);
    pass_forward(pass);
    pass_backward(pass);
    for (int k = 1; k <= layers; k++)
        points[k - 1] = (PlotPoint){k, weights_norm(pass, net_affine(pass->net, k))};
    pass_free(pass);
    return points;
}

static Prose title(Session *session, const PlotPoint *points, int layers)
{
    double first = points[0].y, last = points[layers - 1].y, ratio = first / last;
    if (layers == 1 || !(ratio > 0 && ratio < INFINITY))
        return prose_print(session, "gradient by layer");
    return prose_print(session, "gradient by layer: layer 1 has %n times that of layer %d", ratio,
                       (long)layers);
}

void plot_gradients(Session *session)
{
    int layers = session_net(session)->architecture.layers;
    PlotPoint *points = layer_norms(session);
    Prose name = prose_print(session, "‖∂L/∂W‖");
    Series series = {name, SERIES_BARS, 0, points, layers};
    emit_plot(session, &(Plot){.title = title(session, points, layers),
                               .x = prose_print(session, "layer"),
                               .y = name,
                               .series = &series,
                               .series_count = 1,
                               .whole = true,
                               .wide = true});
}
