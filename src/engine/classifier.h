/* Classifiers: which class a network's outputs say, and which the targets do.

   Read off the data and the last layer; knows no pass and computes no prediction. A class is
   counted from 0, and -1 where a number that it depends on is not a number. */
#ifndef ENGINE_CLASSIFIER_H
#define ENGINE_CLASSIFIER_H

#include "engine/dataset.h"
#include "engine/net.h"

/* One output tells two classes apart by a threshold; of several the largest wins. */
typedef struct Classifier {
    int outputs, count;
    double values[2];      /* of one output: the targets of the two classes */
    double threshold;      /* ŷ above this is the second class */
    double target_between; /* a target above this is */
} Classifier;

/* How NET, which fits DATA, learns classes from it. The error says why there are none. */
bool classifier_of(const Net *net, const Dataset *data, Classifier *classifier, Error *err);

int classifier_predicts(const Classifier *classifier, const double *yhat);
int classifier_actual(const Classifier *classifier, const double *y);

/* What both come to: of OUTPUTS[COUNT] the largest, of equals the first; and whether OUTPUT is
   above THRESHOLD. */
int class_of_largest(const double *outputs, int count);
int class_by_threshold(double output, double threshold);

/* The first row whose targets are not one 1 among zeros; the number of rows when all are so. */
size_t first_not_one_hot(const Dataset *data);

#endif
