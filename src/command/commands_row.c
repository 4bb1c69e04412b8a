/* Commands that follow one row through the network: forward, loss, grad. */
#include <math.h>

#include "base/text.h"
#include "command/command.h"
#include "explain/derivation.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "session/reading.h"
#include "session/scope.h"
#include "show/batch_show.h"
#include "show/by_hand_show.h"
#include "show/calculation.h"
#include "show/perceptron_show.h"

/* Node by node: each with its z, where there is one, what becomes of it, and its o. The means of
   a batch norm go through all rows. */
static bool explain_layer(Session *session, int layer, Error *err)
{
    const Net *net = session_net(session);
    const Op *affine = net_affine(net, layer), *last = net_last(net, layer);
    emit_heading(session, "layer %d", (long)layer);
    for (int j = 0; j < net->architecture.sizes[layer]; j++) {
        if (session_interrupted(session)) return session_stop(session, err);
        for (const Op *op = affine; op <= last; op++)
            calculation_show_node(session, net->vectors[op->out].at + (size_t)j);
    }
    return true;
}

/* The shown row's numbers of a vector. */
static const double *numbers_of(const Session *session, const Vector *vector)
{
    const Pass *pass = session->pass;
    return pass->value + pass_place(pass, vector->at, pass->shown);
}

static void emit_layers(Session *session)
{
    static const Column columns[] = {
        {"layer", NULL}, {"activation", NULL}, {"z", NULL}, {"o", NULL}};
    const Net *net = session_net(session);
    emit_table(session, "layers", FOR_PROGRAMS, &(Table){.columns = columns, .count = 4});
    for (int k = 1; k <= net->architecture.layers; k++) {
        const Vector *z = &net->vectors[net_affine(net, k)->out];
        const Vector *o = &net->vectors[net_last(net, k)->out];
        size_t size = (size_t)z->size;
        Cell cells[] = {CELL_OF_INTEGER(k),
                        CELL_OF_TEXT(net->architecture.activations[k - 1]->name),
                        CELL_OF_NUMBERS(numbers_of(session, z), size),
                        CELL_OF_NUMBERS(numbers_of(session, o), size)};
        emit_row(session, cells);
    }
    emit_table_end(session);
    const Vector *yhat = &net->vectors[net->prediction];
    if (yhat->size == 1)
        emit_number(session, "yhat", *numbers_of(session, yhat));
    else
        emit_numbers(session, "yhat", numbers_of(session, yhat), (size_t)yhat->size);
}

/* Names the first number that is not finite, where it arose. */
static void note_overflow(Session *session)
{
    const Net *net = session_net(session);
    for (size_t e = net->parameters; e < net->elements; e++) {
        double value = pass_value(session->pass, e);
        if (isfinite(value)) continue;
        emit_note(session, "%e %s here: what follows from it is no use",
                  explain_symbol(&session->explainer, e),
                  isnan(value) ? "is not a number" : "overflowed");
        return;
    }
}

static bool release_pins(Session *session, Error *err)
{
    if (!session->pass->pin_count) return true;
    session_keep(session);
    pass_unpin(session->pass);
    if (session_forward(session, err)) return true;
    snapshot_restore(session, session->before);
    return false;
}

static bool run_forward(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    const Net *net = session_net(session);
    if (!session_forward(session, err) || !release_pins(session, err)) return false;
    batch_note(session);
    for (int k = 1; k <= net->architecture.layers; k++)
        if (!explain_layer(session, k, err)) return false;
    batch_note_norm(session);
    note_overflow(session);
    emit_layers(session);
    by_hand_list(session, net->vectors[net->input + 1].at, net->vectors[net->target].at);
    return true;
}

static bool run_loss(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    if (!session_forward(session, err)) return false;
    batch_note(session);
    calculation_show_loss(session);
    emit_number(session, "loss", pass_loss(session->pass));
    by_hand_emit(session, by_hand_loss(session));
    return true;
}

/* The elements that one `grad` derives: one, or parameters in the order of the notes. */
typedef struct Targets {
    bool several;
    size_t single;
    size_t first, last; /* indices of net_parameter, LAST not included */
} Targets;

static bool derive(Session *session, size_t element)
{
    return calculation_show_gradient(session, element, session_by(session));
}

static bool each_target(Session *session, const Targets *targets,
                        bool (*each)(Session *session, size_t element))
{
    if (!targets->several) return each(session, targets->single);
    for (size_t i = targets->first; i < targets->last; i++)
        if (!each(session, net_parameter(session_net(session), i))) return false;
    return true;
}

static bool emit_gradient(Session *session, size_t element)
{
    ArenaMark mark = arena_mark(&session->arena);
    Cell cells[] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, element)),
                    CELL_OF_NUMBER(pass_adjoint(session->pass, element))};
    emit_row(session, cells);
    arena_reset(&session->arena, mark);
    return true;
}

static void emit_gradients(Session *session, const Targets *targets)
{
    static const Column columns[] = {{"symbol", NULL}, {"value", NULL}};
    emit_table(session, "gradients", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 2, .map = true});
    each_target(session, targets, emit_gradient);
    emit_table_end(session);
}

enum { PATHS_LIMIT = 1000 };

/* What the paths come to by hand, for the list after them. */
typedef struct Paths {
    Session *session;
    Hand hands[PATHS_LIMIT];
    int count;
} Paths;

static void emit_path(void *self, const Chain *chain)
{
    Paths *paths = self;
    paths->hands[paths->count++] = chain->hand;
    emit_block(paths->session,
               &(Block){.kind = BLOCK_PATH, .key = "paths", .derivation = {.chain = *chain}});
}

static void emit_paths_by_hand(const Paths *paths)
{
    Session *session = paths->session;
    Cell cells[HAND_CELLS];
    if (!session->page) return;
    emit_table(session, "by_hand", FOR_PROGRAMS,
               &(Table){.columns = by_hand_columns, .count = HAND_CELLS});
    for (int i = 0; i < paths->count; i++) {
        by_hand_cells(session, paths->hands[i], cells);
        emit_row(session, cells);
    }
    emit_table_end(session);
}

static bool show_paths(Session *session, size_t element, Error *err)
{
    Explainer *x = &session->explainer;
    if (session->pass->rows > 1)
        return fail(err, 0,
                    "`paths` follows a single row, and a batch of %d is in place: `set mode "
                    "stochastic`",
                    session->pass->rows);
    double count = derive_path_count(x, element), gradient;
    if (count > PATHS_LIMIT)
        return fail(err, 0,
                    "%s%.10g paths lead from here to L, and more than %d are no use to read: "
                    "`grad` without `paths` sums them layer by layer",
                    isinf(count) ? "more than " : "", fmin(count, 1e300), PATHS_LIMIT);
    if (!session_adjoint(session, element, &gradient, err)) return false;
    Paths paths = {.session = session};
    PathSum sum = derive_paths(x, element, emit_path, &paths);
    emit_note(session, "%e = %n, the sum of %d path%s%s", explain_gradient(x, element, gradient),
              sum.value, (long)count, plural((long)count), by_hand_words(session, "; ", sum.hand));
    perceptron_note_trick(session);
    emit_paths_by_hand(&paths);
    emit_number(session, "total", sum.value);
    by_hand_emit(session, sum.hand);
    emit_gradients(session, &(Targets){.single = element});
    return true;
}

static bool find_layer(const Net *net, const Arguments *arguments, Targets *targets, Error *err)
{
    int layers = net->architecture.layers;
    long layer = arguments_integer(arguments, "K", 0);
    if (layer < 1 || layer > layers)
        return fail(err, arguments_word(arguments, "K")->column,
                    "there is no layer %ld: this network has %d", layer, layers);
    targets->first = net_layer_index(net, (int)layer);
    targets->last = net_layer_index(net, (int)layer - 1);
    return true;
}

static bool find_targets(Session *session, const Arguments *arguments, Targets *targets, Error *err)
{
    const Net *net = session_net(session);
    *targets = (Targets){.several = true, .last = net->parameters};
    if (arguments_has(arguments, "all")) return true;
    if (arguments_has(arguments, "layer")) return find_layer(net, arguments, targets, err);
    targets->several = false;
    const Word *word = arguments_word(arguments, "SYMBOL");
    return scope_element(session, word, &targets->single, err) &&
           reading_derivable(session, targets->single, word->column, err);
}

/* The one that is farthest from L. */
static size_t lowest_of(const Net *net, const Targets *targets)
{
    if (!targets->several) return targets->single;
    return net_affine(net, net_owner(net, net_parameter(net, targets->last - 1))->layer)->weights;
}

static bool run_grad(Session *session, const Arguments *arguments, Error *err)
{
    Targets targets;
    if (!find_targets(session, arguments, &targets, err) || !session_forward(session, err))
        return false;
    if (arguments_has(arguments, "paths")) return show_paths(session, targets.single, err);
    double before = session->pass->memo.multiplications;
    if (!each_target(session, &targets, derive)) return session_stop(session, err);
    calculation_note_cost(session, before);
    calculation_note_gradient(session, lowest_of(session_net(session), &targets));
    emit_gradients(session, &targets);
    return true;
}

static const Command commands[] = {
    {"forward", "f", "", NEEDS_ROW | EXPLAINS,
     "compute every node, with its formula and its numbers",
     "Also releases what `assume` has pinned.", "forward", run_forward},
    {"loss", "l", "", NEEDS_ROW | EXPLAINS, "compute the loss, with its formula and its numbers",
     "", "loss", run_loss},
    {"grad", "g", "all | layer K | SYMBOL [paths]", NEEDS_ROW | EXPLAINS,
     "derive L by a symbol (by all parameters, by a layer's) with the chain rule",
     "Prints every factor: its formula, its numbers, its value, and whether it was computed now, "
     "read off the forward pass or the input, or remembered from an earlier command. Where paths "
     "part, the derivative is a sum over the next layer; `paths` lists every full path to L.",
     "grad w11^2\ngrad w11^1\ngrad all\ngrad w11^1 paths", run_grad},
};

const CommandGroup row_commands = {"one row, by hand", commands,
                                   sizeof commands / sizeof commands[0]};
