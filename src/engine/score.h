/* Scores: how well a network does on rows whose targets are known.

   Runs a copy of the pass row by row; the pass, its memo and the rows stay as they are.
   Knows no names: classes and outputs go by number. */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/dataset.h"
#include "engine/pass.h"

/* What a network's outputs decide; it is a classifier of the first kind that fits. */
typedef enum ScoreKind {
    SCORE_LARGEST,   /* softmax, or one-hot targets: the class of the largest output */
    SCORE_HALF,      /* sigmoid with targets 0 and 1: each output, whether it is above 0.5 */
    SCORE_SIGN,      /* step, tanh or linear with targets -1 and +1: whether it is above 0 */
    SCORE_REGRESSION /* anything else: nothing, the outputs are what is wanted */
} ScoreKind;

/* The kind for a network trained on DATA. NULL: without rows only softmax tells. */
ScoreKind score_kind(const Pass *pass, const Dataset *data);

/* The same when it is to do for ROWS too, whose targets may be of another sort. */
ScoreKind score_kind_of_both(const Pass *pass, const Dataset *data, const Dataset *rows);

/* How many classes COUNT outputs tell apart as a whole; 0: each decides for itself, or
   nothing is decided. */
int score_classes(ScoreKind kind, int count);

/* The class, from 0, that OUTPUTS[COUNT] decide for as a whole; of equals the first. -1 when
   an output is not a number. */
int score_class(ScoreKind kind, const double *outputs, int count);

/* How a pass of one row goes forward, if not as ever. */
typedef struct Forward {
    void (*go)(void *self, Pass *pass);
    void *self;
} Forward;

/* The network's OUTPUTS for INPUTS, as many as it has of each. */
void score_outputs(const Pass *pass, const double *inputs, double *outputs);

/* How one output of a regression follows its target y. */
typedef struct ScoreFit {
    double root;      /* of the mean squared error: √(Σ(y - ŷ)² / rows) */
    double r_squared; /* 1 - Σ(y - ŷ)² / Σ(y - mean of y)²; NaN when y never changes */
} ScoreFit;

typedef struct Score {
    ScoreKind kind;
    size_t rows;
    double loss;       /* the sum of the rows' losses, in order, by their number */
    size_t decisions;  /* of a classifier: one for each row, or for each output that decides
                          for itself */
    size_t right;      /* of these */
    size_t undecided;  /* of these: the output is not a number; none of them is right */
    int classes;       /* 0: there is no table */
    size_t *confusion; /* [classes][classes]: rows of each class by what they were taken for */
    ScoreFit *fits;    /* [outputs] of a regression; else NULL */
    bool stopped;      /* it was interrupted */
} Score;

/* More classes than this make no table. */
enum { SCORE_CLASS_LIMIT = DATASET_CLASS_LIMIT };

/* Scores ROWS, which fit the network, as KIND. An error names the first row whose targets the
   loss cannot take. INTERRUPTED (may be NULL) is polled between rows. Release SCORE either way. */
bool score_rows(Score *score, const Pass *pass, const Dataset *rows, ScoreKind kind,
                const volatile sig_atomic_t *interrupted, Error *err);

/* The same for a PASS of one row, its caller's, that is written to and goes FORWARD. */
bool score_with(Score *score, Pass *pass, Forward forward, const Dataset *rows, ScoreKind kind,
                const volatile sig_atomic_t *interrupted, Error *err);
void score_release(Score *score);

#endif
