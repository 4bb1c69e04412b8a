/* The command that makes a network: init. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/command.h"
#include "engine/initialiser.h"
#include "session/emit.h"
#include "show/batch_show.h"

/* What `init` was asked for. */
typedef struct Start {
    Architecture architecture;
    const Loss *loss;
    const Initialiser *weights; /* NULL: the number */
    double weight, bias;
    long seed;
} Start;

static bool read_weights(const Arguments *arguments, Start *start, Error *err)
{
    const Word *word = arguments_word(arguments, "weights");
    start->weight = 1;
    if (!word) return true;
    if (number_read(word->text, &start->weight))
        return isfinite(start->weight) || fail(err, word->column, "a weight must be finite");
    start->weights = initialiser_find(word->text);
    return start->weights ||
           fail(err, word->column,
                "weights=%s: expected ones, zeros, a number, uniform, normal, xavier or he",
                word->text);
}

static bool read_biases(const Arguments *arguments, Start *start, Error *err)
{
    const Word *word = arguments_word(arguments, "biases");
    if (!word || !strcmp(word->text, "zeros")) return true;
    if (number_read(word->text, &start->bias))
        return isfinite(start->bias) || fail(err, word->column, "a bias must be finite");
    start->architecture.biases = strcmp(word->text, "none") != 0;
    return !start->architecture.biases ||
           fail(err, word->column, "biases=%s: expected zeros, a number or none", word->text);
}

static bool read_start(const Session *session, const Arguments *arguments, Start *start, Error *err)
{
    const char *activation = arguments_text(arguments, "ACTIVATION");
    const char *loss = arguments_text(arguments, "loss");
    const Word *sizes = arguments_word(arguments, "SIZES");
    const Activation *otherwise = activation ? activation_find(activation) : activation_linear();
    start->loss = loss_find(loss ? loss : "mse");
    start->seed = arguments_integer(arguments, "seed", session->setup.seed);
    if (!architecture_parse(&start->architecture, sizes->text, otherwise, sizes->column, err))
        return false;
    const Architecture *made = &start->architecture;
    const Activation *last = architecture_output(made);
    if (!read_weights(arguments, start, err) || !read_biases(arguments, start, err)) return false;
    if (loss_fits(start->loss, last, made->sizes[made->layers], err)) return true;
    if (err) err->column = loss ? arguments_word(arguments, "loss")->column : sizes->column;
    return false;
}

static void fill_layer(Session *session, const Start *start, int layer)
{
    const Architecture *made = &session_net(session)->architecture;
    const Op *op = net_affine(session_net(session), layer);
    double *value = session->pass->value;
    for (size_t e = op->weights; e < op->biases; e++)
        value[e] = start->weights ? start->weights->draw(&session->setup.course.random,
                                                         made->sizes[layer - 1], made->sizes[layer])
                                  : start->weight;
    size_t size = (size_t)made->sizes[layer];
    const Op *scale = net_scale(session_net(session), layer);
    for (size_t j = 0; op->biased && j < size; j++) value[op->biases + j] = start->bias;
    for (size_t j = 0; scale && j < size; j++) value[scale->weights + j] = 1;
}

/* The activation of all layers; NULL when they differ in anything, and the sizes then name
   each. */
static const Activation *common_activation(const Architecture *made)
{
    for (int k = 1; k < made->layers; k++)
        if (made->activations[k] != made->activations[0]) return NULL;
    for (int k = 0; k < made->layers; k++)
        if (made->extras[k]) return NULL;
    return made->activations[0];
}

static const char *describe_layers(Session *session, const Architecture *made)
{
    const Activation *common = common_activation(made);
    Text text = {0};
    if (!common) {
        architecture_spell(&text, made);
    } else {
        for (int k = 0; k <= made->layers; k++)
            text_print(&text, "%s%d", k ? "-" : "", made->sizes[k]);
        text_print(&text, ", %s", common->name);
    }
    return text_move(&text, &session->arena);
}

/* What is not plain gradient descent, because `set` said so earlier. */
static const char *describe_descent(Session *session)
{
    Text text = {0};
    const Descent *descent = &session->setup.descent;
    if (descent->optimizer != optimizer_find("sgd"))
        text_print(&text, ", %s", descent->optimizer->name);
    if (descent->schedule != schedule_constant())
        text_print(&text, ", schedule %s", descent->schedule->name);
    if (descent->decay > 0) text_print(&text, ", weight decay %g", descent->decay);
    if (descent->clip_norm > 0) text_print(&text, ", clipped to norm %g", descent->clip_norm);
    if (descent->clip_value > 0) text_print(&text, ", clipped to ±%g", descent->clip_value);
    return text_move(&text, &session->arena);
}

static void describe_init(Session *session, const Start *start)
{
    Arena *arena = &session->arena;
    const Net *net = session_net(session);
    const char *weights =
        start->weights ? start->weights->name : arena_print(arena, "%.6g", start->weight);
    const char *biases =
        net->architecture.biases ? arena_print(arena, "biases %.6g", start->bias) : "no biases";
    bool single = net_outputs(net) == 1;
    const Expr *loss = single ? explain_formula(&session->explainer, net_loss(net))
                              : expr_name(arena, start->loss->name, 0);
    emit_note(session, "%s, loss %e, %d parameter%s: weights %s, %s, η = %n%s",
              describe_layers(session, &net->architecture), loss, (long)net->parameters,
              plural((long)net->parameters), weights, biases, session->setup.descent.rate,
              describe_descent(session));
}

static void emit_architecture(Session *session)
{
    const Architecture *made = &session_net(session)->architecture;
    double *sizes = arena_new(&session->arena, sizeof(double) * (size_t)(made->layers + 1));
    for (int i = 0; i <= made->layers; i++) sizes[i] = made->sizes[i];
    emit_numbers(session, "sizes", sizes, (size_t)made->layers + 1);
    static const Column column = {"activation", NULL};
    emit_table(session, "activations", FOR_PROGRAMS, &(Table){&column, 1, .list = true});
    for (int i = 0; i < made->layers; i++)
        emit_row(session, &CELL_OF_TEXT(made->activations[i]->name));
    emit_table_end(session);
    emit_string(session, "loss", session->setup.loss->name);
    emit_integer(session, "parameters", (long)session_net(session)->parameters);
}

static Net *make_net(const Session *session, const Arguments *arguments, const Start *start,
                     Error *err)
{
    Net *net = net_new(&start->architecture, session->options.memory, err);
    if (!net) err->column = arguments_word(arguments, "SIZES")->column;
    return net;
}

/* A new network is a new run: no updates made, no epoch ended, the first row next. */
static void use_net(Session *session, const Start *start, Net *net)
{
    session->setup.loss = start->loss;
    session->setup.seed = start->seed;
    session->setup.descent.updates = 0;
    session->setup.course = (Course){0};
    descent_set_epoch(&session->setup.descent, 0);
    record_release(session->record);
    session->record = NULL;
    session_forget(session);
    session_set_net(session, net);
    random_seed(&session->setup.course.random, (uint64_t)start->seed);
    for (int k = 1; k <= net->architecture.layers; k++) fill_layer(session, start, k);
    session_place_row(session);
}

static bool run_init(Session *session, const Arguments *arguments, Error *err)
{
    Start start = {0};
    Net *net = NULL;
    if (read_start(session, arguments, &start, err))
        net = make_net(session, arguments, &start, err);
    if (net) {
        use_net(session, &start, net);
        describe_init(session, &start);
        emit_architecture(session);
        batch_note_misfit(session);
    }
    architecture_release(&start.architecture);
    return net != NULL;
}

static const Command commands[] = {
    {"init", NULL, "SIZES [ACTIVATION] [loss=LOSS] [weights=WEIGHTS] [biases=BIASES] [seed=SEED]",
     CHANGES, "make a network",
     "SIZES is the number of nodes by layer, the input first: 2-2-1. A layer may name its own "
     "activation, 2-3:relu-1:sigmoid; ACTIVATION is for all layers that do not. As in the notes, "
     "everything is linear, the loss is mse, weights are 1 and biases 0 unless told otherwise. "
     "`biases=none` leaves the biases out. Random weights follow from the seed. Behind its "
     "activation a layer may have +bn, a batch norm before the activation, and +skip, which adds "
     "the layer's input to its output (`help batch-norm`, `help residual`).",
     "init 2-2-1\ninit 2-3:relu-1:sigmoid loss=bce weights=he seed=1\n"
     "init 2-4:relu+bn-4:tanh+skip-1",
     run_init},
};

const CommandGroup network_commands = {"network", commands, sizeof commands / sizeof commands[0]};
