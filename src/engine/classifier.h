/* Classifiers: which class a network's outputs say, and which the targets do.

   Read off the data and the last layer; knows no pass and computes no prediction. */
#ifndef ENGINE_CLASSIFIER_H
#define ENGINE_CLASSIFIER_H

#include "engine/dataset.h"
#include "engine/net.h"

/* One output tells two classes apart by a threshold; of several the largest wins. */
typedef struct Classifier {
    int outputs, count;
    double values[2];      /* of one output: the targets of the two classes */
    double threshold;      /* ŷ from here on is the second class */
    double target_between; /* a target above this is */
} Classifier;

/* How NET, which fits DATA, learns classes from it. The error says why there are none. */
bool classifier_of(const Net *net, const Dataset *data, Classifier *classifier, Error *err);

int classifier_predicts(const Classifier *classifier, const double *yhat); /* -1: not a number */
int classifier_actual(const Classifier *classifier, const double *y);

#endif
