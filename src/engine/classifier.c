#include <math.h>

#include "engine/classifier.h"

/* Whether every target is one of two values; a second one that never occurs is NaN. */
static bool two_values(const Dataset *data, double values[2])
{
    values[0] = dataset_targets(data, 0)[0];
    values[1] = NAN;
    for (size_t row = 1; row < data->rows; row++) {
        double y = dataset_targets(data, row)[0];
        if (y == values[0] || y == values[1]) continue;
        if (!isnan(values[1])) return false;
        values[1] = y;
    }
    if (values[0] > values[1]) {
        double lower = values[1];
        values[1] = values[0];
        values[0] = lower;
    }
    return true;
}

/* What the outputs of the last layer say by themselves. */
static bool natural_values(OutputRange range, double values[2])
{
    if (range != RANGE_PROBABILITY && range != RANGE_SIGNS) return false;
    values[0] = range == RANGE_SIGNS ? -1 : 0;
    values[1] = 1;
    return true;
}

static bool classifier_of_one(OutputRange range, const Dataset *data, Classifier *classifier,
                              Error *err)
{
    double *values = classifier->values, natural[2];
    if (!two_values(data, values))
        return fail(err, 0,
                    "the target %s takes more than two values, so there are no classes "
                    "to draw a boundary between",
                    data->columns[data->inputs]);
    bool known = natural_values(range, natural);
    if (isnan(values[1]) && !known)
        return fail(err, 0, "the target %s is the same in all rows, so there are no two classes",
                    data->columns[data->inputs]);
    if (isnan(values[1])) values[0] = natural[0], values[1] = natural[1];
    classifier->count = 2;
    classifier->target_between = (values[0] + values[1]) / 2;
    classifier->threshold = known ? (natural[0] + natural[1]) / 2 : classifier->target_between;
    return true;
}

static bool is_one_hot(const double *y, int count)
{
    int ones = 0, zeros = 0;
    for (int i = 0; i < count; i++) {
        ones += y[i] == 1;
        zeros += y[i] == 0;
    }
    return ones == 1 && ones + zeros == count;
}

size_t first_not_one_hot(const Dataset *data)
{
    size_t row = 0;
    while (row < data->rows && is_one_hot(dataset_targets(data, row), data->targets)) row++;
    return row;
}

bool classifier_of(const Net *net, const Dataset *data, Classifier *classifier, Error *err)
{
    const Architecture *made = &net->architecture;
    int outputs = classifier->outputs = classifier->count = made->sizes[made->layers];
    if (outputs == 1)
        return classifier_of_one(architecture_output(made)->range, data, classifier, err);
    size_t odd = first_not_one_hot(data);
    return odd == data->rows ||
           fail(err, 0,
                "the targets of row %zu are not one 1 among zeros, so the %d "
                "outputs are no classes; `data FILE target=COLUMN:onehot` makes "
                "such targets",
                odd + 1, outputs);
}

int class_of_largest(const double *outputs, int count)
{
    int first = 0;
    for (int i = 0; i < count; i++) {
        if (isnan(outputs[i])) return -1;
        if (outputs[i] > outputs[first]) first = i;
    }
    return first;
}

int class_by_threshold(double output, double threshold)
{
    return isnan(output) ? -1 : output > threshold;
}

int classifier_predicts(const Classifier *classifier, const double *yhat)
{
    return classifier->outputs > 1 ? class_of_largest(yhat, classifier->outputs)
                                   : class_by_threshold(*yhat, classifier->threshold);
}

int classifier_actual(const Classifier *classifier, const double *y)
{
    return classifier->outputs > 1 ? class_of_largest(y, classifier->outputs)
                                   : class_by_threshold(*y, classifier->target_between);
}
