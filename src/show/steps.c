#include <string.h>

#include "render/spell.h"
#include "session/emit.h"
#include "show/by_hand_show.h"
#include "show/perceptron_show.h"
#include "show/steps.h"
#include "show/update_rule.h"

enum { UPDATE_COLUMNS = 5 };

void steps_show_changes(Session *session, const StepChanges *changes, const Descent *descent)
{
    const Net *net = session_net(session);
    bool plain = !optimizer_slots(descent->optimizer);
    for (size_t i = 0; i < net->parameters; i++) {
        size_t e = net_parameter(net, i);
        ArenaMark mark = arena_mark(&session->arena);
        double old = changes->old[e], gradient = changes->gradient[e], now = changes->now[e];
        Cell cells[UPDATE_COLUMNS + HAND_CELLS] = {
            CELL_OF_SYMBOL(explain_symbol(&session->explainer, e)), CELL_OF_NUMBER(old),
            CELL_OF_NUMBER(gradient), CELL_OF_NUMBER(plain ? descent->eta * gradient : old - now),
            CELL_OF_NUMBER(now)};
        Hand hand = page_judge(session->page, now, changes->by_hand[e]);
        if (hand.known) by_hand_cells(session, hand, cells + UPDATE_COLUMNS);
        emit_row(session, cells);
        arena_reset(&session->arena, mark);
    }
}

static const Step *last_of(const Steps *steps)
{
    return &steps->recent[(steps->made - 1) % STEPS_KEPT];
}

/* What changed a parameter is η times its gradient only in plain gradient descent. That column
   makes room for the page's. */
Table steps_table(Session *session)
{
    static const Column columns[UPDATE_COLUMNS] = {{"parameter", "parameter"},
                                                   {"old", "old"},
                                                   {"gradient", "gradient"},
                                                   {NULL, "η·gradient"},
                                                   {"new", "new"}};
    Column shown[UPDATE_COLUMNS];
    memcpy(shown, columns, sizeof columns);
    if (optimizer_slots(session->setup.descent.optimizer)) shown[3].heading = "old - new";
    if (session->page) shown[3].heading = NULL;
    return by_hand_table(session, shown, UPDATE_COLUMNS);
}

/* One output in one row: there is one ŷ to show. */
static bool single_output(const Session *session)
{
    const Net *net = session_net(session);
    return net_outputs(net) == 1 && session_row_by_row(session);
}

enum { RUN_COLUMNS = 2 + 2 * (2 + STEP_PARAMETERS) };

/* Loss and output before each update and, of a tiny network, the parameters after it. */
static int run_columns(Session *session, Column *columns)
{
    const Net *net = session_net(session);
    int count = 0;
    columns[count++] = (Column){"", "update"};
    columns[count++] = (Column){"", session_row_by_row(session) ? "row" : "first row"};
    count = by_hand_heading(session, columns, count, "L before");
    if (single_output(session)) count = by_hand_heading(session, columns, count, "ŷ before");
    for (size_t i = 0; net->parameters <= STEP_PARAMETERS && i < net->parameters; i++) {
        Text heading = {0};
        spell_symbol(&heading, net_symbol(net, net_parameter(net, i)), &session->style);
        text_add(&heading, " after");
        count = by_hand_heading(session, columns, count, text_move(&heading, &session->arena));
    }
    return count;
}

static void emit_step(Session *session, const Step *step)
{
    const Net *net = session_net(session);
    Cell cells[RUN_COLUMNS];
    int count = 0;
    cells[count++] = CELL_OF_INTEGER(step->number);
    cells[count++] = CELL_OF_INTEGER((long)step->row);
    count = by_hand_number(session, cells, count, step->loss, step->hand);
    if (single_output(session))
        count = by_hand_number(session, cells, count, step->yhat, step->yhat_hand);
    for (size_t i = 0; net->parameters <= STEP_PARAMETERS && i < net->parameters; i++)
        count = by_hand_number(session, cells, count, step->after[i], step->after_hand[i]);
    emit_row(session, cells);
}

/* Of many updates people see the last few, a line each. */
static void describe_steps(Session *session, const Steps *run)
{
    Column columns[RUN_COLUMNS];
    int count = run_columns(session, columns);
    long first = run->made > STEPS_KEPT ? run->made - STEPS_KEPT : 0;
    if (first) emit_note(session, "… %d update%s before these", first, plural(first));
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = count});
    for (long i = first; i < run->made; i++) emit_step(session, &run->recent[i % STEPS_KEPT]);
    emit_table_end(session);
}

static void describe_changes(Session *session, const Steps *run)
{
    Table table = steps_table(session);
    emit_note(session, "the last of them:");
    emit_table(session, NULL, FOR_PEOPLE, &table);
    steps_show_changes(session, &run->changes, &last_of(run)->descent);
    emit_table_end(session);
}

static bool nothing_moved(const StepChanges *changes, size_t parameters)
{
    size_t e = 0;
    while (e < parameters && changes->gradient[e] == 0 && changes->old[e] == changes->now[e]) e++;
    return e == parameters;
}

static void describe_last(Session *session, const Step *last)
{
    const char *hand = by_hand_words(session, "; ", last->hand);
    if (last->rows > 1)
        emit_note(session, "update %d, a batch of %d rows: L, their mean, was %n%s", last->number,
                  (long)last->rows, last->loss, hand);
    else
        emit_note(session, "update %d, row %d: L was %n%s", last->number, (long)last->row,
                  last->loss, hand);
}

static void note_treatment(Session *session, const Descent *descent)
{
    if (descent->clip_norm > 0 || descent->clip_value > 0)
        emit_note(session, "these are the gradients after clipping (%c)", "show clip");
    if (descent->decay > 0)
        emit_note(session, "weight decay is part of these gradients (%c)", "show decay");
}

/* The perceptron's mistakes: why something moves, or nothing does. What moves is shown unless
   another update has begun since. */
static void describe_mistakes(Session *session, const Steps *steps)
{
    const Mistakes *mistakes = &last_of(steps)->mistakes;
    perceptron_show_mistakes(session, mistakes, MISTAKES_KEPT);
    if (mistakes->count && steps->motion.reason == REASON_GOAL) perceptron_show_moves(session);
}

/* In full. */
static void describe_update(Session *session, const Steps *steps)
{
    const Step *last = last_of(steps);
    bool single = steps->asked == 1;
    if (!single) describe_changes(session, steps);
    describe_last(session, last);
    note_treatment(session, &last->descent);
    describe_mistakes(session, steps);
    bool right = session->pass->trick && !last->mistakes.count;
    if (nothing_moved(&steps->changes, session_net(session)->parameters))
        emit_note(session, right ? "right: nothing moves"
                                 : "no parameter moved: all derivatives are 0 here");
    else if (single)
        update_rule_show(session, &session->trainer.update, &last->descent);
}

void steps_show(Session *session, const Steps *steps)
{
    const Step *last = last_of(steps);
    if (steps->asked > 1) describe_steps(session, steps);
    describe_update(session, steps);
    emit_integer(session, "row", (long)last->row);
    emit_number(session, "loss", last->loss);
    by_hand_emit(session, last->hand);
}
