#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "engine/dataset.h"
#include "engine/dataset_csv.h"

static size_t width(const Dataset *data)
{
    return (size_t)data->inputs + (size_t)data->targets;
}

typedef struct Spread {
    double low, high, mean;
    double squares; /* sum of the squared distances from the mean */
    bool label;     /* nothing but -1, 0 and 1 */
} Spread;

static void measure(const Dataset *data, Spread *spreads)
{
    for (size_t j = 0; j < width(data); j++) spreads[j] = (Spread){INFINITY, -INFINITY, 0, 0, true};
    for (size_t row = 0; row < data->rows; row++) {
        const double *x = dataset_inputs(data, row);
        for (size_t j = 0; j < width(data); j++) {
            spreads[j].low = fmin(spreads[j].low, x[j]);
            spreads[j].high = fmax(spreads[j].high, x[j]);
            spreads[j].mean += x[j];
            spreads[j].label &= x[j] == -1 || x[j] == 0 || x[j] == 1;
        }
    }
    for (size_t j = 0; j < width(data); j++) spreads[j].mean /= (double)data->rows;
    for (size_t row = 0; row < data->rows; row++) {
        const double *x = dataset_inputs(data, row);
        for (size_t j = 0; j < width(data); j++)
            spreads[j].squares += (x[j] - spreads[j].mean) * (x[j] - spreads[j].mean);
    }
}

static ColumnScale choose_scale(const Dataset *data, size_t column, const Spread *spread,
                                Scaling scaling)
{
    bool classes = column >= (size_t)data->inputs && spread->label;
    if (scaling == SCALING_NONE || classes || spread->low == spread->high)
        return (ColumnScale){0, 1};
    if (scaling == SCALING_MINMAX) return (ColumnScale){spread->low, spread->high - spread->low};
    return (ColumnScale){spread->mean, sqrt(spread->squares / (double)data->rows)};
}

static void refuse_scaling(const char *column, ColumnScale scale, Error *err)
{
    char shown[CSV_EXCERPT_SIZE];
    fail(err, 0, "column %s cannot be scaled: the distances between its values are too %s",
         csv_excerpt(shown, column, strlen(column)), scale.unit == 0 ? "small" : "large");
}

static bool choose_scales(const Dataset *data, Scaling scaling, ColumnScale *scales, Error *err)
{
    Spread *spreads = memory_new(width(data) * sizeof *spreads);
    measure(data, spreads);
    bool fits = true;
    for (size_t j = 0; fits && j < width(data); j++) {
        scales[j] = choose_scale(data, j, &spreads[j], scaling);
        fits = isfinite(scales[j].center) && isfinite(scales[j].unit) && scales[j].unit > 0;
        if (!fits) refuse_scaling(data->columns[j], scales[j], err);
    }
    free(spreads);
    return fits;
}

/* All of DATA but its values. */
static Dataset *copy_frame(const Dataset *data, const ColumnScale *scales)
{
    Dataset *copy = memory_new(sizeof *copy);
    *copy = *data;
    copy->references = 1;
    copy->name = memory_copy(data->name);
    copy->target = data->target ? memory_copy(data->target) : NULL;
    copy->columns = memory_new(width(data) * sizeof *copy->columns);
    for (size_t j = 0; j < width(data); j++) copy->columns[j] = memory_copy(data->columns[j]);
    for (int i = 0; i < 2 && data->signs[i]; i++) copy->signs[i] = memory_copy(data->signs[i]);
    copy->scales = memory_new(width(data) * sizeof *copy->scales);
    memcpy(copy->scales, scales, width(data) * sizeof *copy->scales);
    copy->values = NULL;
    return copy;
}

static double scale(ColumnScale column, double value)
{
    return (value - column.center) / column.unit;
}

static bool fill(Dataset *copy, const Dataset *data, Error *err)
{
    const double *from = data->values;
    double *to = copy->values = malloc(data->rows * width(data) * sizeof *to);
    if (!to)
        return fail(err, 0, "out of memory: a scaled copy of %zu rows does not fit", data->rows);
    for (size_t row = 0; row < data->rows; row++)
        for (size_t j = 0; j < width(data); j++) {
            *to = scale(copy->scales[j], *from++);
            if (!isfinite(*to++))
                return fail(err, 0, "%s: row %zu: %s is too far off the scale of the data",
                            data->name, row + 1, data->columns[j]);
        }
    return true;
}

static Dataset *scaled_copy(const Dataset *data, Scaling scaling, const ColumnScale *scales,
                            Error *err)
{
    Dataset *copy = copy_frame(data, scales);
    copy->scaling = scaling;
    if (fill(copy, data, err)) return copy;
    dataset_release(copy);
    return NULL;
}

Dataset *dataset_scale(const Dataset *data, Scaling scaling, Error *err)
{
    ColumnScale *scales = memory_new(width(data) * sizeof *scales);
    bool chosen = choose_scales(data, scaling, scales, err);
    Dataset *copy = chosen ? scaled_copy(data, scaling, scales, err) : NULL;
    free(scales);
    return copy;
}

/* A column that is called otherwise may well be the same; one that bears the name of another
   is not. */
static bool same_order(const Dataset *raw, const Dataset *scaled, Error *err)
{
    size_t j = 0, k = 0;
    while (j < width(raw) && !strcmp(raw->columns[j], scaled->columns[j])) j++;
    if (j == width(raw)) return true;
    while (k < width(raw) && strcmp(raw->columns[j], scaled->columns[k]) != 0) k++;
    return k == width(raw) ||
           fail(err, 0, "%s: its columns come in another order than those of %s: %s instead of %s",
                raw->name, scaled->name, raw->columns[j], scaled->columns[j]);
}

static bool same_columns(const Dataset *raw, const Dataset *scaled, Error *err)
{
    if (raw->inputs == scaled->inputs && raw->targets == scaled->targets)
        return same_order(raw, scaled, err);
    return fail(err, 0, "%s has %d input%s and %d target%s, but %s has %d and %d", raw->name,
                raw->inputs, plural(raw->inputs), raw->targets, plural(raw->targets), scaled->name,
                scaled->inputs, scaled->targets);
}

Dataset *dataset_scale_like(const Dataset *raw, const Dataset *scaled, Error *err)
{
    if (!same_columns(raw, scaled, err)) return NULL;
    return scaled_copy(raw, scaled->scaling, scaled->scales, err);
}

void dataset_scale_inputs(const Dataset *data, const double *inputs, double *to)
{
    for (int i = 0; i < data->inputs; i++) to[i] = scale(data->scales[i], inputs[i]);
}

void dataset_unscale_targets(const Dataset *data, const double *targets, double *to)
{
    const ColumnScale *scales = data->scales + data->inputs;
    for (int i = 0; i < data->targets; i++) to[i] = targets[i] * scales[i].unit + scales[i].center;
}
