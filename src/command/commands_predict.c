/* What a network makes of inputs typed in: predict. */
#include <math.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "command/command.h"
#include "engine/score.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "show/by_hand_show.h"
#include "show/confusion.h"

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
    double *hand, *scaled_hand;         /* the outputs by hand; NULL without a page */
} Prediction;

/* What becomes of the outputs in the units of the data is a line of its own. */
static void predict_by_hand(Session *session, Prediction *made)
{
    const Net *net = session_net(session);
    const Vector *outputs = &net->vectors[net->prediction];
    Pass *pass = pass_copy_stored(session->pass);
    pass_load(pass, 0, made->scaled_x, NULL);
    Page *page = by_hand_for(session, pass);
    made->hand = arena_new(&session->arena, 2 * (size_t)outputs->size * sizeof *made->hand);
    made->scaled_hand = made->hand + outputs->size;
    for (int i = 0; i < outputs->size; i++)
        made->hand[i] = made->scaled_hand[i] = page_value(page, outputs->at + (size_t)i);
    if (made->data) dataset_unscale_targets(made->data, made->scaled_hand, made->hand);
    for (int i = 0; i < outputs->size; i++) made->hand[i] = page_round(page, made->hand[i]);
    page_free(page);
    pass_free(pass);
}

static Prediction predict(Session *session, const Words *values)
{
    Arena *arena = &session->arena;
    size_t takes = (size_t)net_inputs(session_net(session)),
           gives = (size_t)net_outputs(session_net(session));
    Prediction made = {.data = session->data};
    made.x = arena_new(arena, 2 * (takes + gives) * sizeof(double));
    made.scaled_x = made.x + takes;
    made.yhat = made.scaled_x + takes;
    made.scaled_yhat = made.yhat + gives;
    for (size_t i = 0; i < takes; i++) number_read(values->items[i].text, &made.x[i]);
    if (made.data && ((size_t)made.data->inputs != takes || (size_t)made.data->targets != gives))
        made.data = NULL;
    memory_copy_numbers(made.scaled_x, made.x, takes);
    if (made.data) {
        made.scaled_inputs = changes(made.data->scales, made.data->inputs);
        made.scaled_outputs = changes(made.data->scales + takes, made.data->targets);
        dataset_scale_inputs(made.data, made.x, made.scaled_x);
    }
    score_outputs(session->pass, made.scaled_x, made.scaled_yhat);
    memory_copy_numbers(made.yhat, made.scaled_yhat, gives);
    if (made.data) dataset_unscale_targets(made.data, made.scaled_yhat, made.yhat);
    if (session->page) predict_by_hand(session, &made);
    return made;
}

static void describe_outputs(Session *session, const char *before, const double *yhat,
                             const double *hand)
{
    int gives = net_outputs(session_net(session));
    Hand *hands = arena_new(&session->arena, sizeof *hands * (size_t)gives);
    for (int i = 0; i < gives; i++)
        hands[i] = page_judge(session->page, yhat[i], hand ? hand[i] : 0);
    emit_named(session, before, &(Named){SYMBOL_PREDICTION, yhat, gives, hands}, 1);
}

static void describe_prediction(Session *session, const Prediction *made)
{
    int takes = net_inputs(session_net(session));
    emit_named(session, "", &(Named){SYMBOL_INPUT, made->x, takes, NULL}, 1);
    if (made->scaled_inputs)
        emit_named(session, "scaled: ", &(Named){SYMBOL_INPUT, made->scaled_x, takes, NULL}, 1);
    if (made->scaled_outputs)
        describe_outputs(session, "scaled: ", made->scaled_yhat, made->scaled_hand);
    describe_outputs(session, "", made->yhat, made->hand);
}

static void emit_outputs(Session *session, const char *key, const double *values)
{
    int count = net_outputs(session_net(session));
    if (count == 1)
        emit_number(session, key, *values);
    else
        emit_numbers(session, key, values, (size_t)count);
}

static void emit_prediction(Session *session, const Prediction *made)
{
    size_t takes = (size_t)net_inputs(session_net(session));
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

static const char *class_name(Session *session, const Prediction *made, ScoreKind kind, int i)
{
    return made->data ? confusion_class(made->data, kind, i)
                      : arena_print(&session->arena, "y%d", i + 1);
}

/* How probable class I is by hand; or that by hand it is another. */
static const char *class_by_hand(Session *session, const Prediction *made, ScoreKind kind, int i,
                                 double sure)
{
    const Page *page = session->page;
    if (!page) return "";
    int class = score_class(kind, made->scaled_hand, net_outputs(session_net(session)));
    if (class < 0) return "; by hand no class";
    if (class != i)
        return arena_print(&session->arena, "; by hand class %s",
                           class_name(session, made, kind, class));
    double hand = probability(session, kind, made->scaled_hand, i);
    return isnan(sure)
               ? "; by hand the same"
               : by_hand_words(session, "; ", page_judge(page, sure, page_round(page, hand)));
}

static void emit_class(Session *session, const Prediction *made)
{
    ScoreKind kind = score_kind(session->pass, made->data);
    int count = net_outputs(session_net(session));
    if (!score_classes(kind, count)) return;
    int i = score_class(kind, made->scaled_yhat, count);
    if (i < 0) {
        emit_note(session, "no class: what came out is not a number");
        return;
    }
    const char *name = class_name(session, made, kind, i);
    double sure = probability(session, kind, made->scaled_yhat, i);
    const char *hand = class_by_hand(session, made, kind, i, sure);
    emit_string(session, "class", name);
    if (isnan(sure)) {
        emit_note(session, "class %f%f", name, hand);
    } else {
        emit_note(session, "class %f, with probability %n%f", name, sure, hand);
        emit_number(session, "probability", sure);
    }
}

static void emit_by_hand(Session *session, const Prediction *made)
{
    int gives = net_outputs(session_net(session));
    Beside *rows = arena_new(&session->arena, sizeof *rows * (size_t)gives);
    for (int i = 0; i < gives; i++)
        rows[i] = (Beside){"yhat", made->yhat[i], made->hand ? made->hand[i] : 0};
    by_hand_fields(session, rows, gives);
}

static bool run_predict(Session *session, const Arguments *arguments, Error *err)
{
    Words values = arguments_words(arguments, "X");
    int takes = net_inputs(session_net(session));
    if (values.count != takes)
        return fail(err, values.items[0].column, "the network takes %d input%s, not %d", takes,
                    plural(takes), values.count);
    Prediction made = predict(session, &values);
    describe_prediction(session, &made);
    emit_prediction(session, &made);
    emit_class(session, &made);
    emit_by_hand(session, &made);
    return true;
}

static const Command commands[] = {
    {"predict", NULL, "X...", NEEDS_NET, "compute the outputs for inputs typed in",
     "The inputs are in the units of the data: where `data scale` has changed those, they are "
     "scaled in the same way and the outputs scaled back. Nothing is changed, not even the row "
     "being worked on.",
     "predict 80 8\ndata n0\ndata scale standard\npredict 80 8", run_predict},
};

const CommandGroup prediction_commands = {"training", commands,
                                          sizeof commands / sizeof commands[0]};
