/* One update of the parameters, shown: step. */
#include <limits.h>
#include <string.h>

#include "base/memory.h"
#include "command/command.h"
#include "render/spell.h"
#include "session/emit.h"
#include "session/perceptron.h"
#include "session/timeline.h"
#include "session/training.h"
#include "show/by_hand_show.h"
#include "show/perceptron_show.h"
#include "show/stop_report.h"
#include "show/update_rule.h"

enum { FEW = 3 }; /* parameters that have a column each when several updates are listed */

/* One of the updates of a run. */
typedef struct Step {
    long number;       /* of all updates so far, from 1 */
    size_t row;        /* from 1; the first of a batch */
    int rows;          /* in the batch */
    Descent descent;   /* that made it: the next epoch may have another η */
    double loss;       /* before it */
    double yhat;       /* of the first output, before it */
    double after[FEW]; /* the first parameters, after it */
    Hand hand;         /* ... as all these were by hand */
    Hand yhat_hand;
    Hand after_hand[FEW];
    Mistakes mistakes; /* the perceptron's */
} Step;

/* The epoch's end, where it is left to do, is no part of the update. */
static bool end_epoch(Motion *motion)
{
    const Session *session = motion->session;
    if (session->trainer.phase != PHASE_EPOCH) return true;
    motion->events = timeline_now(session) + 1;
    motion_forward(motion);
    motion->events = LONG_MAX;
    return motion->reason == REASON_GOAL;
}

static void judge_step(const Session *session, Step *step)
{
    const Page *page = session->page;
    const Net *net = session_net(session);
    step->hand = page_judge(page, step->loss, page->loss);
    step->yhat_hand = page_judge(page, step->yhat, page->yhat);
    for (size_t i = 0; i < FEW && i < net->parameters; i++)
        step->after_hand[i] =
            page_judge(page, step->after[i], page->numbers[net_parameter(net, i)]);
}

/* False when something has stopped the motion before the update was made. */
static bool make_step(Motion *motion, Step *step)
{
    Session *session = motion->session;
    const Setup *setup = &session->setup;
    const Pass *pass = session->pass;
    const Net *net = pass->net;
    if (!end_epoch(motion) || motion_follow(motion)) return false;
    *step = (Step){.number = setup->descent.updates + 1,
                   .row = setup->typed ? 1 : session_row(session) + 1,
                   .rows = pass->rows,
                   .descent = setup->descent};
    step->descent.updates++;
    perceptron_look(session, &step->mistakes);
    motion->updates = setup->course.updates + 1;
    motion_forward(motion);
    bool taken_back = motion->reason == REASON_INTERRUPTED && session->trainer.done;
    if (setup->course.updates < motion->updates || taken_back) return false;
    step->loss = session->trainer.update.loss;
    step->yhat = pass->value[net->vectors[net->prediction].at];
    for (size_t i = 0; i < FEW && i < net->parameters; i++)
        step->after[i] = pass->value[net_parameter(net, i)];
    if (session->page) judge_step(session, step);
    return true;
}

/* What one update did to the parameters: [parameters] each; BY_HAND only with a page. The next one,
   which may be stopped in its midst, has other numbers. */
typedef struct Changes {
    double *old, *gradient, *now, *by_hand;
} Changes;

static Changes new_changes(Session *session)
{
    size_t count = session_net(session)->parameters;
    double *numbers = arena_new(&session->arena, 4 * count * sizeof *numbers);
    return (Changes){numbers, numbers + count, numbers + 2 * count, numbers + 3 * count};
}

static void keep_changes(const Session *session, Changes *changes)
{
    size_t count = session_net(session)->parameters;
    memory_copy_numbers(changes->old, session->trainer.update.old, count);
    memory_copy_numbers(changes->gradient, session->trainer.update.gradient, count);
    memory_copy_numbers(changes->now, session->pass->value, count);
    if (session->page) memory_copy_numbers(changes->by_hand, session->page->numbers, count);
}

enum { UPDATE_COLUMNS = 5 };

static void emit_changes(Session *session, const Changes *changes, const Descent *descent)
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

/* How a run of updates went. */
enum { RECENT = 20 };
typedef struct Steps {
    long asked, made;
    Step recent[RECENT]; /* the last of them */
    Changes changes;     /* of the last */
    Motion motion;
} Steps;

static const Step *last_of(const Steps *steps)
{
    return &steps->recent[(steps->made - 1) % RECENT];
}

/* What changed a parameter is η times its gradient only in plain gradient descent. That column
   makes room for the page's. */
static Table update_table(Session *session)
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

static void run_steps(Session *session, Steps *steps)
{
    Table table = update_table(session);
    bool single = steps->asked == 1, listed = single || emit_to_programs(session);
    emit_table(session, "updates", single ? FOR_ALL : FOR_PROGRAMS, &table);
    do {
        Step *step = &steps->recent[steps->made % RECENT], kept = *step;
        if (!make_step(&steps->motion, step)) {
            *step = kept;
            break;
        }
        steps->made++;
        keep_changes(session, &steps->changes);
        if (listed) emit_changes(session, &steps->changes, &step->descent);
    } while (steps->made < steps->asked && steps->motion.reason == REASON_GOAL);
    emit_table_end(session);
}

/* One output in one row: there is one ŷ to show. */
static bool single_output(const Session *session)
{
    const Net *net = session_net(session);
    return net->vectors[net->prediction].size == 1 && session_row_by_row(session);
}

enum { RUN_COLUMNS = 2 + 2 * (2 + FEW) };

/* Loss and output before each update and, of a tiny network, the parameters after it. */
static int run_columns(Session *session, Column *columns)
{
    const Net *net = session_net(session);
    int count = 0;
    columns[count++] = (Column){"", "update"};
    columns[count++] = (Column){"", session_row_by_row(session) ? "row" : "first row"};
    count = by_hand_heading(session, columns, count, "L before");
    if (single_output(session)) count = by_hand_heading(session, columns, count, "ŷ before");
    for (size_t i = 0; net->parameters <= FEW && i < net->parameters; i++) {
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
    for (size_t i = 0; net->parameters <= FEW && i < net->parameters; i++)
        count = by_hand_number(session, cells, count, step->after[i], step->after_hand[i]);
    emit_row(session, cells);
}

/* Of many updates people see the last few, a line each. */
static void describe_steps(Session *session, const Steps *run)
{
    Column columns[RUN_COLUMNS];
    int count = run_columns(session, columns);
    long first = run->made > RECENT ? run->made - RECENT : 0;
    if (first) emit_note(session, "… %d update%s before these", first, plural(first));
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = count});
    for (long i = first; i < run->made; i++) emit_step(session, &run->recent[i % RECENT]);
    emit_table_end(session);
}

static void describe_changes(Session *session, const Steps *run)
{
    Table table = update_table(session);
    emit_note(session, "the last of them:");
    emit_table(session, NULL, FOR_PEOPLE, &table);
    emit_changes(session, &run->changes, &last_of(run)->descent);
    emit_table_end(session);
}

static bool nothing_moved(const Changes *changes, size_t parameters)
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

static void conclude(Session *session, const Steps *steps)
{
    const Step *last = last_of(steps);
    if (steps->asked > 1) describe_steps(session, steps);
    describe_update(session, steps);
    emit_integer(session, "row", (long)last->row);
    emit_number(session, "loss", last->loss);
    by_hand_emit(session, last->hand);
}

/* A run that cannot go on keeps the updates it made, for `undo` to take back, and fails. Without
   any, what was assumed is assumed again. */
static bool stop_early(Session *session, Steps *steps, Error *err)
{
    Error why;
    training_fail(session, steps->motion.broke, &why);
    session->partly = steps->made > 0;
    if (!steps->made) snapshot_restore(session, session->before);
    if (steps->asked == 1) return *err = why, false;
    return fail(err, 0, "stopped after %ld of %ld update%s: %s", steps->made, steps->asked,
                plural(steps->asked), why.message);
}

/* At a breakpoint, or interrupted. */
static bool stop_on_the_way(Session *session, Steps *steps, Error *err)
{
    bool interrupted = steps->motion.reason == REASON_INTERRUPTED;
    if (interrupted && !steps->made) return stop_at_start(session, err);
    if (steps->made < steps->asked && steps->asked > 1)
        emit_note(session, "stopped after %d of %d updates", steps->made, steps->asked);
    steps->motion.again = arena_print(&session->arena, "step %ld", steps->asked - steps->made);
    stop_report(&steps->motion);
    if (interrupted) session->outcome = OUTCOME_INTERRUPTED;
    return true;
}

static bool run_step(Session *session, const Arguments *arguments, Error *err)
{
    Steps steps = {.asked = arguments_integer(arguments, "N", 1)};
    if (!training_ready(session, err)) return false;
    steps.changes = new_changes(session);
    steps.motion = motion_begin(session, true);
    steps.motion.careful = true;
    steps.motion.updates = session->setup.course.updates + steps.asked;
    motion_show(&steps.motion);
    run_steps(session, &steps);
    if (steps.made) conclude(session, &steps);
    bool broke = steps.motion.reason == REASON_BROKE;
    if (broke || steps.motion.reason == REASON_INTERRUPTED) trainer_rewind(&session->trainer);
    motion_end(&steps.motion);
    if (steps.motion.reason == REASON_GOAL) return stop_show_displays(session), true;
    return (broke ? stop_early : stop_on_the_way)(session, &steps, err);
}

static const Command commands[] = {
    {"step", "s", "[N]", NEEDS_ROW | MOVES | REPEATS,
     "make one update (or N): forward, loss, all derivatives, new parameters",
     "All derivatives are taken with the old parameters. Then the next row is in place; after "
     "the last comes the first. A row that was typed stays. With `set mode batch` or `set mode "
     "mini` an update takes a whole batch.",
     "step\nstep 3", run_step},
};

const CommandGroup step_commands = {"one row, by hand", commands,
                                    sizeof commands / sizeof commands[0]};
