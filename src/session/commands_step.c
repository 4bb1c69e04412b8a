/* One update of the parameters, shown: step. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/emit.h"

/* What an update starts from, to show it and to take it back if a number breaks. */
typedef struct Update {
    double *old, *slots, *gradient;
    double loss;
    long number; /* of all updates so far, from 1 */
    size_t row;  /* from 1 */
} Update;

static size_t slot_count(const Session *session)
{
    size_t slots = (size_t)optimizer_slots(session->setup.descent.optimizer);
    return slots * session_net(session)->parameters;
}

static void copy_numbers(double *to, const double *from, size_t count)
{
    if (count) memcpy(to, from, count * sizeof *to);
}

static Update update_new(Session *session)
{
    size_t parameters = session_net(session)->parameters, slots = slot_count(session);
    Update update = {memory_new((2 * parameters + slots) * sizeof(double)), NULL, NULL, 0, 0, 0};
    update.gradient = update.old + parameters;
    update.slots = update.gradient + parameters;
    return update;
}

/* The first number that is not finite among COUNT; COUNT when all are. */
static size_t first_broken(const double *numbers, size_t count)
{
    size_t i = 0;
    while (i < count && isfinite(numbers[i])) i++;
    return i;
}

static bool fail_broken(Session *session, const Update *update, size_t element, bool gradient,
                        Error *err)
{
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), element));
    return fail(
        err, 0,
        "%s%s overflowed in update %ld (row %zu): the training explodes, and this update is "
        "not made; scale the columns (`data scale standard`), lower `lr`, or "
        "`set clip norm=1`",
        gradient ? "dL/d" : "", name, update->number, update->row);
}

/* The first parameter that is not finite, or of which the optimizer remembers what is not. */
static size_t first_broken_number(const Session *session)
{
    size_t parameters = session_net(session)->parameters, slots = slot_count(session);
    size_t value = first_broken(session->pass->value, parameters);
    size_t slot = first_broken(session->slots, slots);
    return value == parameters && slot < slots ? slot % parameters : value;
}

static bool make_update(Session *session, Update *update, Error *err)
{
    Pass *pass = session->pass;
    const Net *net = pass->net;
    Setup *setup = &session->setup;
    update->number = setup->descent.updates + 1;
    update->row = setup->typed ? 1 : setup->row + 1;
    if (!session_forward(session, err)) return false;
    for (size_t e = net->parameters; e < net->elements; e++)
        if (!isfinite(pass->value[e])) return fail_broken(session, update, e, false, err);
    update->loss = pass_loss(pass);
    pass_backward(pass);
    copy_numbers(update->old, pass->value, net->parameters);
    copy_numbers(update->gradient, pass->adjoint, net->parameters);
    size_t broken = first_broken(update->gradient, net->parameters);
    if (broken < net->parameters) return fail_broken(session, update, broken, true, err);
    copy_numbers(update->slots, session->slots, slot_count(session));
    descent_clip(&setup->descent, net->parameters, update->gradient);
    descent_update(&setup->descent, net->parameters, pass->value, update->gradient, session->slots);
    session_forget(session);
    broken = first_broken_number(session);
    if (broken == net->parameters) return true;
    copy_numbers(pass->value, update->old, net->parameters);
    copy_numbers(session->slots, update->slots, slot_count(session));
    setup->descent.updates--;
    return fail_broken(session, update, broken, false, err);
}

static void emit_updates(Session *session, const Update *update)
{
    const Descent *descent = &session->setup.descent;
    for (size_t e = 0; e < session_net(session)->parameters; e++) {
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
enum { RECENT = 10 };
typedef struct Run {
    long asked, made;
    Update recent[RECENT]; /* the last of them, without their numbers */
    Error stop;            /* why it ended early */
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
static bool run_updates(Session *session, Run *run, Update *last, Update *next)
{
    Table table = update_table(session);
    emit_table(session, "updates", run->asked == 1 ? FOR_ALL : FOR_PROGRAMS, &table);
    while (run->made < run->asked) {
        run->interrupted = session_interrupted(session);
        if (run->interrupted || !make_update(session, next, &run->stop)) break;
        Update made = *next;
        *next = *last, *last = made;
        emit_updates(session, last);
        run->recent[run->made++ % RECENT] = made;
        next_row(session);
    }
    emit_table_end(session);
    return run->made > 0 || run->interrupted;
}

/* Of many updates people see the last few, a line each, and then the last in full. */
static void describe_run(Session *session, const Run *run, const Update *last)
{
    static const Column columns[] = {{"", "update"}, {"", "row"}, {"", "L before it"}};
    long first = run->made > RECENT ? run->made - RECENT : 0;
    if (first) emit_note(session, "… %d updates before these", first);
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 3});
    for (long i = first; i < run->made; i++) {
        const Update *update = &run->recent[i % RECENT];
        Cell cells[] = {CELL_OF_INTEGER(update->number), CELL_OF_INTEGER((long)update->row),
                        CELL_OF_NUMBER(update->loss)};
        emit_row(session, cells);
    }
    emit_table_end(session);
    emit_note(session, "the last of them:");
    Table table = update_table(session);
    emit_table(session, NULL, FOR_PEOPLE, &table);
    emit_updates(session, last);
    emit_table_end(session);
}

static void conclude(Session *session, const Run *run, const Update *last)
{
    if (run->asked > 1 && run->made) describe_run(session, run, last);
    if (run->made) {
        emit_note(session, "update %d, row %d: L was %n", last->number, (long)last->row,
                  last->loss);
        emit_integer(session, "row", (long)last->row);
        emit_number(session, "loss", last->loss);
    }
    if (run->made == run->asked) return;
    const char *why = run->interrupted ? "interrupted" : run->stop.message;
    emit_note(session, "stopped after %d of %d updates: %s", run->made, run->asked, why);
    emit_string(session, "stopped", why);
    if (run->interrupted) session->outcome = OUTCOME_INTERRUPTED;
}

static bool run_step(Session *session, const Arguments *arguments, Error *err)
{
    Run run = {.asked = arguments_integer(arguments, "N", 1)};
    Update last = update_new(session), next = update_new(session);
    bool ok = run_updates(session, &run, &last, &next);
    if (ok)
        conclude(session, &run, &last);
    else
        *err = run.stop;
    free(last.old);
    free(next.old);
    return ok;
}

static const Command commands[] = {
    {"step", "s", "[N]", NEEDS_ROW | CHANGES | REPEATS,
     "make one update (or N): forward, loss, all derivatives, new parameters",
     "All derivatives are taken with the old parameters. Then the next row is in place; after "
     "the last comes the first. A row that was typed stays.",
     "step\nstep 3", run_step},
};

const Topic step_topic = {"updating", commands, sizeof commands / sizeof commands[0]};
