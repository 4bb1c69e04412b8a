/* Commands that put a network to use: evaluate, predict. */
#include <math.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "command/command.h"
#include "command/files.h"
#include "engine/score.h"
#include "session/emit.h"
#include "show/confusion.h"

static int input_count(const Session *session)
{
    const Net *net = session_net(session);
    return net->vectors[net->input].size;
}

static int output_count(const Session *session)
{
    const Net *net = session_net(session);
    return net->vectors[net->prediction].size;
}

static bool fits(const Session *session, const Dataset *data)
{
    return data->inputs == input_count(session) && data->targets == output_count(session);
}

static bool check_fit(const Session *session, const Dataset *data, Error *err)
{
    int takes = input_count(session), gives = output_count(session);
    if (fits(session, data)) return true;
    return fail(err, 0, "%s has %d input%s and %d target%s, but the network takes %d and gives %d",
                data->name, data->inputs, plural(data->inputs), data->targets,
                plural(data->targets), takes, gives);
}

/* Rows of another file, with the targets, the classes and the scale of the data. */
static Dataset *load_rows(Session *session, const Word *word, Error *err)
{
    const Dataset *raw = session->raw;
    DatasetOptions options = {
        .name = word->text, .like = raw, .interrupted = session->options.interrupted};
    if (raw) options.target = raw->target, options.header = raw->header;
    const char *path = files_find_data(session, word, err);
    Dataset *rows = path ? dataset_load(path, &options, err) : NULL;
    if (!rows && session_interrupted(session)) return session_stop(session, err), NULL;
    if (rows && session->data) {
        Dataset *scaled = dataset_scale_like(rows, session->data, err);
        dataset_release(rows);
        rows = scaled;
    }
    if (!rows) err->column = word->column;
    return rows;
}

static void describe_fits(Session *session, const Score *score, const Dataset *rows)
{
    bool scaled = rows->scaling != SCALING_NONE;
    const Column columns[] = {{NULL, "output"},
                              {NULL, "root of the mean squared error"},
                              {NULL, scaled ? "unscaled" : NULL},
                              {NULL, "R²"}};
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 4});
    for (int i = 0; i < rows->targets; i++) {
        const ScoreFit *fit = &score->fits[i];
        int column = rows->inputs + i;
        bool varies = !isnan(fit->r_squared) || !isfinite(fit->root);
        emit_row(session,
                 (Cell[]){CELL_OF_FOREIGN(rows->columns[column]), CELL_OF_NUMBER(fit->root),
                          CELL_OF_NUMBER(fit->root * rows->scales[column].unit),
                          varies ? CELL_OF_NUMBER(fit->r_squared)
                                 : CELL_OF_TEXT("none: it is always the same")});
    }
    emit_table_end(session);
}

static void describe_decisions(Session *session, const Score *score, const Dataset *rows)
{
    bool together = score_classes(score->kind, rows->targets) > 0;
    const char *what = together ? "row" : "output";
    double accuracy = (double)score->right / (double)score->decisions;
    emit_note(session, "%d of %d %s%s right: %n %%", (long)score->right, (long)score->decisions,
              what, plural((long)score->decisions), 100 * accuracy);
    if (score->undecided)
        emit_note(session, "%d of the wrong %s no class at all: what came out is not a number",
                  (long)score->undecided, score->undecided == 1 ? "is" : "are");
    emit_number(session, "accuracy", accuracy);
    if (score->classes) emit_confusion(session, score, rows);
}

static void describe_score(Session *session, const Score *score, const Dataset *rows)
{
    emit_note(session, "%f: %d row%s, average loss %n", rows->name, (long)score->rows,
              plural((long)score->rows), score->loss);
    emit_number(session, "loss", score->loss);
    if (score->kind == SCORE_REGRESSION)
        describe_fits(session, score, rows);
    else
        describe_decisions(session, score, rows);
}

static bool evaluate(Session *session, const Dataset *rows, Error *err)
{
    const Dataset *data = session->data ? session->data : rows;
    Score score;
    if (!check_fit(session, rows, err)) return false;
    ScoreKind kind = score_kind_of_both(session->pass, data, rows);
    bool done = score_rows(&score, session->pass, rows, kind, session->options.interrupted, err);
    if (score.stopped) session->outcome = OUTCOME_INTERRUPTED;
    if (done) describe_score(session, &score, rows);
    score_release(&score);
    return done;
}

static bool run_evaluate(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "DATA");
    Dataset *rows = word ? load_rows(session, word, err) : dataset_retain(session->data);
    if (!rows)
        return word ? false : fail(err, 0, "there is no data to evaluate: `data n0` loads some");
    bool done = evaluate(session, rows, err);
    dataset_release(rows);
    return done;
}

/* Whether SCALES, of COUNT columns, change anything. */
static bool changes(const ColumnScale *scales, int count)
{
    for (int i = 0; i < count; i++)
        if (scales[i].center != 0 || scales[i].unit != 1) return true;
    return false;
}

/* Numbers as they are in the data, and as the network has them. */
typedef struct Prediction {
    const Dataset *data; /* whose columns these are; NULL: none that fits the network */
    double *x, *scaled_x, *yhat, *scaled_yhat;
    bool scaled_inputs, scaled_outputs; /* they differ */
} Prediction;

static Prediction predict(Session *session, const Words *values)
{
    Arena *arena = &session->arena;
    size_t takes = (size_t)input_count(session), gives = (size_t)output_count(session);
    Prediction made = {.data = session->data};
    made.x = arena_new(arena, 2 * (takes + gives) * sizeof(double));
    made.scaled_x = made.x + takes;
    made.yhat = made.scaled_x + takes;
    made.scaled_yhat = made.yhat + gives;
    for (size_t i = 0; i < takes; i++) number_read(values->items[i].text, &made.x[i]);
    if (made.data && !fits(session, made.data)) made.data = NULL;
    memory_copy_numbers(made.scaled_x, made.x, takes);
    if (made.data) {
        made.scaled_inputs = changes(made.data->scales, made.data->inputs);
        made.scaled_outputs = changes(made.data->scales + takes, made.data->targets);
        dataset_scale_inputs(made.data, made.x, made.scaled_x);
    }
    score_outputs(session->pass, made.scaled_x, made.scaled_yhat);
    memory_copy_numbers(made.yhat, made.scaled_yhat, gives);
    if (made.data) dataset_unscale_targets(made.data, made.scaled_yhat, made.yhat);
    return made;
}

static void describe_prediction(Session *session, const Prediction *made)
{
    int takes = input_count(session), gives = output_count(session);
    emit_named(session, "", &(Named){SYMBOL_INPUT, made->x, takes}, 1);
    if (made->scaled_inputs)
        emit_named(session, "scaled: ", &(Named){SYMBOL_INPUT, made->scaled_x, takes}, 1);
    if (made->scaled_outputs)
        emit_named(session, "scaled: ", &(Named){SYMBOL_PREDICTION, made->scaled_yhat, gives}, 1);
    emit_named(session, "", &(Named){SYMBOL_PREDICTION, made->yhat, gives}, 1);
}

static void emit_outputs(Session *session, const char *key, const double *values)
{
    int count = output_count(session);
    if (count == 1)
        emit_number(session, key, *values);
    else
        emit_numbers(session, key, values, (size_t)count);
}

static void emit_prediction(Session *session, const Prediction *made)
{
    size_t takes = (size_t)input_count(session);
    emit_numbers(session, "x", made->x, takes);
    if (made->scaled_inputs) emit_numbers(session, "scaled_x", made->scaled_x, takes);
    if (made->scaled_outputs) emit_outputs(session, "scaled_yhat", made->scaled_yhat);
    emit_outputs(session, "yhat", made->yhat);
}

/* How probable class I is, if the outputs are probabilities; else NaN. */
static double probability(const Session *session, ScoreKind kind, const double *yhat, int i)
{
    OutputRange range = architecture_output(&session_net(session)->architecture)->range;
    if (range != RANGE_DISTRIBUTION && range != RANGE_PROBABILITY) return NAN;
    return kind == SCORE_LARGEST ? yhat[i] : i ? *yhat : 1 - *yhat;
}

static void emit_class(Session *session, const Prediction *made)
{
    ScoreKind kind = score_kind(session->pass, made->data);
    int count = output_count(session);
    if (!score_classes(kind, count)) return;
    int i = score_class(kind, made->scaled_yhat, count);
    if (i < 0) {
        emit_note(session, "no class: what came out is not a number");
        return;
    }
    const char *name = made->data ? confusion_class(made->data, kind, i)
                                  : arena_print(&session->arena, "y%d", i + 1);
    double sure = probability(session, kind, made->scaled_yhat, i);
    emit_string(session, "class", name);
    if (isnan(sure)) {
        emit_note(session, "class %f", name);
    } else {
        emit_note(session, "class %f, with probability %n", name, sure);
        emit_number(session, "probability", sure);
    }
}

static bool run_predict(Session *session, const Arguments *arguments, Error *err)
{
    Words values = arguments_words(arguments, "X");
    int takes = input_count(session);
    if (values.count != takes)
        return fail(err, values.items[0].column, "the network takes %d input%s, not %d", takes,
                    plural(takes), values.count);
    Prediction made = predict(session, &values);
    describe_prediction(session, &made);
    emit_prediction(session, &made);
    emit_class(session, &made);
    return true;
}

static const Command commands[] = {
    {"evaluate", NULL, "[DATA]", NEEDS_NET, "say how well the network does on the data",
     "Prints the average loss over all rows; of a classifier also how many rows it gets right and "
     "what it takes each class for, of anything else how far its outputs are off. DATA is another "
     "CSV file with the same columns: it is read with the same target and put on the scale of the "
     "data that is loaded, so that rows kept from training can be tried. A classifier is known by "
     "its last layer and its targets: softmax or one-hot targets mean the largest output; sigmoid "
     "with targets 0 and 1, whether it is above 0.5; step, tanh or linear with targets -1 and +1, "
     "its sign.",
     "data n0\nevaluate\nevaluate n1", run_evaluate},
    {"predict", NULL, "X...", NEEDS_NET, "compute the outputs for inputs typed in",
     "The inputs are in the units of the data: where `data scale` has changed those, they are "
     "scaled in the same way and the outputs scaled back. Nothing is changed, not even the row "
     "being worked on.",
     "predict 80 8\ndata n0\ndata scale standard\npredict 80 8", run_predict},
};

const Topic evaluation_topic = {"training", commands, sizeof commands / sizeof commands[0]};
