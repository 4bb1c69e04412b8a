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
static bool natural_values(Range range, double values[2])
{
    if (range != RANGE_PROBABILITY && range != RANGE_SIGNS) return false;
    values[0] = range == RANGE_SIGNS ? -1 : 0;
    values[1] = 1;
    return true;
}

static bool classifier_of_one(Range range, const Dataset *data, Classifier *classifier, Error *err)
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

bool classifier_of(const Net *net, const Dataset *data, Classifier *classifier, Error *err)
{
    const Architecture *made = &net->architecture;
    int outputs = classifier->outputs = classifier->count = made->sizes[made->layers];
    if (outputs == 1)
        return classifier_of_one(made->activations[made->layers - 1]->range, data, classifier, err);
    for (size_t row = 0; row < data->rows; row++)
        if (!is_one_hot(dataset_targets(data, row), outputs))
            return fail(err, 0,
                        "the targets of row %zu are not one 1 among zeros, so the %d "
                        "outputs are no classes; `data FILE target=COLUMN:onehot` makes "
                        "such targets",
                        row + 1, outputs);
    return true;
}

static int largest(const double *values, int count)
{
    int best = 0;
    for (int i = 0; i < count; i++) {
        if (isnan(values[i])) return -1;
        if (values[i] > values[best]) best = i;
    }
    return best;
}

int classifier_predicts(const Classifier *classifier, const double *yhat)
{
    if (classifier->outputs > 1) return largest(yhat, classifier->outputs);
    return isnan(*yhat) ? -1 : *yhat >= classifier->threshold;
}

int classifier_actual(const Classifier *classifier, const double *y)
{
    return classifier->outputs > 1 ? largest(y, classifier->outputs)
                                   : *y > classifier->target_between;
}
