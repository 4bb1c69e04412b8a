/* One update of the parameters, shown: step. */
#include "engine/update.h"
#include "render/spell.h"
#include "session/command.h"
#include "session/emit.h"

enum { FEW = 3 }; /* parameters that have a column each when several updates are listed */

/* One of the updates of a run. */
typedef struct Step {
    Update update;
    long number;       /* of all updates so far, from 1 */
    size_t row;        /* from 1 */
    double yhat;       /* of the first output, before it */
    double after[FEW]; /* the first parameters, after it */
} Step;

static bool fail_broken(const Session *session, const Step *step, UpdateResult result, Error *err)
{
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), step->update.broken));
    return fail(
        err, 0,
        "%s%s overflowed in update %ld (row %zu): the training explodes, and this update is "
        "not made; go back with `undo` or begin anew with `init`, and then scale the columns "
        "(`data scale standard`), lower `lr`, or `set clip norm=1`",
        result == UPDATE_GRADIENT_BROKE ? "dL/d" : "", name, step->number, step->row);
}

static bool make_step(Session *session, Step *step, Error *err)
{
    Setup *setup = &session->setup;
    step->number = setup->descent.updates + 1;
    step->row = setup->typed ? 1 : setup->row + 1;
    if (!session_forward(session, err)) return false;
    UpdateResult result =
        update_make(&step->update, session->pass, &setup->descent, session->slots);
    if (result != UPDATE_MADE) return fail_broken(session, step, result, err);
    const Net *net = session_net(session);
    step->yhat = session->pass->value[net->vectors[net->prediction].at];
    for (size_t i = 0; i < FEW && i < net->parameters; i++)
        step->after[i] = session->pass->value[net_parameter(net, i)];
    session_forget(session);
    return true;
}

static void emit_changes(Session *session, const Update *update)
{
    const Descent *descent = &session->setup.descent;
    const Net *net = session_net(session);
    for (size_t i = 0; i < net->parameters; i++) {
        size_t e = net_parameter(net, i);
        ArenaMark mark = arena_mark(&session->arena);
        double now = session->pass->value[e];
        bool plain = !optimizer_slots(descent->optimizer);
        double change = plain ? descent->rate * update->gradient[e] : update->old[e] - now;
        Cell cells[] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, e)),
                        CELL_OF_NUMBER(update->old[e]), CELL_OF_NUMBER(update->gradient[e]),
                        CELL_OF_NUMBER(change), CELL_OF_NUMBER(now)};
        emit_row(session, cells);
        arena_reset(&session->arena, mark);
    }
}

static void next_row(Session *session)
{
    Setup *setup = &session->setup;
    if (setup->typed) return;
    setup->row = (setup->row + 1) % session->data->rows;
    session_place_row(session);
}

/* How a run of updates went. */
enum { RECENT = 20 };
typedef struct Run {
    long asked, made;
    Step recent[RECENT]; /* the last of them, without their numbers */
    Error stop;          /* why it ended early */
    bool interrupted;
} Run;

/* What changed a parameter is η times its gradient only in plain gradient descent. */
static Table update_table(const Session *session)
{
    static const Column columns[2][5] = {{{"parameter", "parameter"},
                                          {"old", "old"},
                                          {"gradient", "gradient"},
                                          {NULL, "η·gradient"},
                                          {"new", "new"}},
                                         {{"parameter", "parameter"},
                                          {"old", "old"},
                                          {"gradient", "gradient"},
                                          {NULL, "old - new"},
                                          {"new", "new"}}};
    bool plain = !optimizer_slots(session->setup.descent.optimizer);
    return (Table){.columns = columns[plain ? 0 : 1], .count = 5};
}

/* LAST is then the last update that was made; NEXT is where another is tried. */
static void run_steps(Session *session, Run *run, Step *last, Step *next)
{
    Table table = update_table(session);
    emit_table(session, "updates", run->asked == 1 ? FOR_ALL : FOR_PROGRAMS, &table);
    while (run->made < run->asked) {
        run->interrupted = session_interrupted(session);
        if (run->interrupted || !make_step(session, next, &run->stop)) break;
        Step made = *next;
        *next = *last, *last = made;
        emit_changes(session, &last->update);
        run->recent[run->made++ % RECENT] = made;
        next_row(session);
    }
    emit_table_end(session);
}

/* Loss and output before each update and, of a tiny network, the parameters after it. */
static int run_columns(Session *session, Column *columns)
{
    const Net *net = session_net(session);
    int count = 0;
    columns[count++] = (Column){"", "update"};
    columns[count++] = (Column){"", "row"};
    columns[count++] = (Column){"", "L before"};
    if (net->vectors[net->prediction].size == 1) columns[count++] = (Column){"", "ŷ before"};
    for (size_t i = 0; net->parameters <= FEW && i < net->parameters; i++) {
        Text heading = {0};
        spell_symbol(&heading, net_symbol(net, net_parameter(net, i)), &session->style);
        text_add(&heading, " after");
        columns[count++] = (Column){"", text_move(&heading, &session->arena)};
    }
    return count;
}

static void emit_step(Session *session, const Step *step)
{
    const Net *net = session_net(session);
    Cell cells[4 + FEW];
    int count = 0;
    cells[count++] = CELL_OF_INTEGER(step->number);
    cells[count++] = CELL_OF_INTEGER((long)step->row);
    cells[count++] = CELL_OF_NUMBER(step->update.loss);
    if (net->vectors[net->prediction].size == 1) cells[count++] = CELL_OF_NUMBER(step->yhat);
    for (size_t i = 0; net->parameters <= FEW && i < net->parameters; i++)
        cells[count++] = CELL_OF_NUMBER(step->after[i]);
    emit_row(session, cells);
}

/* Of many updates people see the last few, a line each, and then the last in full. */
static void describe_run(Session *session, const Run *run, const Step *last)
{
    Column columns[4 + FEW];
    int count = run_columns(session, columns);
    long first = run->made > RECENT ? run->made - RECENT : 0;
    if (first) emit_note(session, "… %d update%s before these", first, plural(first));
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = count});
    for (long i = first; i < run->made; i++) emit_step(session, &run->recent[i % RECENT]);
    emit_table_end(session);
    emit_note(session, "the last of them:");
    Table table = update_table(session);
    emit_table(session, NULL, FOR_PEOPLE, &table);
    emit_changes(session, &last->update);
    emit_table_end(session);
}

static bool nothing_moved(const Session *session, const Update *update)
{
    size_t e = 0, parameters = session_net(session)->parameters;
    while (e < parameters && update->gradient[e] == 0) e++;
    return e == parameters;
}

static void conclude(Session *session, const Run *run, const Step *last)
{
    const Descent *descent = &session->setup.descent;
    if (run->asked > 1) describe_run(session, run, last);
    emit_note(session, "update %d, row %d: L was %n", last->number, (long)last->row,
              last->update.loss);
    if (descent->clip_norm > 0 || descent->clip_value > 0)
        emit_note(session, "these are the gradients after clipping (%c)", "show clip");
    if (nothing_moved(session, &last->update))
        emit_note(session, "no parameter moved: all derivatives are 0 here");
    emit_integer(session, "row", (long)last->row);
    emit_number(session, "loss", last->update.loss);
}

/* A run that ends early keeps the updates it made, for `undo` to take back, and fails. */
static bool stop_early(Session *session, const Run *run, Error *err)
{
    if (run->interrupted) session->outcome = OUTCOME_INTERRUPTED;
    session->partly = run->made > 0;
    if (run->asked == 1 && !run->interrupted) return *err = run->stop, false;
    return fail(err, 0, "stopped after %ld of %ld update%s: %s", run->made, run->asked,
                plural(run->asked), run->interrupted ? "interrupted" : run->stop.message);
}

static bool run_step(Session *session, const Arguments *arguments, Error *err)
{
    Run run = {.asked = arguments_integer(arguments, "N", 1)};
    const Optimizer *optimizer = session->setup.descent.optimizer;
    Step last = {.update = update_new(session->pass, optimizer)};
    Step next = {.update = update_new(session->pass, optimizer)};
    session_release_pins(session);
    run_steps(session, &run, &last, &next);
    if (run.made) conclude(session, &run, &last);
    update_release(&last.update);
    update_release(&next.update);
    return run.made == run.asked || stop_early(session, &run, err);
}

static const Command commands[] = {
    {"step", "s", "[N]", NEEDS_ROW | CHANGES | REPEATS,
     "make one update (or N): forward, loss, all derivatives, new parameters",
     "All derivatives are taken with the old parameters. Then the next row is in place; after "
     "the last comes the first. A row that was typed stays.",
     "step\nstep 3", run_step},
};

const Topic step_topic = {"updating", commands, sizeof commands / sizeof commands[0]};
