#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/dataset.h"
#include "engine/dataset_csv.h"

static size_t width(const Dataset *data)
{
    return (size_t)data->inputs + (size_t)data->targets;
}

const double *dataset_inputs(const Dataset *data, size_t row)
{
    return data->values + row * width(data);
}

const double *dataset_targets(const Dataset *data, size_t row)
{
    return dataset_inputs(data, row) + data->inputs;
}

Dataset *dataset_retain(Dataset *data)
{
    if (data) data->references++;
    return data;
}

void dataset_release(Dataset *data)
{
    if (!data || --data->references > 0) return;
    for (size_t i = 0; data->columns && i < width(data); i++) free(data->columns[i]);
    free(data->columns);
    free(data->values);
    free(data->name);
    free(data->target);
    free(data);
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

typedef struct Line {
    double center, unit; /* x becomes (x - center)/unit */
} Line;

static Line choose_line(const Dataset *data, size_t column, const Spread *spread, Scaling scaling)
{
    bool classes = column >= (size_t)data->inputs && spread->label;
    if (scaling == SCALING_NONE || classes || spread->low == spread->high) return (Line){0, 1};
    if (scaling == SCALING_MINMAX) return (Line){spread->low, spread->high - spread->low};
    return (Line){spread->mean, sqrt(spread->squares / (double)data->rows)};
}

static void refuse_scaling(const char *column, Line line, Error *err)
{
    char shown[CSV_EXCERPT_SIZE];
    fail(err, 0, "column %s cannot be scaled: the distances between its values are too %s",
         csv_excerpt(shown, column, strlen(column)), line.unit == 0 ? "small" : "large");
}

static bool choose_lines(const Dataset *data, Scaling scaling, Line *lines, Error *err)
{
    Spread *spreads = memory_new(width(data) * sizeof *spreads);
    measure(data, spreads);
    bool fits = true;
    for (size_t j = 0; fits && j < width(data); j++) {
        lines[j] = choose_line(data, j, &spreads[j], scaling);
        fits = isfinite(lines[j].center) && isfinite(lines[j].unit) && lines[j].unit > 0;
        if (!fits) refuse_scaling(data->columns[j], lines[j], err);
    }
    free(spreads);
    return fits;
}

static Dataset *copy_frame(const Dataset *data)
{
    Dataset *copy = memory_new(sizeof *copy);
    *copy = *data;
    copy->references = 1;
    copy->name = memory_copy(data->name);
    copy->target = data->target ? memory_copy(data->target) : NULL;
    copy->columns = memory_new(width(data) * sizeof *copy->columns);
    for (size_t j = 0; j < width(data); j++) copy->columns[j] = memory_copy(data->columns[j]);
    copy->values = malloc(data->rows * width(data) * sizeof *copy->values);
    return copy;
}

static void fill_scaled(Dataset *copy, const double *from, const Line *lines)
{
    double *to = copy->values;
    for (size_t row = 0; row < copy->rows; row++)
        for (size_t j = 0; j < width(copy); j++)
            *to++ = (*from++ - lines[j].center) / lines[j].unit;
}

Dataset *dataset_scale(const Dataset *data, Scaling scaling, Error *err)
{
    Line *lines = memory_new(width(data) * sizeof *lines);
    Dataset *copy = NULL;
    if (choose_lines(data, scaling, lines, err)) {
        copy = copy_frame(data);
        copy->scaling = scaling;
        if (copy->values) {
            fill_scaled(copy, data->values, lines);
        } else {
            fail(err, 0, "out of memory: a scaled copy of %zu rows does not fit", data->rows);
            dataset_release(copy);
            copy = NULL;
        }
    }
    free(lines);
    return copy;
}
