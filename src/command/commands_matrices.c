/* Commands that show a network's numbers: params, matrices. */
#include <string.h>

#include "command/command.h"
#include "session/emit.h"
#include "show/batch_show.h"
#include "show/by_hand_show.h"
#include "show/picture.h"

/* The parameter count as the notes add it up. */
static void describe_counts(Session *session)
{
    const Architecture *made = &session_net(session)->architecture;
    Text sum = {0};
    for (int k = 1; k <= made->layers; k++) {
        const Net *net = session_net(session);
        int in = made->sizes[k - 1], out = made->sizes[k];
        long count = (long)net_layer_parameters(net, k);
        const char *others = "";
        if (net_affine(net, k)->biased) others = arena_print(&session->arena, " + %d", out);
        if (net_scale(net, k)) others = arena_print(&session->arena, " + %d γ + %d β", out, out);
        emit_note(session, "layer %d: %d·%d%s = %d", (long)k, (long)in, (long)out, others, count);
        text_print(&sum, "%s%ld", k > 1 ? " + " : "", count);
    }
    if (made->layers > 1)
        emit_note(session, "in all: %s = %d parameters", text_string(&sum),
                  (long)session_net(session)->parameters);
    text_release(&sum);
    if (session_net(session)->stored > session_net(session)->parameters)
        emit_note(session, "mean and var do not count: they follow the batches, and no derivative "
                           "trains them");
}

/* Elements by name. */
static void emit_map(Session *session, const char *key, size_t from, size_t to)
{
    static const Column columns[] = {{"symbol", NULL}, {"value", NULL}};
    emit_table(session, key, FOR_PROGRAMS, &(Table){.columns = columns, .count = 2, .map = true});
    for (size_t e = from; e < to; e++) {
        ArenaMark mark = arena_mark(&session->arena);
        Cell cells[] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, e)),
                        CELL_OF_NUMBER(session->pass->value[e])};
        emit_row(session, cells);
        arena_reset(&session->arena, mark);
    }
    emit_table_end(session);
}

static void emit_parameter_fields(Session *session)
{
    const Net *net = session_net(session);
    const Architecture *made = &net->architecture;
    double *layers = arena_new(&session->arena, sizeof(double) * (size_t)made->layers);
    emit_map(session, "parameters", 0, net->parameters);
    if (net->stored > net->parameters)
        emit_map(session, "statistics", net->parameters, net->stored);
    emit_integer(session, "count", (long)net->parameters);
    for (int k = 1; k <= made->layers; k++) layers[k - 1] = (double)net_layer_parameters(net, k);
    emit_numbers(session, "by_layer", layers, (size_t)made->layers);
}

static bool run_params(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    const Architecture *made = &session_net(session)->architecture;
    describe_counts(session);
    for (int k = 1; k <= made->layers; k++) picture_parameters(session, k);
    by_hand_sum_up(session, 0, session_net(session)->stored);
    emit_parameter_fields(session);
    by_hand_list(session, 0, session_net(session)->stored);
    return true;
}

static PictureParts parts_named(const Arguments *arguments)
{
    const char *parts = arguments_text(arguments, "symbols|numbers");
    if (!parts) return PICTURE_WHOLE;
    return strcmp(parts, "symbols") ? PICTURE_NUMBERS : PICTURE_SYMBOLS;
}

/* The nodes of some layers. */
static void list_by_hand(Session *session, int first, int last)
{
    const Net *net = session_net(session);
    const Vector *from = &net->vectors[net_affine(net, first)->out];
    const Vector *to = &net->vectors[net_last(net, last)->out];
    by_hand_list(session, from->at, to->at + (size_t)to->size);
}

static bool run_matrices(Session *session, const Arguments *arguments, Error *err)
{
    int layers = session_net(session)->architecture.layers;
    const Word *word = arguments_word(arguments, "K");
    long chosen = arguments_integer(arguments, "K", 0);
    if (word && (chosen < 1 || chosen > layers))
        return fail(err, word->column, "there is no layer %ld: this network has %d", chosen,
                    layers);
    if (!session_forward(session, err)) return false;
    batch_note(session);
    for (int k = 1; k <= layers; k++)
        if (!chosen || k == chosen) picture_layer(session, k, parts_named(arguments));
    batch_note_norm(session);
    picture_fields(session, (int)chosen);
    list_by_hand(session, chosen ? (int)chosen : 1, chosen ? (int)chosen : layers);
    return true;
}

static const Command commands[] = {
    {"params", NULL, "", NEEDS_NET, "count the parameters layer by layer, and show them", "",
     "params", run_params},
    {"matrices", NULL, "[symbols|numbers] | K [symbols|numbers]", NEEDS_NET | NEEDS_ROW | EXPLAINS,
     "show the forward pass (of layer K) as matrices",
     "For each layer: W and its transpose, Wᵀ times the layer before, + b, the activation, and "
     "the outputs, with which the next layer starts. `symbols` and `numbers` show half of it each.",
     "matrices\nmatrices 1\nmatrices 1 symbols\nmatrices 1 numbers", run_matrices},
};

const CommandGroup matrix_commands = {"network", commands, sizeof commands / sizeof commands[0]};
