/* Commands that question a derivative: check, nudge, assume. */
#include <math.h>
#include <string.h>

#include "command/command.h"
#include "session/batch.h"
#include "session/emit.h"
#include "session/perceptron.h"
#include "session/reading.h"
#include "session/scope.h"

/* Gives ELEMENT another value in a copy of the pass: a parameter or an input is
   written, a node is held. */
static void displace(Pass *pass, size_t element, double value)
{
    const Vector *vector = net_vector(pass->net, element);
    bool node = vector && vector->kind != SYMBOL_INPUT && vector->kind != SYMBOL_TARGET;
    pass_unpin(pass);
    if (node)
        pass_pin(pass, element, value);
    else
        pass->value[pass_place(pass, element, pass->shown)] = value;
    pass_forward(pass);
}

/* A central difference around the value of one element. */
typedef struct Difference {
    double analytic, numeric, relative_error;
    bool noise; /* too small to compare */
    const char *verdict;
} Difference;

/* Two scratch passes, for L on either side. */
typedef struct Probe {
    Pass *below, *above;
    double eps;
} Probe;

static const double LARGEST_ERROR = 1e-5, LARGEST_NOISE = 1e-3;

/* How far rounding alone can move the numeric derivative: L is uncertain by its last bits,
   and the quotient by that / eps. */
static double rounding(const Probe *probe)
{
    return 1e-15 * (1 + fabs(pass_loss(probe->above))) / probe->eps;
}

/* Whether two numbers differ by more than they should, but by no more than rounding can.
   Where L is huge rounding can do anything, and excuses nothing. */
static bool is_noise(const Probe *probe, const Difference *difference)
{
    double noise = rounding(probe);
    return difference->relative_error > LARGEST_ERROR && noise <= LARGEST_NOISE &&
           fabs(difference->analytic - difference->numeric) <= noise;
}

static const char *verdict(const Probe *probe, const Difference *difference)
{
    if (pass_kink_between(probe->below, probe->above)) return "kink";
    bool equal = difference->relative_error <= LARGEST_ERROR; /* not if it is NaN */
    return equal || difference->noise ? "pass" : "fail";
}

static Difference differ(const Probe *probe, size_t element, double value, double analytic)
{
    displace(probe->below, element, value - probe->eps);
    displace(probe->above, element, value + probe->eps);
    Difference difference = {.analytic = analytic};
    /* The step really made: value ± eps may be rounded. */
    double width = probe->above->pin_count
                       ? probe->above->pins[0].value - probe->below->pins[0].value
                       : pass_value(probe->above, element) - pass_value(probe->below, element);
    difference.numeric = (pass_loss(probe->above) - pass_loss(probe->below)) / width;
    double size = fabs(analytic) + fabs(difference.numeric);
    difference.relative_error = size == 0 ? 0 : fabs(analytic - difference.numeric) / size;
    difference.noise = is_noise(probe, &difference);
    difference.verdict = verdict(probe, &difference);
    size_t place = pass_place(probe->below, element, probe->below->shown);
    probe->below->value[place] = probe->above->value[place] = value;
    return difference;
}

/* The outcome of all checks of a command. */
typedef struct Tally {
    long passed, failed, kinks;
    double worst;
    bool lost; /* one failed where L is too large for differences */
} Tally;

static void count_check(Tally *tally, const Probe *probe, const Difference *difference)
{
    tally->passed += !strcmp(difference->verdict, "pass");
    tally->failed += !strcmp(difference->verdict, "fail");
    bool undecided = !strcmp(difference->verdict, "fail") && !(rounding(probe) <= LARGEST_NOISE);
    tally->lost |= undecided;
    bool kink = !strcmp(difference->verdict, "kink");
    tally->kinks += kink;
    if (!kink && !difference->noise && !(difference->relative_error <= tally->worst))
        tally->worst = difference->relative_error;
}

static bool check_element(Session *session, const Probe *probe, size_t element, Tally *tally,
                          Error *err)
{
    ArenaMark mark = arena_mark(&session->arena);
    double analytic;
    if (!session_adjoint(session, element, &analytic, err)) return false;
    /* A node's adjoint is that of the sum of the rows' losses. */
    if (net_vector(session_net(session), element)) analytic /= session->pass->rows;
    Difference difference = differ(probe, element, pass_value(session->pass, element), analytic);
    count_check(tally, probe, &difference);
    Cell cells[] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, element)),
                    CELL_OF_NUMBER(difference.analytic), CELL_OF_NUMBER(difference.numeric),
                    CELL_OF_NUMBER(difference.relative_error), CELL_OF_TEXT(difference.verdict)};
    emit_row(session, cells);
    arena_reset(&session->arena, mark);
    return true;
}

static bool check_all(Session *session, const Probe *probe, Tally *tally, Error *err)
{
    const Net *net = session_net(session);
    for (size_t i = 0; i < net->parameters; i++) {
        if (session_interrupted(session)) return session_stop(session, err);
        if (!check_element(session, probe, net_parameter(net, i), tally, err)) return false;
    }
    return true;
}

/* Checks the element ONLY; every parameter when it is NULL. */
static bool run_checks(Session *session, const size_t *only, double eps, Tally *tally, Error *err)
{
    static const Column columns[] = {{"parameter", "symbol"},
                                     {"analytic", "analytic"},
                                     {"numeric", "numeric"},
                                     {"relative_error", "relative error"},
                                     {"verdict", "verdict"}};
    Probe probe = {pass_copy(session->pass), pass_copy(session->pass), eps};
    emit_table(session, "checks", FOR_ALL, &(Table){.columns = columns, .count = 5});
    bool ok = only ? check_element(session, &probe, *only, tally, err)
                   : check_all(session, &probe, tally, err);
    emit_table_end(session);
    pass_free(probe.below);
    pass_free(probe.above);
    return ok;
}

static void describe_tally(Session *session, const Tally *tally)
{
    emit_note(session, "%d passed, %d failed, %d at a kink; worst relative error %n", tally->passed,
              tally->failed, tally->kinks, tally->worst);
    if (tally->lost)
        emit_note(session, "L = %n is too large here for differences of it to mean anything",
                  pass_loss(session->pass));
    if (tally->kinks)
        emit_note(session, "at a kink the slope jumps between the two sides, so there is no one "
                           "number to compare with");
    perceptron_note_trick(session);
    emit_number(session, "worst", tally->worst);
}

static bool run_check(Session *session, const Arguments *arguments, Error *err)
{
    size_t element;
    const Word *word = arguments_word(arguments, "SYMBOL"), *key = arguments_word(arguments, "eps");
    double eps = arguments_number(arguments, "eps", 1e-5);
    Tally tally = {0};
    if (!(eps > 0 && eps <= 1))
        return fail(err, key->column, "eps must be above 0 and at most 1; 1e-5 is usual");
    if (word && (!scope_element(session, word, &element, err) ||
                 !reading_derivable(session, element, word->column, err)))
        return false;
    if (!scope_unpinned(session, err) || !session_forward(session, err)) return false;
    if (!run_checks(session, word ? &element : NULL, eps, &tally, err)) return false;
    describe_tally(session, &tally);
    if (session->pass->rows > 1)
        emit_note(session, "L is the mean over the %d rows of the batch",
                  (long)session->pass->rows);
    return true;
}

/* ∂L/∂ELEMENT = VALUE; in a batch L is a mean, and a node counts in one row of it alone. */
static void note_derivative(Session *session, size_t element, double value)
{
    Arena *arena = &session->arena;
    int rows = session->pass->rows;
    bool share = rows > 1 && net_vector(session_net(session), element);
    const Expr *left = explain_gradient(&session->explainer, element, value);
    if (share) left = expr_binary(arena, EXPR_DIVIDE, left, expr_number(arena, rows));
    emit_note(session,
              share ? "%e = %n, for L is the mean over the %d rows of the batch" : "%e = %n", left,
              value, (long)rows);
}

static bool run_nudge(Session *session, const Arguments *arguments, Error *err)
{
    const Word *word = arguments_word(arguments, "SYMBOL");
    double delta = arguments_number(arguments, "DELTA", 0), derivative;
    size_t element;
    if (!scope_element(session, word, &element, err) ||
        !reading_derivable(session, element, word->column, err) || !scope_unpinned(session, err))
        return false;
    if (delta == 0)
        return fail(err, arguments_word(arguments, "DELTA")->column, "a nudge of 0 moves nothing");
    if (!session_forward(session, err) || !session_adjoint(session, element, &derivative, err))
        return false;
    if (net_vector(session_net(session), element)) derivative /= session->pass->rows;
    double value = pass_value(session->pass, element), before = pass_loss(session->pass);
    Pass *scratch = pass_copy(session->pass);
    displace(scratch, element, value + delta);
    double after = pass_loss(scratch), slope = (after - before) / delta;
    pass_free(scratch);
    const Expr *symbol = explain_symbol(&session->explainer, element);
    emit_note(session, "%e: %n → %n", symbol, value, value + delta);
    emit_note(session, "L: %n → %n", before, after);
    emit_note(session, "ΔL/Δ%e = %n / %n = %n", symbol, after - before, delta, slope);
    note_derivative(session, element, derivative);
    perceptron_note_trick(session);
    emit_number(session, "before", before);
    emit_number(session, "after", after);
    emit_number(session, "slope", slope);
    emit_number(session, "derivative", derivative);
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
                  batch_row_number(session, session->pass->shown), "forward");
    else
        emit_note(session, "%e = %n is assumed until the next %c", symbol, value, "forward");
    emit_number(session, "value", value);
    return true;
}

static const Command commands[] = {
    {"check", NULL, "[all] [eps=EPS] | SYMBOL [eps=EPS]", NEEDS_ROW | EXPLAINS,
     "compare derivatives with central differences",
     "The relative error is |a - n| / (|a| + |n|). Where a relu, |·| or hinge has its kink within "
     "eps, the two sides have different slopes: the verdict is then `kink`.",
     "check\ncheck w11^1 eps=1e-4", run_check},
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

const Topic check_topic = {"checking", commands, sizeof commands / sizeof commands[0]};
