/* Commands that move a value to see what follows: nudge, assume. */
#include <math.h>

#include "command/command.h"
#include "session/emit.h"
#include "session/pins.h"
#include "session/reading.h"
#include "session/scope.h"
#include "show/by_hand_show.h"
#include "show/perceptron_show.h"

/* What moving one element by DELTA does to L. */
typedef struct Nudge {
    size_t element;
    double delta;
    double from, to, before, after, slope, derivative;
} Nudge;

/* In a batch L is a mean, and a node counts in one row of it alone. */
static bool is_shared(const Session *session, size_t element)
{
    return session->pass->rows > 1 && net_vector(session_net(session), element);
}

static double loss_at(const Session *session, size_t element, double value)
{
    Pass *scratch = pass_copy(session->pass);
    pass_displace(scratch, element, value);
    double loss = pass_loss(scratch);
    pass_free(scratch);
    return loss;
}

static Nudge nudge_exactly(const Session *session, size_t element, double delta, double derivative)
{
    Nudge nudge = {.element = element, .delta = delta};
    nudge.from = pass_value(session->pass, element);
    nudge.to = nudge.from + delta;
    nudge.before = pass_loss(session->pass);
    nudge.after = loss_at(session, element, nudge.to);
    nudge.slope = (nudge.after - nudge.before) / delta;
    nudge.derivative = is_shared(session, element) ? derivative / session->pass->rows : derivative;
    return nudge;
}

/* In the row that the page is at, and with what it says of that. */
static double loss_by_hand_at(const Session *session, size_t element, double value)
{
    Pass *scratch = pass_copy(session->pass);
    Page *page = page_copy(session->page);
    pass_displace(scratch, element, value);
    page_attach(page, scratch);
    if (element < page->stored) page_write(page, element, &value, 1);
    double loss = page_loss(page);
    page_free(page);
    pass_free(scratch);
    return loss;
}

static Nudge nudge_by_hand(Session *session, size_t element, double delta)
{
    Page *page = session->page;
    Nudge nudge = {.element = element, .delta = delta};
    nudge.from = by_hand_element(session, element);
    nudge.to = nudge.from + delta;
    nudge.before = page_loss(page);
    nudge.after = loss_by_hand_at(session, element, nudge.to);
    nudge.slope = page_round(page, (nudge.after - nudge.before) / delta);
    nudge.derivative = page_gradient(page, element);
    if (is_shared(session, element))
        nudge.derivative = page_round(page, nudge.derivative / session->pass->rows);
    return nudge;
}

static const char *words(Session *session, double exact, double hand)
{
    return by_hand_words(session, "; ", page_judge(session->page, exact, hand));
}

/* Of a number and what becomes of it. */
static const char *both_words(Session *session, double exact, double hand, double exact_then,
                              double hand_then)
{
    Cell cells[HAND_CELLS];
    if (!session->page) return "";
    by_hand_cells(session, page_judge(session->page, exact_then, hand_then), cells);
    return arena_print(&session->arena, "%s → %s", words(session, exact, hand), cells[0].text);
}

static void describe_nudge(Session *session, const Nudge *exact, const Nudge *hand)
{
    Arena *arena = &session->arena;
    size_t element = exact->element;
    const Expr *symbol = explain_symbol(&session->explainer, element);
    const Expr *left = explain_gradient(&session->explainer, element, exact->derivative);
    bool share = is_shared(session, element);
    int rows = session->pass->rows;
    if (share) left = expr_binary(arena, EXPR_DIVIDE, left, expr_number(arena, rows));
    emit_note(session, "%e: %n → %n%s", symbol, exact->from, exact->to,
              both_words(session, exact->from, hand->from, exact->to, hand->to));
    emit_note(session, "L: %n → %n%s", exact->before, exact->after,
              both_words(session, exact->before, hand->before, exact->after, hand->after));
    emit_note(session, "ΔL/Δ%e = %n / %n = %n%s", symbol, exact->after - exact->before,
              exact->delta, exact->slope, words(session, exact->slope, hand->slope));
    const char *verdict = words(session, exact->derivative, hand->derivative);
    if (share)
        emit_note(session, "%e = %n, for L is the mean over the %d rows of the batch%s", left,
                  exact->derivative, (long)rows, verdict);
    else
        emit_note(session, "%e = %n%s", left, exact->derivative, verdict);
}

static void emit_nudge(Session *session, const Nudge *exact, const Nudge *hand)
{
    const Beside rows[] = {{"before", exact->before, hand->before},
                           {"after", exact->after, hand->after},
                           {"slope", exact->slope, hand->slope},
                           {"derivative", exact->derivative, hand->derivative}};
    for (int i = 0; i < 4; i++) emit_number(session, rows[i].what, rows[i].exact);
    by_hand_fields(session, rows, 4);
}

static bool run_nudge(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "SYMBOL");
    double delta = arguments_number(arguments, "DELTA", 0), derivative;
    size_t element;
    if (!scope_element(session, word, &element, err) ||
        !reading_derivable(session, element, word->column, err) || !pins_none(session, err))
        return false;
    if (delta == 0)
        return fail(err, arguments_word(arguments, "DELTA")->column, "a nudge of 0 moves nothing");
    if (!session_forward(session, err) || !session_adjoint(session, element, &derivative, err))
        return false;
    Nudge exact = nudge_exactly(session, element, delta, derivative);
    Nudge hand = session->page ? nudge_by_hand(session, element, delta) : (Nudge){0};
    describe_nudge(session, &exact, &hand);
    perceptron_note_trick(session);
    emit_nudge(session, &exact, &hand);
    return true;
}

static bool run_assume(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "NODE");
    int column;
    const char *text = arguments_raw(arguments, "EXPR", &column);
    size_t element;
    double value;
    if (!scope_element(session, word, &element, err)) return false;
    const Vector *vector = net_vector(session_net(session), element);
    bool node = vector && vector->uses[0] >= 0 && vector->kind != SYMBOL_INPUT;
    if (!node)
        return fail(err, word->column,
                    "only a node can be assumed: z, n, s, a, o or yhat; `set` writes parameters");
    if (!scope_value(session, text, column, &value, err)) return false;
    if (!isfinite(value)) return fail(err, column, "a node is held at a finite number");
    const Expr *symbol = explain_symbol(&session->explainer, element);
    session_forget(session);
    pass_pin(session->pass, element, value);
    if (session->pass->rows > 1)
        emit_note(session, "%e = %n is assumed in row %d until the next %c", symbol, value,
                  session_row_number(session, session->pass->shown), "forward");
    else
        emit_note(session, "%e = %n is assumed until the next %c", symbol, value, "forward");
    emit_number(session, "value", value);
    return true;
}

static const Command commands[] = {
    {"nudge", NULL, "SYMBOL DELTA", NEEDS_ROW | EXPLAINS,
     "what a derivative means: L before and after moving one value", "Nothing is changed.",
     "nudge w11^2 0.01", run_nudge},
    {"assume", NULL, "NODE [=] EXPR", NEEDS_NET | CHANGES,
     "hold a node at a value of your own, to follow an example's invented number",
     "The value may be any expression: `assume yhat = yhat` holds it where it is. The next "
     "`forward`, another row or an update lets go of it. Meanwhile what follows from it is "
     "computed, and `check` and `nudge` wait.",
     "assume yhat = 18\nloss\ngrad yhat\nforward", run_assume},
};

const CommandGroup nudge_commands = {"checking", commands, sizeof commands / sizeof commands[0]};
