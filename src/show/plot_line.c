#include <math.h>
#include <string.h>

#include "show/perceptron_show.h"
#include "show/plot_line.h"

/* The sum z for which the output is at the threshold; NaN when that is not one number. */
static double sum_at(const Activation *activation, double threshold)
{
    if (activation == activation_linear()) return threshold;
    if (!strcmp(activation->name, "tanh")) return atanh(threshold);
    bool centred = activation->range == RANGE_PROBABILITY || activation->range == RANGE_SIGNS;
    return centred ? 0 : NAN;
}

/* Whether there is a line, where z is *SUM. */
static bool has_line(const Session *session, const Classifier *classifier, double *sum)
{
    const Architecture *made = &session_net(session)->architecture;
    *sum = sum_at(made->activations[0], classifier->threshold);
    return made->layers == 1 && made->sizes[1] == 1 && !made->extras[0] && isfinite(*sum);
}

/* The last point of the record at which the parameters that it remembers were others than now;
   -1: none. */
static int point_before(const Session *session)
{
    const Record *record = session->record;
    const double *now = session->pass->value;
    for (int i = record ? record->count - 1 : -1; i >= 0; i--)
        for (size_t e = 0; e < record->kept; e++)
            if (record_value(record, i, e) != now[e]) return i;
    return -1;
}

static bool inside(const Regions *regions, PlotPoint at)
{
    return at.x >= regions->x_low && at.x <= regions->x_high && at.y >= regions->y_low &&
           at.y <= regions->y_high;
}

/* Where u x + v y = c meets the border of REGIONS; returns how often, at most 2. */
static int meet_border(double u, double v, double c, const Regions *regions, PlotPoint *points)
{
    const PlotPoint meetings[] = {{regions->x_low, (c - u * regions->x_low) / v},
                                  {regions->x_high, (c - u * regions->x_high) / v},
                                  {(c - v * regions->y_low) / u, regions->y_low},
                                  {(c - v * regions->y_high) / u, regions->y_high}};
    int count = 0;
    for (int i = 0; i < 4 && count < 2; i++)
        if (inside(regions, meetings[i])) points[count++] = meetings[i];
    return count;
}

int plot_line_before(Session *session, const Classifier *classifier, const Regions *regions,
                     Series *series)
{
    double sum;
    int point = point_before(session);
    if (point < 0 || !has_line(session, classifier, &sum)) return 0;
    const Net *net = session_net(session);
    const Record *record = session->record;
    double u = record_value(record, point, net_weight(net, 1, 1, 1));
    double v = record_value(record, point, net_weight(net, 1, 2, 1));
    if (net_affine(net, 1)->biased) sum -= record_value(record, point, net_bias(net, 1, 1));
    PlotPoint *ends = arena_new(&session->arena, 2 * sizeof *ends);
    if (meet_border(u, v, sum, regions, ends) < 2) return 0;
    Prose name = prose_print(session, "the line after epoch %d", record->epochs[point]);
    *series = (Series){name, SERIES_LINE, classifier->count, ends, 2};
    return 1;
}

void plot_line_note(Session *session, const Classifier *classifier)
{
    const Net *net = session_net(session);
    double sum;
    if (!has_line(session, classifier, &sum)) return;
    emit_note(session, "the line: %e = %n, now %e = %n",
              explain_formula(&session->explainer, net->vectors[net_affine(net, 1)->out].at), sum,
              perceptron_sum(session, session->pass->value, 0), sum);
    const Record *record = session->record;
    int point = point_before(session);
    if (point >= 0)
        emit_note(session, "after epoch %d it was %e = %n: the thin line, where it is in sight",
                  record->epochs[point], perceptron_sum(session, record_values(record, point), 0),
                  sum);
}
