#include "explain/derivation.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "show/calculation.h"
#include "show/perceptron_show.h"

static void show_values(Session *session, const char *before, const double *x, int inputs,
                        const double *y, int targets)
{
    const Named named[] = {{SYMBOL_INPUT, x, inputs, NULL}, {SYMBOL_TARGET, y, targets, NULL}};
    emit_named(session, before, named, 2);
    emit_numbers(session, "x", x, (size_t)inputs);
    emit_numbers(session, "y", y, (size_t)targets);
}

void calculation_show_row(Session *session)
{
    const Setup *setup = &session->setup;
    const Dataset *data = session->data;
    int inputs = setup->typed_inputs;
    if (setup->typed) {
        show_values(session, "", session->typed, inputs, session->typed + inputs,
                    setup->typed_targets);
        return;
    }
    size_t row = session_row(session);
    show_values(session, arena_print(&session->arena, "row %zu of %zu: ", row + 1, data->rows),
                dataset_inputs(data, row), data->inputs, dataset_targets(data, row), data->targets);
}

static void show_formula(Session *session, size_t element)
{
    Explainer *x = &session->explainer;
    ArenaMark mark = arena_mark(&session->arena);
    Equation equation = {.left = explain_symbol(x, element),
                         .formula = explain_formula(x, element),
                         .value = pass_value(session->pass, element),
                         .hand = by_hand_node(session, element)};
    emit_block(session, &(Block){.kind = BLOCK_EQUATION, .equation = equation});
    arena_reset(&session->arena, mark);
}

void calculation_show_node(Session *session, size_t element)
{
    const Net *net = session_net(session);
    const Vector *vector = net_vector(net, element);
    const Op *norm = net_normalise(net, vector->layer);
    if (norm && vector == &net->vectors[norm->out]) {
        size_t j = element - vector->at;
        show_formula(session, net->vectors[norm->mean].at + j);
        show_formula(session, net->vectors[norm->variance].at + j);
    }
    show_formula(session, element);
}

/* What a batch's derivatives are of. */
static void show_mean_of_losses(Session *session)
{
    const Pass *pass = session->pass;
    ArenaMark mark = arena_mark(&session->arena);
    const Expr *mean = explain_mean_loss(&session->explainer);
    double *losses = arena_new(&session->arena, sizeof *losses * (size_t)pass->rows);
    for (int row = 0; row < pass->rows; row++) losses[row] = pass_row_loss(pass, row);
    Equation equation = {
        .left = mean, .formula = mean, .value = pass_loss(pass), .hand = by_hand_loss(session)};
    emit_block(session, &(Block){.kind = BLOCK_EQUATION, .equation = equation});
    emit_numbers(session, "losses", losses, (size_t)pass->rows);
    arena_reset(&session->arena, mark);
}

void calculation_show_loss(Session *session)
{
    const Net *net = session_net(session);
    show_formula(session, net_loss(net));
    if (session->pass->rows > 1) show_mean_of_losses(session);
}

static void emit_derivation(void *self, const Derivation *derivation)
{
    emit_block(self,
               &(Block){.kind = BLOCK_DERIVATION, .key = "derivations", .derivation = *derivation});
}

bool calculation_show_gradient(Session *session, size_t element, const char *by)
{
    DerivationSink sink = {emit_derivation, session};
    return !session_interrupted(session) &&
           derive_gradient(&session->explainer, element, by, &sink);
}

/* Whether the way from ELEMENT to L leads through a batch norm. */
static bool is_normalised(const Pass *pass, size_t element)
{
    const Net *net = pass->net;
    for (; pass_dependents(pass, element); element = pass_dependent(pass, element, 0)) {
        const Vector *vector = net_vector(net, element);
        if (vector && net->ops[vector->uses[0]].kind == OP_NORMALISE) return true;
    }
    return false;
}

void calculation_note_cost(Session *session, double multiplications)
{
    const Memo *memo = &session->pass->memo;
    if (memo->off)
        emit_note(session, "without the memo: %n multiplication%s",
                  memo->multiplications - multiplications,
                  plural((long)(memo->multiplications - multiplications)));
}

bool calculation_note_gradient(Session *session, size_t lowest)
{
    const Pass *pass = session->pass;
    bool together = pass->rows > 1 && is_normalised(pass, lowest);
    if (together)
        emit_note(session, "in one row L means the sum of all rows' losses: a z below a batch norm "
                           "moves μ and v, and with them every row's n");
    perceptron_note_trick(session);
    return together || pass->trick;
}
