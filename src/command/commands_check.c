/* Derivatives against central differences: check. */
#include <math.h>
#include <string.h>

#include "command/command.h"
#include "session/emit.h"
#include "session/pins.h"
#include "session/reading.h"
#include "session/scope.h"
#include "show/perceptron_show.h"

/* A central difference around the value of one element. */
typedef struct Difference {
    double analytic, numeric, relative_error;
    bool noise; /* too small to compare */
    const char *verdict;
} Difference;

/* The passes for L on either side of a value. */
typedef struct Sides {
    Pass *below, *above;
    double eps;
} Sides;

static const double LARGEST_ERROR = 1e-5, LARGEST_NOISE = 1e-3;

/* How far rounding alone can move the numeric derivative: L is uncertain by its last bits,
   and the quotient by that / eps. */
static double rounding(const Sides *sides)
{
    return 1e-15 * (1 + fabs(pass_loss(sides->above))) / sides->eps;
}

/* Whether two numbers differ by more than they should, but by no more than rounding can.
   Where L is huge rounding can do anything, and excuses nothing. */
static bool is_noise(const Sides *sides, const Difference *difference)
{
    double noise = rounding(sides);
    return difference->relative_error > LARGEST_ERROR && noise <= LARGEST_NOISE &&
           fabs(difference->analytic - difference->numeric) <= noise;
}

static const char *verdict(const Sides *sides, const Difference *difference)
{
    if (pass_kink_between(sides->below, sides->above)) return "kink";
    bool equal = difference->relative_error <= LARGEST_ERROR; /* not if it is NaN */
    return equal || difference->noise ? "pass" : "fail";
}

static Difference differ(const Sides *sides, size_t element, double value, double analytic)
{
    pass_displace(sides->below, element, value - sides->eps);
    pass_displace(sides->above, element, value + sides->eps);
    Difference difference = {.analytic = analytic};
    /* The step really made: value ± eps may be rounded. */
    double width = sides->above->pin_count
                       ? sides->above->pins[0].value - sides->below->pins[0].value
                       : pass_value(sides->above, element) - pass_value(sides->below, element);
    difference.numeric = (pass_loss(sides->above) - pass_loss(sides->below)) / width;
    double size = fabs(analytic) + fabs(difference.numeric);
    difference.relative_error = size == 0 ? 0 : fabs(analytic - difference.numeric) / size;
    difference.noise = is_noise(sides, &difference);
    difference.verdict = verdict(sides, &difference);
    size_t place = pass_place(sides->below, element, sides->below->shown);
    sides->below->value[place] = sides->above->value[place] = value;
    return difference;
}

/* The outcome of all checks of a command. */
typedef struct Tally {
    long passed, failed, kinks;
    double worst;
    bool lost; /* one failed where L is too large for differences */
} Tally;

static void count_check(Tally *tally, const Sides *sides, const Difference *difference)
{
    tally->passed += !strcmp(difference->verdict, "pass");
    tally->failed += !strcmp(difference->verdict, "fail");
    bool undecided = !strcmp(difference->verdict, "fail") && !(rounding(sides) <= LARGEST_NOISE);
    tally->lost |= undecided;
    bool kink = !strcmp(difference->verdict, "kink");
    tally->kinks += kink;
    if (!kink && !difference->noise && !(difference->relative_error <= tally->worst))
        tally->worst = difference->relative_error;
}

static bool check_element(Session *session, const Sides *sides, size_t element, Tally *tally,
                          Error *err)
{
    ArenaMark mark = arena_mark(&session->arena);
    double analytic;
    if (!session_adjoint(session, element, &analytic, err)) return false;
    /* A node's adjoint is that of the sum of the rows' losses. */
    if (net_vector(session_net(session), element)) analytic /= session->pass->rows;
    Difference difference = differ(sides, element, pass_value(session->pass, element), analytic);
    count_check(tally, sides, &difference);
    Cell cells[] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, element)),
                    CELL_OF_NUMBER(difference.analytic), CELL_OF_NUMBER(difference.numeric),
                    CELL_OF_NUMBER(difference.relative_error), CELL_OF_TEXT(difference.verdict)};
    emit_row(session, cells);
    arena_reset(&session->arena, mark);
    return true;
}

static bool check_all(Session *session, const Sides *sides, Tally *tally, Error *err)
{
    const Net *net = session_net(session);
    for (size_t i = 0; i < net->parameters; i++) {
        if (session_interrupted(session)) return session_stop(session, err);
        if (!check_element(session, sides, net_parameter(net, i), tally, err)) return false;
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
    Sides sides = {pass_copy(session->pass), pass_copy(session->pass), eps};
    emit_table(session, "checks", FOR_ALL, &(Table){.columns = columns, .count = 5});
    bool ok = only ? check_element(session, &sides, *only, tally, err)
                   : check_all(session, &sides, tally, err);
    emit_table_end(session);
    pass_free(sides.below);
    pass_free(sides.above);
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

/* Two losses that close are mostly the same number there. */
static void note_page(Session *session)
{
    if (session->page)
        emit_note(session,
                  "no page has central differences: to %d decimal%s there is hardly any "
                  "between two losses so close; %c shows what the derivative is by hand",
                  (long)session->page->decimals, plural(session->page->decimals), "grad");
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
    if (!pins_none(session, err) || !session_forward(session, err)) return false;
    if (!run_checks(session, word ? &element : NULL, eps, &tally, err)) return false;
    describe_tally(session, &tally);
    note_page(session);
    if (session->pass->rows > 1)
        emit_note(session, "L is the mean over the %d rows of the batch",
                  (long)session->pass->rows);
    return true;
}

static const Command commands[] = {
    {"check", NULL, "[all] [eps=EPS] | SYMBOL [eps=EPS]", NEEDS_ROW | EXPLAINS,
     "compare derivatives with central differences",
     "The relative error is |a - n| / (|a| + |n|). Where a relu, |·| or hinge has its kink within "
     "eps, the two sides have different slopes: the verdict is then `kink`.",
     "check\ncheck w11^1 eps=1e-4", run_check},
};

const CommandGroup check_commands = {"checking", commands, sizeof commands / sizeof commands[0]};
