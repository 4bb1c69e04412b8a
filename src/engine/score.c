#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/classifier.h"
#include "engine/score.h"
#include "engine/sweep.h"

/* What kind of classifier. */

static bool is_bit(double y)
{
    return y == 0 || y == 1;
}

static bool is_sign(double y)
{
    return y == -1 || y == 1;
}

static bool all_targets(const Dataset *data, bool (*are)(double y))
{
    for (size_t row = 0; row < data->rows; row++)
        for (int i = 0; i < data->targets; i++)
            if (!are(dataset_targets(data, row)[i])) return false;
    return true;
}

static bool fits_largest(const Activation *last, const Dataset *data)
{
    bool one_hot = data && data->targets > 1 && first_not_one_hot(data) == data->rows;
    return last->range == RANGE_DISTRIBUTION || one_hot;
}

static bool fits_half(const Activation *last, const Dataset *data)
{
    return last->range == RANGE_PROBABILITY && data && all_targets(data, is_bit);
}

static bool fits_sign(const Activation *last, const Dataset *data)
{
    static const char *const names[] = {"step", "tanh", "linear"};
    bool either_sign = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        either_sign |= !strcmp(last->name, names[i]);
    return either_sign && data && all_targets(data, is_sign);
}

static bool fits_any(const Activation *last, const Dataset *data)
{
    (void)last, (void)data;
    return true;
}

static bool (*const fits[])(const Activation *last, const Dataset *data) = {
    [SCORE_LARGEST] = fits_largest,
    [SCORE_HALF] = fits_half,
    [SCORE_SIGN] = fits_sign,
    [SCORE_REGRESSION] = fits_any,
};

ScoreKind score_kind_of_both(const Pass *pass, const Dataset *data, const Dataset *rows)
{
    const Activation *last = architecture_output(&pass->net->architecture);
    ScoreKind kind = SCORE_LARGEST;
    while (!fits[kind](last, data) || !fits[kind](last, rows)) kind++;
    return kind;
}

ScoreKind score_kind(const Pass *pass, const Dataset *data)
{
    return score_kind_of_both(pass, data, data);
}

/* What it decides. */

int score_classes(ScoreKind kind, int count)
{
    if (kind == SCORE_LARGEST) return count;
    return kind != SCORE_REGRESSION && count == 1 ? 2 : 0;
}

static int side(ScoreKind kind, double output)
{
    return class_by_threshold(output, kind == SCORE_HALF ? 0.5 : 0);
}

int score_class(ScoreKind kind, const double *outputs, int count)
{
    return kind == SCORE_LARGEST ? class_of_largest(outputs, count) : side(kind, *outputs);
}

static void count_decision(Score *score, int truth, int decision)
{
    score->decisions++;
    score->right += decision == truth;
    score->undecided += decision < 0;
    if (score->confusion && decision >= 0) score->confusion[truth * score->classes + decision]++;
}

static void judge(Score *score, const double *y, const double *yhat, int count)
{
    if (score_classes(score->kind, count)) {
        count_decision(score, score_class(score->kind, y, count),
                       score_class(score->kind, yhat, count));
        return;
    }
    for (int i = 0; i < count; i++)
        count_decision(score, side(score->kind, y[i]), side(score->kind, yhat[i]));
}

/* How a regression fits: the squares, then what follows from them. */

typedef struct Squares {
    double mean;     /* of y */
    bool varies;     /* y does: where it does not, rounding may leave a spread all the same */
    double residual; /* Σ(y - ŷ)² */
    double spread;   /* Σ(y - mean)² */
} Squares;

static Squares *squares_new(const Dataset *rows)
{
    Squares *squares = memory_new((size_t)rows->targets * sizeof *squares);
    for (size_t row = 0; row < rows->rows; row++)
        for (int i = 0; i < rows->targets; i++) {
            squares[i].mean += dataset_targets(rows, row)[i];
            squares[i].varies |= dataset_targets(rows, row)[i] != dataset_targets(rows, 0)[i];
        }
    for (int i = 0; i < rows->targets; i++) squares[i].mean /= (double)rows->rows;
    return squares;
}

static void add_squares(Squares *squares, const double *y, const double *yhat, int count)
{
    for (int i = 0; i < count; i++) {
        squares[i].residual += (y[i] - yhat[i]) * (y[i] - yhat[i]);
        squares[i].spread += (y[i] - squares[i].mean) * (y[i] - squares[i].mean);
    }
}

static ScoreFit *fits_new(const Squares *squares, int count, size_t rows)
{
    ScoreFit *result = memory_new((size_t)count * sizeof *result);
    for (int i = 0; i < count; i++)
        result[i] =
            (ScoreFit){sqrt(squares[i].residual / (double)rows),
                       squares[i].varies ? 1 - squares[i].residual / squares[i].spread : NAN};
    return result;
}

/* The rows. */

static void go_forward(void *self, Pass *pass)
{
    (void)self;
    pass_forward(pass);
}

static const Forward exactly = {go_forward, NULL};

/* The only place where the network runs: on the inputs X and, for its loss, the targets Y.
   Returns its outputs. What a pinned node would give is no prediction, and batch norms use what
   they have learnt: PASS is a copy of what is stored. */
static const double *run(Pass *pass, Forward forward, const double *x, const double *y)
{
    pass_load(pass, 0, x, y);
    forward.go(forward.self, pass);
    return pass->value + pass->net->vectors[pass->net->prediction].at;
}

void score_outputs(const Pass *from, const double *inputs, double *outputs)
{
    Pass *pass = pass_copy_stored(from);
    size_t count = (size_t)pass->net->vectors[pass->net->prediction].size;
    memory_copy_numbers(outputs, run(pass, exactly, inputs, NULL), count);
    pass_free(pass);
}

static bool targets_fit(const Pass *pass, const Dataset *rows, size_t row, Error *err)
{
    Error why;
    return loss_accepts(pass->loss, dataset_targets(rows, row), rows->targets, &why) ||
           fail(err, 0, "row %zu of %s: %s", row + 1, rows->name, why.message);
}

static bool run_all(Score *score, Pass *pass, Forward forward, const Dataset *rows,
                    Squares *squares, const volatile sig_atomic_t *interrupted, Error *err)
{
    for (size_t row = 0; row < rows->rows; row++) {
        const double *y = dataset_targets(rows, row);
        score->stopped = interrupted && *interrupted;
        if (score->stopped) return fail(err, 0, "interrupted");
        if (!targets_fit(pass, rows, row, err)) return false;
        const double *yhat = run(pass, forward, dataset_inputs(rows, row), y);
        score->loss += pass_loss(pass);
        if (squares)
            add_squares(squares, y, yhat, rows->targets);
        else
            judge(score, y, yhat, rows->targets);
    }
    score->loss /= (double)rows->rows;
    return true;
}

bool score_with(Score *score, Pass *pass, Forward forward, const Dataset *rows, ScoreKind kind,
                const volatile sig_atomic_t *interrupted, Error *err)
{
    *score = (Score){.kind = kind, .rows = rows->rows};
    size_t classes = (size_t)score_classes(kind, rows->targets);
    if (classes && classes <= SCORE_CLASS_LIMIT) {
        score->classes = (int)classes;
        score->confusion = memory_new(classes * classes * sizeof *score->confusion);
    }
    Squares *squares = kind == SCORE_REGRESSION ? squares_new(rows) : NULL;
    bool done = run_all(score, pass, forward, rows, squares, interrupted, err);
    if (squares && done) score->fits = fits_new(squares, rows->targets, rows->rows);
    free(squares);
    return done;
}

bool score_rows(Score *score, const Pass *from, const Dataset *rows, ScoreKind kind,
                const volatile sig_atomic_t *interrupted, Error *err)
{
    Pass *pass = pass_copy_stored(from);
    bool done = score_with(score, pass, exactly, rows, kind, interrupted, err);
    pass_free(pass);
    return done;
}

void score_release(Score *score)
{
    free(score->confusion);
    free(score->fits);
    *score = (Score){0};
}
