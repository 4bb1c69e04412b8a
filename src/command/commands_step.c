/* One update of the parameters, shown: step. */
#include <limits.h>

#include "base/memory.h"
#include "command/command.h"
#include "session/emit.h"
#include "session/timeline.h"
#include "session/training.h"
#include "show/steps.h"
#include "show/stop_report.h"

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
    for (size_t i = 0; i < STEP_PARAMETERS && i < net->parameters; i++)
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
    for (size_t i = 0; i < STEP_PARAMETERS && i < net->parameters; i++)
        step->after[i] = pass->value[net_parameter(net, i)];
    if (session->page) judge_step(session, step);
    return true;
}

static StepChanges new_changes(Session *session)
{
    size_t count = session_net(session)->parameters;
    double *numbers = arena_new(&session->arena, 4 * count * sizeof *numbers);
    return (StepChanges){numbers, numbers + count, numbers + 2 * count, numbers + 3 * count};
}

static void keep_changes(const Session *session, StepChanges *changes)
{
    size_t count = session_net(session)->parameters;
    memory_copy_numbers(changes->old, session->trainer.update.old, count);
    memory_copy_numbers(changes->gradient, session->trainer.update.gradient, count);
    memory_copy_numbers(changes->now, session->pass->value, count);
    if (session->page) memory_copy_numbers(changes->by_hand, session->page->numbers, count);
}

static void run_steps(Session *session, Steps *steps)
{
    Table table = steps_table(session);
    bool single = steps->asked == 1, listed = single || emit_to_programs(session);
    emit_table(session, "updates", single ? FOR_ALL : FOR_PROGRAMS, &table);
    do {
        Step *step = &steps->recent[steps->made % STEPS_KEPT], kept = *step;
        if (!make_step(&steps->motion, step)) {
            *step = kept;
            break;
        }
        steps->made++;
        keep_changes(session, &steps->changes);
        if (listed) steps_show_changes(session, &steps->changes, &step->descent);
    } while (steps->made < steps->asked && steps->motion.reason == REASON_GOAL);
    emit_table_end(session);
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
    if (steps.made) steps_show(session, &steps);
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
