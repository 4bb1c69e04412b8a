/* L as a function of one parameter. */
#include <math.h>
#include <string.h>

#include "show/plot.h"

enum { SAMPLES = 201, DOUBLINGS = 200, SECTIONS = 80 };

/* A pass to try values in. */
typedef struct Trial {
    const Session *session; /* whose user may interrupt it */
    Pass *pass;
    size_t parameter;
} Trial;

/* What is not a number counts as higher than anything, as infinity does; and so, quickly, does
   all that comes after an interrupt. */
static double loss_at(const Trial *trial, double value)
{
    if (session_interrupted(trial->session)) return INFINITY;
    trial->pass->value[trial->parameter] = value;
    pass_forward(trial->pass);
    double loss = pass_loss(trial->pass);
    return isnan(loss) ? INFINITY : loss;
}

static PlotPoint point_at(const Trial *trial, double value)
{
    return (PlotPoint){value, loss_at(trial, value)};
}

/* A minimum lies between the outer two: the middle one is below them. */
typedef struct Bracket {
    PlotPoint left, middle, right;
} Bracket;

/* By more than rounding. */
static bool is_above(double a, double b)
{
    return a > b && !(a - b <= 1e-12 * fabs(b));
}

/* Goes from START by STEP, 2 STEP, 4 STEP, ... until L is above the lowest that was met;
   false when it never is. */
static bool walk(const Trial *trial, double start, double step, PlotPoint *lowest, PlotPoint *end)
{
    for (int i = 0; i < DOUBLINGS; i++, step *= 2) {
        *end = point_at(trial, start + step);
        if (is_above(end->y, lowest->y)) return true;
        if (end->y <= lowest->y) *lowest = *end;
    }
    return false;
}

/* Downhill until it goes up again, and from a start as low as that in the other direction. */
static bool find_bracket(const Trial *trial, PlotPoint start, double step, Bracket *bracket)
{
    PlotPoint lowest = start, end, other = start;
    if (!walk(trial, start.x, step, &lowest, &end)) return false;
    if (!is_above(start.y, lowest.y) && !walk(trial, start.x, -step, &lowest, &other)) return false;
    *bracket = step > 0 ? (Bracket){other, lowest, end} : (Bracket){end, lowest, other};
    return true;
}

/* Where the parabola through the three points has its vertex. */
static double vertex(const Bracket *b)
{
    double left = b->middle.x - b->left.x, right = b->middle.x - b->right.x;
    double up = b->middle.y - b->right.y, down = b->middle.y - b->left.y;
    double above = left * left * up - right * right * down, below = left * up - right * down;
    return b->middle.x - above / (2 * below);
}

/* Golden section: the wider side is cut, and what lies beyond the higher point goes. */
static void narrow(const Trial *trial, Bracket *b)
{
    static const double GOLDEN = 0.3819660112501051; /* (3 - √5)/2 */
    bool on_right = b->right.x - b->middle.x > b->middle.x - b->left.x;
    double end = on_right ? b->right.x : b->left.x;
    PlotPoint next = point_at(trial, b->middle.x + GOLDEN * (end - b->middle.x));
    if (next.y < b->middle.y) {
        *(on_right ? &b->left : &b->right) = b->middle;
        b->middle = next;
    } else {
        *(on_right ? &b->right : &b->left) = next;
    }
}

/* Near its bottom L is flat to half of a double's digits; a wide parabola, which a quadratic L
   is, knows the other half. */
static PlotPoint refine(const Trial *trial, PlotPoint middle, double reach)
{
    Bracket wide = {point_at(trial, middle.x - reach), middle, point_at(trial, middle.x + reach)};
    PlotPoint refined = point_at(trial, vertex(&wide));
    return refined.y <= middle.y ? refined : middle;
}

/* The first minimum downhill from START. */
static bool find_minimum(const Trial *trial, PlotPoint start, double slope, PlotPoint *minimum)
{
    Bracket bracket;
    double step = 1e-6 * fmax(1, fabs(start.x));
    if (!find_bracket(trial, start, slope > 0 ? -step : step, &bracket)) return false;
    double reach = (bracket.right.x - bracket.left.x) / 16;
    for (int i = 0; i < SECTIONS; i++) narrow(trial, &bracket);
    *minimum = refine(trial, bracket.middle, reach);
    return true;
}

/* What is drawn of the curve. */
typedef struct Curve {
    PlotPoint here, minimum;
    bool has_minimum, flat;
    double slope, low, high;
    PlotPoint samples[SAMPLES], tangent[2];
} Curve;

/* The minimum in the middle, the present value well inside. */
static void choose_range(Curve *curve)
{
    double size = fmax(1, fabs(curve->here.x));
    double middle = curve->here.x, half = 2 * size;
    if (curve->has_minimum) {
        middle = curve->minimum.x;
        half = fmax(1.5 * fabs(curve->here.x - middle), size / 2);
    }
    curve->low = middle - half;
    curve->high = middle + half;
}

static void sample(const Trial *trial, Curve *curve)
{
    curve->flat = true;
    for (int i = 0; i < SAMPLES; i++) {
        double part = (double)i / (SAMPLES - 1);
        double x = curve->low + (curve->high - curve->low) * part;
        curve->samples[i] = point_at(trial, x);
        if (curve->samples[i].y != curve->here.y) curve->flat = false;
    }
    for (int i = 0; i < 2; i++) {
        double x = i ? curve->high : curve->low;
        curve->tangent[i] = (PlotPoint){x, curve->here.y + curve->slope * (x - curve->here.x)};
    }
}

static bool trace(Session *session, size_t parameter, Curve *curve, Error *err)
{
    Trial trial = {session, pass_copy(session->pass), parameter};
    curve->here = point_at(&trial, session->pass->value[parameter]);
    curve->has_minimum = find_minimum(&trial, curve->here, curve->slope, &curve->minimum);
    choose_range(curve);
    sample(&trial, curve);
    pass_free(trial.pass);
    return !session_interrupted(session) || session_stop(session, err);
}

/* Next to the heights that are drawn, a rounding error is 0. */
static double readable_minimum(const Curve *curve)
{
    double highest = fmax(curve->samples[0].y, curve->samples[SAMPLES - 1].y);
    return fabs(curve->minimum.y) < 1e-15 * highest ? 0 : curve->minimum.y;
}

/* The rows that L is of: one of several, or the mean of a batch. */
static const char *loss_name(Session *session)
{
    int rows = session->pass->rows;
    if (rows > 1) return arena_print(&session->arena, "L, the mean of %d rows,", rows);
    if (session->trainer.rows.count == 1) return "L";
    return arena_print(&session->arena, "L of row %zu", session_row(session) + 1);
}

static Prose title(Session *session, const Curve *curve, size_t parameter)
{
    const Expr *symbol = explain_symbol(&session->explainer, parameter);
    const Expr *gradient = explain_gradient(&session->explainer, parameter, curve->slope);
    const char *loss = loss_name(session);
    if (curve->flat)
        return prose_print(session, "%s is %n whatever %e is: %e = %n", loss, curve->here.y, symbol,
                           gradient, curve->slope);
    if (!curve->has_minimum)
        return prose_print(session, "%s over %e: slope %e = %n at %n, no minimum in reach", loss,
                           symbol, gradient, curve->slope, curve->here.x);
    return prose_print(session, "%s over %e: slope %e = %n at %n, minimum L = %n at %n", loss,
                       symbol, gradient, curve->slope, curve->here.x, readable_minimum(curve),
                       curve->minimum.x);
}

bool plot_curve(Session *session, size_t parameter, int column, Error *err)
{
    Curve curve = {0};
    if (!isfinite(pass_loss(session->pass)))
        return fail(err, column, "L is not finite here, so there is no curve to draw");
    if (!session_adjoint(session, parameter, &curve.slope, err)) return false;
    if (!trace(session, parameter, &curve, err)) return false;
    const Expr *symbol = explain_symbol(&session->explainer, parameter);
    Series series[] = {{prose_print(session, "L"), SERIES_LINE, 0, curve.samples, SAMPLES},
                       {prose_print(session, "tangent"), SERIES_TANGENT, 0, curve.tangent, 2}};
    PlotMark marks[] = {
        {prose_print(session, "now: %e = %n, L = %n", symbol, curve.here.x, curve.here.y),
         curve.here},
        {prose_print(session, "minimum"), curve.minimum}};
    emit_plot(session, &(Plot){.title = title(session, &curve, parameter),
                               .x = prose_print(session, "%e", symbol),
                               .y = prose_print(session, "L"),
                               .series = series,
                               .series_count = isfinite(curve.slope) ? 2 : 1,
                               .marks = marks,
                               .mark_count = curve.has_minimum ? 2 : 1});
    return true;
}
