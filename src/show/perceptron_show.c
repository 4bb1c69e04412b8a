#include <math.h>

#include "base/text.h"
#include "render/spell.h"
#include "session/emit.h"
#include "show/perceptron_show.h"

void perceptron_note_trick(Session *session)
{
    if (session->pass->trick)
        emit_note(session, "the step's slope is 0, and so is every derivative of L before it: the "
                           "perceptron passes the hinge's slope through instead, a trick that is "
                           "no derivative of L");
}

/* Mistakes. */

/* BEFORE and the name of output J where there are several; else nothing. */
static const char *output_name(Session *session, const char *before, int j)
{
    const Net *net = session_net(session);
    const Vector *outputs = &net->vectors[net->prediction];
    if (outputs->size == 1) return "";
    Text name = {0};
    text_add(&name, before);
    spell_symbol(&name, net_symbol(net, outputs->at + (size_t)j), &session->style);
    return text_move(&name, &session->arena);
}

static void show_mistake(Session *session, const Mistake *mistake)
{
    const Rows *rows = &session->trainer.rows;
    const double *x = rows->values + mistake->row * (size_t)(rows->inputs + rows->targets);
    const double *y = x + rows->inputs;
    const Named named[] = {{SYMBOL_INPUT, x, rows->inputs, NULL},
                           {SYMBOL_TARGET, y, rows->targets, NULL}};
    Arena *arena = &session->arena;
    ArenaMark mark = arena_mark(arena);
    const char *taken = y[mistake->output] > 0 ? "-1" : "+1";
    emit_named(session,
               arena_print(arena, "row %zu was taken for %s%s: ", mistake->row + 1, taken,
                           output_name(session, " by ", mistake->output)),
               named, 2);
    arena_reset(arena, mark);
}

void perceptron_show_mistakes(Session *session, const Mistakes *mistakes, long most)
{
    long shown = mistakes->count < most ? mistakes->count : most;
    for (long i = 0; i < shown; i++) show_mistake(session, &mistakes->kept[i]);
    if (shown < mistakes->count)
        emit_note(session, "… and %d more mistake%s", mistakes->count - shown,
                  plural(mistakes->count - shown));
}

/* What parts the classes. */

static const char *const borders[] = {NULL, "point", "line", "plane"};
enum { BORDERS = sizeof borders / sizeof borders[0] };

const char *perceptron_border(const Net *net)
{
    return net_inputs(net) < BORDERS ? borders[net_inputs(net)] : "hyperplane";
}

/* SUM + NUMBER·TIMES, written as a difference when the number is negative. */
static const Expr *plus(Arena *arena, const Expr *sum, double number, const Expr *times)
{
    const Expr *term = expr_number(arena, sum ? fabs(number) : number);
    if (times) term = expr_binary(arena, EXPR_MULTIPLY, term, times);
    return sum ? expr_binary(arena, number < 0 ? EXPR_SUBTRACT : EXPR_ADD, sum, term) : term;
}

const Expr *perceptron_sum(Session *session, const double *parameters, int j)
{
    const Net *net = session_net(session);
    const Op *op = net_affine(net, 1);
    const Expr *sum = NULL;
    for (int i = 0; i < net_inputs(net); i++)
        sum = plus(&session->arena, sum, parameters[net_weight(net, 1, i + 1, j + 1)],
                   explain_symbol(&session->explainer, net->vectors[net->input].at + (size_t)i));
    return op->biased ? plus(&session->arena, sum, parameters[net_bias(net, 1, j + 1)], NULL) : sum;
}

static bool moved(const Session *session, int j)
{
    const double *old = session->trainer.update.old, *now = session->pass->value;
    const Net *net = session_net(session);
    bool same =
        !net_affine(net, 1)->biased || old[net_bias(net, 1, j + 1)] == now[net_bias(net, 1, j + 1)];
    for (int i = 1; same && i <= net_inputs(net); i++)
        same = old[net_weight(net, 1, i, j + 1)] == now[net_weight(net, 1, i, j + 1)];
    return !same;
}

/* SHOW for the outputs; not when there are so many inputs that nobody could read it. */
static void each_output(Session *session, bool only_moved, void (*show)(Session *session, int j))
{
    const Net *net = session_net(session);
    for (int j = 0; net_inputs(net) < BORDERS && j < net_outputs(net); j++) {
        ArenaMark mark = arena_mark(&session->arena);
        if (!only_moved || moved(session, j)) show(session, j);
        arena_reset(&session->arena, mark);
    }
}

static void show_line(Session *session, int j)
{
    emit_note(session, "  the %s%s is %e = 0", perceptron_border(session_net(session)),
              output_name(session, " of ", j), perceptron_sum(session, session->pass->value, j));
}

void perceptron_show_lines(Session *session, bool only_moved)
{
    each_output(session, only_moved, show_line);
}

static void show_move(Session *session, int j)
{
    const Net *net = session_net(session);
    size_t z = net->vectors[net_affine(net, 1)->out].at + (size_t)j;
    emit_note(session, "the %s%s, %e = 0, moves", perceptron_border(net),
              output_name(session, " of ", j), explain_formula(&session->explainer, z));
    emit_note(session, "  from %e = 0", perceptron_sum(session, session->trainer.update.old, j));
    emit_note(session, "  to   %e = 0", perceptron_sum(session, session->pass->value, j));
}

void perceptron_show_moves(Session *session)
{
    each_output(session, true, show_move);
}

static bool nothing_moved(const Session *session)
{
    const Net *net = session_net(session);
    int j = 0, outputs = net_outputs(net);
    while (j < outputs && !moved(session, j)) j++;
    return j == outputs;
}

/* Every mistake costs something, and nothing else does. */
void perceptron_show_outcome(Session *session)
{
    if (session->trainer.update.loss > 0)
        perceptron_show_moves(session);
    else if (nothing_moved(session))
        emit_note(session, "right: nothing moves");
}
