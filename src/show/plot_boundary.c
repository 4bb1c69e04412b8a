/* What a classifier of two inputs predicts where, and the data's rows there. */
#include <math.h>
#include <string.h>

#include "engine/classifier.h"
#include "show/plot.h"
#include "show/plot_line.h"

enum { GRID_ROWS = 64, GRID_COLUMNS = 160, MOST_POINTS = 2000 };

/* A row of the data as a point of the plane. */
typedef struct Sample {
    PlotPoint at;
    int class;
    bool wrong;
} Sample;

typedef struct Plane {
    Session *session;
    const Dataset *data;
    Pass *pass; /* of one row, to try points in: batch norms go by their running statistics */
    Classifier classifier;
    const Prose *names; /* [classifier.count] */
    Regions regions;
    int *cells; /* what the regions point to */
    Sample *samples;
    int sample_count;
    size_t every; /* row that is a sample */
} Plane;

/* Preparing. */

static bool fits_plane(const Session *session, Error *err)
{
    const Dataset *data = session->data;
    const Architecture *made = &session_net(session)->architecture;
    int gives = made->sizes[made->layers];
    if (made->sizes[0] != 2)
        return fail(err, 0, "a boundary is drawn over two inputs, and this network has %d",
                    made->sizes[0]);
    if (!data) return fail(err, 0, "there is no data to draw: `data xor` loads some");
    if (data->inputs == 2 && data->targets == gives) return true;
    return fail(err, 0,
                "the data has %d inputs and %d target%s, but the network takes 2 and gives %d",
                data->inputs, data->targets, plural(data->targets), gives);
}

/* The range of an input, a tenth wider at either end. */
static bool range_of(const Dataset *data, int input, double *low, double *high, Error *err)
{
    *low = INFINITY, *high = -INFINITY;
    for (size_t row = 0; row < data->rows; row++) {
        *low = fmin(*low, dataset_inputs(data, row)[input]);
        *high = fmax(*high, dataset_inputs(data, row)[input]);
    }
    double margin = *high > *low ? (*high - *low) / 10 : 1;
    *low -= margin;
    *high += margin;
    if (fabs(*low) <= 1e300 && fabs(*high) <= 1e300) return true;
    return fail(err, 0, "the values of %s are too large to draw", data->columns[input]);
}

static const Prose *class_names(Session *session, const Classifier *classifier)
{
    const Dataset *data = session->data;
    Prose *names = arena_new(&session->arena, sizeof *names * (size_t)classifier->count);
    for (int i = 0; i < classifier->count; i++)
        names[i] = classifier->outputs > 1
                       ? prose_print(session, "%f", data->columns[data->inputs + i])
                       : prose_print(session, "%f = %n", data->columns[data->inputs],
                                     classifier->values[i]);
    return names;
}

/* Predicting. */

static int predict(const Plane *plane, double x, double y)
{
    Pass *pass = plane->pass;
    pass_load(pass, 0, (double[]){x, y}, NULL);
    pass_forward(pass);
    const Vector *prediction = &pass->net->vectors[pass->net->prediction];
    return classifier_predicts(&plane->classifier, pass->value + prediction->at);
}

static bool predict_grid(Plane *plane, Error *err)
{
    Regions *regions = &plane->regions;
    double width = regions->x_high - regions->x_low, height = regions->y_high - regions->y_low;
    plane->cells = arena_new(&plane->session->arena, sizeof(int) * GRID_ROWS * GRID_COLUMNS);
    for (int row = 0; row < GRID_ROWS; row++) {
        double y = regions->y_low + height * (row + 0.5) / GRID_ROWS;
        for (int column = 0; column < GRID_COLUMNS; column++) {
            if (session_interrupted(plane->session)) return session_stop(plane->session, err);
            double x = regions->x_low + width * (column + 0.5) / GRID_COLUMNS;
            plane->cells[row * GRID_COLUMNS + column] = predict(plane, x, y);
        }
    }
    regions->rows = GRID_ROWS, regions->columns = GRID_COLUMNS;
    regions->cells = plane->cells;
    return true;
}

static bool take_samples(Plane *plane, Error *err)
{
    const Dataset *data = plane->data;
    plane->every = (data->rows + MOST_POINTS - 1) / MOST_POINTS;
    plane->samples = arena_new(&plane->session->arena, sizeof(Sample) * MOST_POINTS);
    for (size_t row = 0; row < data->rows; row += plane->every) {
        if (session_interrupted(plane->session)) return session_stop(plane->session, err);
        const double *x = dataset_inputs(data, row);
        int class = classifier_actual(&plane->classifier, dataset_targets(data, row));
        plane->samples[plane->sample_count++] =
            (Sample){{x[0], x[1]}, class, predict(plane, x[0], x[1]) != class};
    }
    return true;
}

/* Drawing. */

static Series pick_samples(const Plane *plane, int class, bool wrong)
{
    Series series = {plane->names[class], wrong ? SERIES_WRONG : SERIES_POINTS, class, NULL, 0};
    PlotPoint *points =
        arena_new(&plane->session->arena, sizeof *points * (size_t)plane->sample_count);
    for (int i = 0; i < plane->sample_count; i++)
        if (plane->samples[i].class == class && plane->samples[i].wrong == wrong)
            points[series.count++] = plane->samples[i].at;
    series.points = points;
    return series;
}

/* The wrong ones last, so that no other point covers them. */
static int group_samples(const Plane *plane, Series *series)
{
    int count = 0;
    for (int wrong = 0; wrong < 2; wrong++)
        for (int class = 0; class < plane->classifier.count; class ++) {
            series[count] = pick_samples(plane, class, wrong);
            if (series[count].count) count++;
        }
    return count;
}

static Prose title(const Plane *plane)
{
    long right = 0, all = plane->sample_count;
    for (int i = 0; i < plane->sample_count; i++) right += !plane->samples[i].wrong;
    if (plane->every == 1)
        return prose_print(plane->session, "decision boundary: %d of %d rows predicted rightly",
                           right, all);
    return prose_print(plane->session,
                       "decision boundary: %d of %d rows predicted rightly, one row in %d drawn",
                       right, all, (long)plane->every);
}

static void draw(const Plane *plane)
{
    Session *session = plane->session;
    Series *series =
        arena_new(&session->arena, sizeof *series * (2 * (size_t)plane->classifier.count + 1));
    int count = group_samples(plane, series);
    count += plot_line_before(session, &plane->classifier, &plane->regions, &series[count]);
    emit_plot(session, &(Plot){.title = title(plane),
                               .x = prose_print(session, "%f", plane->data->columns[0]),
                               .y = prose_print(session, "%f", plane->data->columns[1]),
                               .series = series,
                               .series_count = count,
                               .regions = plane->regions});
}

bool plot_boundary(Session *session, Error *err)
{
    Plane plane = {.session = session, .data = session->data};
    Regions *regions = &plane.regions;
    if (!fits_plane(session, err) ||
        !classifier_of(session_net(session), session->data, &plane.classifier, err) ||
        !range_of(session->data, 0, &regions->x_low, &regions->x_high, err) ||
        !range_of(session->data, 1, &regions->y_low, &regions->y_high, err))
        return false;
    plane.pass = pass_copy_stored(session->pass);
    plane.names = regions->classes = class_names(session, &plane.classifier);
    regions->class_count = plane.classifier.count;
    bool ok = predict_grid(&plane, err) && take_samples(&plane, err);
    if (ok) {
        draw(&plane);
        plot_line_note(session, &plane.classifier);
    }
    pass_free(plane.pass);
    return ok;
}
