/* Plots: loss and parameters by epoch, gradients by layer, one parameter's curve, regions. */
#include "command/command.h"
#include "session/pins.h"
#include "session/scope.h"
#include "show/plot.h"

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
    plot_losses(session);
    return true;
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

static bool choose_named(Session *session, const Words *words, size_t *parameters, Error *err)
{
    if (words->count > PLOT_PARAMETERS)
        return fail(err, words->items[PLOT_PARAMETERS].column, "a plot has room for %d parameters",
                    PLOT_PARAMETERS);
    for (int i = 0; i < words->count; i++) {
        if (!choose_parameter(session, &words->items[i], &parameters[i], err)) return false;
        if (parameters[i] >= session->record->kept)
            return fail_not_kept(session, &words->items[i], err);
    }
    return true;
}

static bool run_weights(Session *session, const Arguments *arguments, Error *err)
{
    size_t parameters[PLOT_PARAMETERS];
    Words words = arguments_words(arguments, "PARAMETER");
    if (!epochs_recorded(session, arguments_word(arguments, "weights"), err)) return false;
    if (!choose_named(session, &words, parameters, err)) return false;
    plot_parameters(session, parameters, words.count);
    return true;
}

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
