#include <math.h>

#include "explain/binding.h"
#include "session/emit.h"
#include "session/scope.h"
#include "show/listing.h"
#include "show/position.h"
#include "show/update_rule.h"

typedef struct Listing {
    Session *session;
    int line, current; /* the one being written; the one that comes next, 0: none does */
    const char *phase; /* that the line stands for; or NULL */
    bool begun;        /* what is added now stands below the line */
} Listing;

static void add(Listing *listing, Prose text)
{
    Cell none = {.kind = CELL_NONE}, number = CELL_OF_INTEGER(listing->line), arrow = none;
    if (listing->line == listing->current) {
        arrow = (Cell){.kind = CELL_TEXT, .text = "→", .strong = true};
        number.strong = true;
    }
    emit_row(listing->session,
             (Cell[]){listing->begun ? none : arrow, listing->begun ? none : number, number,
                      listing->phase ? CELL_OF_TEXT(listing->phase) : none, CELL_OF_PROSE(text)});
    listing->begun = true;
}

static bool has_norm(const Session *session)
{
    return session->pass && net_has_norm(session_net(session));
}

static bool has_biases(const Session *session)
{
    const Net *net = session->pass ? session_net(session) : NULL;
    int layer = net ? net->architecture.layers : 0;
    while (layer && !net_affine(net, layer)->biased) layer--;
    return layer > 0 || !net;
}

/* One of four wordings, by what there is to train besides w. */
static const char *by_parameters(const Session *session, const char *const words[2][2])
{
    return words[has_norm(session)][has_biases(session)];
}

static int outputs(const Session *session)
{
    const Net *net = session->pass ? session_net(session) : NULL;
    return net ? net_outputs(net) : 1;
}

static bool has_trick(const Session *session)
{
    return session->pass && session->pass->trick;
}

/* Whether an update takes several rows. */
static bool in_batches(const Session *session)
{
    bool single = session->setup.typed || session->trainer.rows.count == 1;
    return session->setup.plan.mode != MODE_STOCHASTIC && !single;
}

/* The lines. */

static const char *const parameters[2][2] = {{"w", "w and b"}, {"w, γ and β", "w, b, γ and β"}};

static void write_start(Listing *listing)
{
    Session *session = listing->session;
    add(listing, prose_print(session, "initialise every %s (by %c)",
                             by_parameters(session, parameters), "init"));
}

static void write_epochs(Listing *listing)
{
    Session *session = listing->session;
    const Descent *descent = &session->setup.descent;
    add(listing, prose_print(session, "for each epoch from 1 to %d:", session->habits.epochs));
    if (descent->schedule == schedule_constant()) return;
    add(listing, prose_print(session, "    %e = %e", scope_parse_row(session, "eta"),
                             scope_parse_row(session, descent->schedule->formula)));
}

static void write_rows(Listing *listing)
{
    Session *session = listing->session;
    const Plan *plan = &session->setup.plan;
    long rows = (long)session->trainer.rows.count;
    const char *order = plan->shuffle ? "in a new random order" : "in order";
    Prose text;
    if (session->setup.typed)
        text = prose_print(session, "  for the row (x, y) that was typed:");
    else if (!in_batches(session))
        text = prose_print(session, "  for each row (x, y), %s:", order);
    else if (plan->mode == MODE_MINI && !(rows && plan->batch >= rows))
        text = prose_print(session, "  for each batch of %d row%s (x, y), %s:", (long)plan->batch,
                           plural(plan->batch), order);
    else if (rows)
        text = prose_print(session, "  for the batch of all %d rows (x, y):", rows);
    else
        text = prose_print(session, "  for the batch of all rows (x, y):");
    add(listing, text);
}

static void write_forward(Listing *listing)
{
    Session *session = listing->session;
    add(listing, prose_print(session, "    forward: every node, layer by layer, from x to ŷ%s",
                             in_batches(session) ? ", in each row" : ""));
    if (has_norm(session))
        add(listing, prose_print(session, "      a batch norm takes μ and v over the batch"));
}

static void write_loss(Listing *listing)
{
    Session *session = listing->session;
    const Loss *loss = session->setup.loss;
    const Expr *term = scope_parse_row(session, loss->term);
    long count = outputs(session);
    if (count == 1)
        add(listing, prose_print(session, "    loss: L = %e", term));
    else
        add(listing, prose_print(session, "    loss: L = the %s of %e over the %d outputs",
                                 loss->mean ? "mean" : "sum", term, count));
    if (in_batches(session))
        add(listing, prose_print(session, "      in each row; L is the mean of the rows'"));
}

/* Where going backward begins: ∂L/∂ŷ, or ∂L/∂z where the two simplify. */
static const Expr *first_slope(Session *session)
{
    const Loss *loss = session->setup.loss;
    const Fusion *fusion = session->pass ? session->pass->fusion : NULL;
    const Expr *slope = scope_parse_row(session, fusion ? fusion->slope : loss->slope);
    int count = outputs(session);
    if (!loss->mean || count == 1) return slope;
    Arena *arena = &session->arena;
    return expr_binary(arena, EXPR_DIVIDE, slope, expr_number(arena, count));
}

static void write_backward(Listing *listing)
{
    static const char *const derivatives[2][2] = {
        {"∂L/∂w, with the old w", "∂L/∂w and ∂L/∂b, with the old w and b"},
        {"∂L/∂w, ∂L/∂γ, ∂L/∂β, with the old w, γ, β",
         "∂L/∂w, ∂L/∂b, ∂L/∂γ, ∂L/∂β, with the old w, b, γ, β"}};
    Session *session = listing->session;
    const char *first = session->pass && session->pass->fusion ? "z" : "ŷ";
    add(listing, prose_print(session, "    backward: %s", by_parameters(session, derivatives)));
    add(listing,
        prose_print(session, "      chain rule from ∂L/∂%s = %e", first, first_slope(session)));
    if (in_batches(session))
        add(listing, prose_print(session, "      in each row; ∂L/∂w is the mean of the rows'"));
}

/* The perceptron puts something else in the place of ∂L/∂w. */
static void write_trick(Listing *listing)
{
    Session *session = listing->session;
    add(listing,
        prose_print(session, "    backward: g = %e for a mistake (%e), else 0%s",
                    scope_parse_row(session, "-(y * x)"), scope_parse_row(session, "y * yhat < 0"),
                    in_batches(session) ? "; their mean" : ""));
    add(listing, prose_print(session, "      the trick: ∂L/∂w is 0, as the step's slope is"));
}

static void write_derivatives(Listing *listing)
{
    (has_trick(listing->session) ? write_trick : write_backward)(listing);
}

static void add_formula(void *self, const RuleLine *line)
{
    Listing *listing = self;
    Session *session = listing->session;
    add(listing, prose_print(session, "      %e = %e", scope_parse_row(session, line->target),
                             scope_parse_row(session, line->formula)));
}

/* What becomes of g before the rule takes it, in the order of descent_update. */
static void write_treatment(Listing *listing)
{
    Session *session = listing->session;
    const Descent *descent = &session->setup.descent;
    if (descent->clip_value > 0)
        add(listing, prose_print(session, "      clip: each g to between %n and %n",
                                 -descent->clip_value, descent->clip_value));
    if (descent->clip_norm > 0)
        add(listing, prose_print(session, "      clip: all g together to a norm of at most %n",
                                 descent->clip_norm));
    if (descent->decay > 0) add_formula(listing, &weight_decay);
}

static void write_rule(Listing *listing)
{
    Session *session = listing->session;
    const Descent *descent = &session->setup.descent;
    add(listing, prose_print(session, "    update: each %s, with %sη = %n",
                             by_parameters(session, parameters),
                             has_trick(session) ? "" : "g = ∂L/∂w and ", descent->eta));
    write_treatment(listing);
    update_rule_each_line(descent->optimizer, add_formula, add_formula, listing);
}

/* The rule of plain gradient descent has one line, which takes ∂L/∂w as it is. */
static void write_plain_rule(Listing *listing)
{
    static const char *const likewise[2][2] = {{"", ", b likewise"},
                                               {", γ and β likewise", ", b, γ and β likewise"}};
    static const Symbol loss = {.kind = SYMBOL_LOSS}, weight = {.kind = SYMBOL_WEIGHT};
    Session *session = listing->session;
    const Descent *descent = &session->setup.descent;
    const RuleLine *line = descent->optimizer->lines;
    Binding binding = {0};
    if (!has_trick(session))
        binding_add(&binding, "g", expr_derivative(&session->arena, loss, weight, NAN));
    add(listing, prose_print(session, "    update: %e = %e%s (η = %n)",
                             scope_parse_row(session, line->target),
                             binding_apply(&session->explainer, line->formula, &binding),
                             by_parameters(session, likewise), descent->eta));
}

static void write_update(Listing *listing)
{
    Session *session = listing->session;
    (descent_is_plain(&session->setup.descent) ? write_plain_rule : write_rule)(listing);
    if (has_norm(session))
        add(listing,
            prose_print(session, "      mean and var: a tenth of the way to the batch's μ and v"));
}

static void write_average(Listing *listing)
{
    Session *session = listing->session;
    const char *more = has_trick(session) ? ", and its mistakes" : ": the mean of its rows' L";
    add(listing, prose_print(session, "  average loss of the epoch%s", more));
}

static const struct {
    void (*write)(Listing *listing);
    bool happens; /* as the events of a phase */
    Phase phase;
} program[] = {
    {write_start, false, PHASE_ROW},    {write_epochs, false, PHASE_ROW},
    {write_rows, true, PHASE_ROW},      {write_forward, true, PHASE_FORWARD},
    {write_loss, true, PHASE_LOSS},     {write_derivatives, true, PHASE_BACKWARD},
    {write_update, true, PHASE_UPDATE}, {write_average, true, PHASE_EPOCH},
};

enum { LINES = sizeof program / sizeof program[0] };

int listing_line(Phase phase)
{
    int i = 0;
    while (!program[i].happens || program[i].phase != phase) i++;
    return i + 1;
}

bool listing_phase(long line, Phase *phase, bool *first)
{
    enum { EPOCHS = 2 };
    if (line < EPOCHS || line > LINES) return false;
    *phase = program[line - 1].phase;
    *first = line == EPOCHS;
    return true;
}

void listing_emit(Session *session)
{
    static const Column columns[] = {
        {NULL, ""}, {NULL, ""}, {"line", NULL}, {"phase", NULL}, {"text", ""}};
    bool placed = session->trainer.rows.count;
    int current = placed ? listing_line(trainer_event(&session->trainer).phase) : 0;
    emit_table(session, "lines", FOR_ALL,
               &(Table){.columns = columns, .count = 5, .headless = true});
    for (int i = 0; i < LINES; i++) {
        const char *phase = program[i].happens ? phase_name(program[i].phase) : NULL;
        program[i].write(&(Listing){session, i + 1, current, phase, false});
    }
    emit_table_end(session);
    if (!placed) return;
    emit_integer(session, "line", current);
    position_emit(session);
}
