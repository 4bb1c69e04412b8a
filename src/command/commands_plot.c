/* Plots: loss and parameters by epoch, gradients by layer, one parameter's curve, regions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/command.h"
#include "session/pins.h"
#include "session/scope.h"
#include "show/plot.h"

enum { MOST_SERIES = 6 /* that are told apart at a glance */ };

static bool epochs_recorded(const Session *session, const Word *word, Error *err)
{
    if (session->record && session->record->count) return true;
    return fail(err, word->column,
                "no epoch has ended yet: `train 10` goes through the data ten "
                "times");
}

static bool run_loss(Session *session, const Arguments *arguments, Error *err)
{
    if (!epochs_recorded(session, arguments_word(arguments, "loss"), err)) return false;
    const Record *record = session->record;
    int count = record->count, last = count - 1;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)count);
    for (int i = 0; i < count; i++)
        points[i] = (PlotPoint){(double)record->epochs[i], record->losses[i]};
    Series series = {prose_print(session, "L"), SERIES_LINE, 0, points, count};
    Prose title =
        prose_print(session, "average loss: %n in epoch %d, %n in epoch %d", record->losses[0],
                    record->epochs[0], record->losses[last], record->epochs[last]);
    if (!last)
        title = prose_print(session, "average loss: %n in epoch %d", record->losses[0],
                            record->epochs[0]);
    emit_plot(session, &(Plot){.title = title,
                               .x = prose_print(session, "epoch"),
                               .y = prose_print(session, "L"),
                               .series = &series,
                               .series_count = 1,
                               .whole = true,
                               .wide = true});
    return true;
}

/* Parameters by epoch. */

/* The parameters to draw. */
typedef struct Chosen {
    size_t elements[MOST_SERIES];
    int count;
} Chosen;

/* How far apart its lowest and its highest value are. */
static double movement(const Record *record, size_t parameter)
{
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < record->count; i++) {
        low = fmin(low, record_value(record, i, parameter));
        high = fmax(high, record_value(record, i, parameter));
    }
    return high - low;
}

/* The place of PARAMETER among the chosen, which are in order of their movements. */
static void insert(Chosen *chosen, double *movements, size_t parameter, double moved)
{
    int at = chosen->count;
    while (at > 0 && moved > movements[at - 1]) at--;
    if (at == MOST_SERIES) return;
    if (chosen->count < MOST_SERIES) chosen->count++;
    for (int i = chosen->count - 1; i > at; i--) {
        chosen->elements[i] = chosen->elements[i - 1];
        movements[i] = movements[i - 1];
    }
    chosen->elements[at] = parameter;
    movements[at] = moved;
}

static void choose_movers(const Session *session, Chosen *chosen)
{
    const Net *net = session_net(session);
    double movements[MOST_SERIES];
    for (size_t i = 0; i < net->parameters; i++) {
        size_t parameter = net_parameter(net, i);
        if (parameter >= session->record->kept) continue;
        insert(chosen, movements, parameter, movement(session->record, parameter));
    }
}

static bool fail_not_kept(const Session *session, const Word *word, Error *err)
{
    size_t kept = session->record->kept;
    char last[SYMBOL_SIZE];
    symbol_spell(last, net_symbol(session_net(session), kept - 1));
    return fail(err, word->column,
                "%s is not remembered by epoch: of a network this large only the first %zu "
                "parameters are, up to %s",
                word->text, kept, last);
}

static bool choose_parameter(Session *session, const Word *word, size_t *element, Error *err)
{
    if (!scope_element(session, word, element, err)) return false;
    if (*element >= session_net(session)->parameters)
        return fail(err, word->column, "expected a parameter (w, b, gamma, beta), not %s",
                    word->text);
    return true;
}

static bool choose_named(Session *session, const Words *words, Chosen *chosen, Error *err)
{
    if (words->count > MOST_SERIES)
        return fail(err, words->items[MOST_SERIES].column, "a plot has room for %d parameters",
                    MOST_SERIES);
    for (int i = 0; i < words->count; i++) {
        size_t *element = &chosen->elements[chosen->count++];
        if (!choose_parameter(session, &words->items[i], element, err)) return false;
        if (*element >= session->record->kept) return fail_not_kept(session, &words->items[i], err);
    }
    return true;
}

static Series parameter_series(Session *session, size_t parameter)
{
    const Record *record = session->record;
    PlotPoint *points = arena_new(&session->arena, sizeof *points * (size_t)record->count);
    for (int i = 0; i < record->count; i++)
        points[i] = (PlotPoint){(double)record->epochs[i], record_value(record, i, parameter)};
    const Expr *symbol = explain_symbol(&session->explainer, parameter);
    return (Series){prose_print(session, "%e", symbol), SERIES_LINE, 0, points, record->count};
}

static Prose weights_title(Session *session, const Chosen *chosen, bool named)
{
    size_t kept = session->record->kept, all = session_net(session)->parameters;
    if (named || (size_t)chosen->count == all)
        return prose_print(session, "parameters after each epoch");
    if (kept == all)
        return prose_print(session, "the %d of %d parameters that moved most, after each epoch",
                           (long)chosen->count, (long)all);
    return prose_print(session,
                       "the %d that moved most of the first %d parameters, after each epoch",
                       (long)chosen->count, (long)kept);
}

static bool run_weights(Session *session, const Arguments *arguments, Error *err)
{
    Chosen chosen = {.count = 0};
    Words words = arguments_words(arguments, "PARAMETER");
    if (!epochs_recorded(session, arguments_word(arguments, "weights"), err)) return false;
    if (!choose_named(session, &words, &chosen, err)) return false;
    if (!words.count) choose_movers(session, &chosen);
    Series series[MOST_SERIES];
    for (int i = 0; i < chosen.count; i++)
        series[i] = parameter_series(session, chosen.elements[i]);
    emit_plot(session, &(Plot){.title = weights_title(session, &chosen, words.count > 0),
                               .x = prose_print(session, "epoch"),
                               .y = prose_print(session, "value"),
                               .series = series,
                               .series_count = chosen.count,
                               .whole = true});
    return true;
}

/* The others. */

/* The row must be there, and nothing assumed. */
static bool ready(Session *session, const Word *word, Error *err)
{
    if (session_row_ready(session, err) && pins_none(session, err) && session_forward(session, err))
        return true;
    err->column = word->column;
    return false;
}

static bool run_gradients(Session *session, const Arguments *arguments, Error *err)
{
    return ready(session, arguments_word(arguments, "gradients"), err) &&
           plot_gradients(session, err);
}

static bool run_curve(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "PARAMETER");
    size_t parameter;
    return choose_parameter(session, word, &parameter, err) && ready(session, word, err) &&
           plot_curve(session, parameter, word->column, err);
}

static bool run_boundary(Session *session, const Arguments *arguments, Error *err)
{
    if (plot_boundary(session, err)) return true;
    err->column = arguments_word(arguments, "boundary")->column;
    return false;
}

static const struct {
    const char *word;
    bool (*run)(Session *session, const Arguments *arguments, Error *err);
} kinds[] = {{"loss", run_loss},
             {"weights", run_weights},
             {"gradients", run_gradients},
             {"curve", run_curve},
             {"boundary", run_boundary}};

static bool run_plot(Session *session, const Arguments *arguments, Error *err)
{
    size_t i = 0;
    while (!arguments_has(arguments, kinds[i].word)) i++;
    return kinds[i].run(session, arguments, err);
}

static const Command commands[] = {
    {"plot", NULL, "loss | weights [PARAMETER...] | gradients | curve PARAMETER | boundary",
     NEEDS_NET, "draw loss, weights, gradients, L over one parameter, or a decision boundary",
     "loss: the average loss by epoch. weights: parameters by epoch, those named or else those "
     "that moved most. gradients: their norm by layer, as `diagnose` has it. curve: L over "
     "one parameter while the others stay, with its tangent, whose slope is the derivative, and "
     "its minimum. boundary: what a classifier of two inputs predicts where, and the data; a "
     "straight one is also drawn thin where it last was before it moved.",
     "plot curve w11^2\nplot gradients", run_plot},
};

const CommandGroup plot_commands = {"training", commands, sizeof commands / sizeof commands[0]};
