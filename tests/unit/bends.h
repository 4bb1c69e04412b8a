/* For tests of time travel: commands that change the run on the way, and some that do not. */
#ifndef TESTS_BENDS_H
#define TESTS_BENDS_H

#include "moves.h"

/* Has the model change the run with LINE, from where the present update began. False when there
   were too many changes already, or it has gone far enough. */
static inline bool make_bend(Walker *walker, const char *line)
{
    Moment *now = &walker->now;
    Straight *straight = &walker->straight;
    if (straight->change_count == CHANGES_MOST || went_far(walker)) return false;
    now->place = now->known = update_begins(walker);
    straight_bend(straight, now->place, line);
    now->change_count = straight->change_count;
    memcpy(now->changes, straight->changes, sizeof straight->changes);
    return true;
}

/* LINE, after which the run goes on otherwise. */
static inline void bend(Walker *walker, const char *line)
{
    Moment before = walker->now;
    if (!make_bend(walker, line)) return;
    keep_moment(walker, &before);
    expect(walker, line, false);
}

/* LINE, after which all is as it was; it may fail. */
static inline void spare(Walker *walker, const char *line, bool fails)
{
    if (!fails) keep_moment(walker, &walker->now);
    expect(walker, line, fails);
}

static inline void bend_rate(Walker *walker)
{
    char line[64];
    double rate = walker->trial.session->setup.descent.rate;
    bool same = !random_below(&walker->random, 3);
    snprintf(line, sizeof line, "set lr %.17g",
             same ? rate : rate * random_uniform(&walker->random, 0.5, 1.4));
    if (same)
        spare(walker, line, false);
    else
        bend(walker, line);
}

static inline void bend_optimizer(Walker *walker)
{
    static const char *const names[] = {"sgd",     "momentum", "nesterov",
                                        "rmsprop", "adagrad",  "adam"};
    char line[64];
    const char *name = names[random_below(&walker->random, 6)];
    const Descent *descent = &walker->trial.session->setup.descent;
    if (descent->optimizer->trick) return;
    snprintf(line, sizeof line, "set optimizer %s", name);
    bool same = descent->optimizer == optimizer_find(name) &&
                !optimizer_slots(descent->optimizer) &&
                !trainer_beginning(&walker->trial.session->trainer).counted;
    if (same)
        spare(walker, line, false);
    else if (descent->optimizer != optimizer_find(name))
        bend(walker, line);
}

static inline void bend_parameter(Walker *walker)
{
    char line[128], name[SYMBOL_SIZE];
    const Net *net = session_net(walker->trial.session);
    size_t element = random_below(&walker->random, net->parameters);
    symbol_spell(name, net_symbol(net, element));
    snprintf(line, sizeof line, "set %s %.17g", name, random_uniform(&walker->random, -1, 1));
    bend(walker, line);
}

/* Numbers that the optimizer keeps of one parameter. */
static inline void bend_slot(Walker *walker)
{
    char line[128], name[SYMBOL_SIZE];
    const Session *session = walker->trial.session;
    const Optimizer *optimizer = session->setup.descent.optimizer;
    int slots = optimizer_slots(optimizer);
    if (!slots) return;
    size_t element = random_below(&walker->random, session_net(session)->parameters);
    symbol_spell(name, net_symbol(session_net(session), element));
    snprintf(line, sizeof line, "set %s.%s [%.17g]",
             optimizer->slots[random_below(&walker->random, (uint64_t)slots)], name,
             random_uniform(&walker->random, 0.001, 1));
    bend(walker, line);
}

static inline void bend_row(Walker *walker)
{
    char line[64];
    const Session *session = walker->trial.session;
    if (!walker->scene.rows) return;
    int row = random_between(&walker->random, 1, walker->scene.rows);
    snprintf(line, sizeof line, "row %d", row);
    const Trainer *trainer = &session->trainer;
    size_t next = trainer_beginning(trainer).course->next;
    if (!session->setup.typed && trainer_place(trainer, (size_t)row - 1) == next)
        spare(walker, line, false);
    else
        bend(walker, line);
}

static inline void bend_input(Walker *walker)
{
    Text line = {0};
    const Net *net = session_net(walker->trial.session);
    text_add(&line, "input");
    for (int i = 0; i < net->vectors[net->input].size; i++)
        text_print(&line, " %.3g", random_uniform(&walker->random, -1, 1));
    text_add(&line, " ->");
    int targets = net->vectors[net->target].size;
    double y[8];
    draw_targets(&walker->random, walker->trial.session->setup.loss, y, targets);
    for (int i = 0; i < targets; i++) text_print(&line, " %.17g", y[i]);
    bool good = line.length < sizeof walker->straight.changes->line;
    if (good) bend(walker, line.bytes);
    text_release(&line);
}

static inline void bend_data(Walker *walker)
{
    static const char *const names[] = {"standard", "minmax", "none"};
    char line[64];
    const Session *session = walker->trial.session;
    const Loss *loss = session->setup.loss;
    if (!session->data || session->setup.typed) return;
    if (loss->demands.distribution || !loss->demands.accepts(-5.5)) return;
    snprintf(line, sizeof line, "data scale %s", names[random_below(&walker->random, 3)]);
    if (!strcmp(line, "data scale none") && session->data == session->raw)
        spare(walker, line, false);
    else
        bend(walker, line);
}

/* A batch norm may not be able to take the new batches. */
static inline void bend_plan(Walker *walker)
{
    static const char *const lines[] = {"set mode stochastic", "set mode batch",  "set mode mini",
                                        "set shuffle on",      "set shuffle off", "set batch 3"};
    const Session *session = walker->trial.session;
    const Plan *plan = &session->setup.plan;
    int choice = random_between(&walker->random, 0, 5);
    static const Mode modes[] = {MODE_STOCHASTIC, MODE_BATCH, MODE_MINI};
    if (has_norm(session_net(session)) && (choice < 3 || choice == 5)) return;
    bool same = choice < 3    ? plan->mode == modes[choice]
                : choice == 3 ? plan->shuffle
                : choice == 4 ? !plan->shuffle
                              : plan->batch == 3;
    if (same)
        spare(walker, lines[choice], false);
    else
        bend(walker, lines[choice]);
}

static inline void bend_setting(Walker *walker)
{
    char line[64];
    int value = random_between(&walker->random, 1, 1000);
    static const char *const formats[] = {"set seed %d",          "set decay 0.0%d1",
                                          "set clip value=0.%d9", "set schedule 1/t decay=0.%d7",
                                          "set updates 9%d",      "set losses %d 1 0.5"};
    snprintf(line, sizeof line, formats[random_below(&walker->random, 6)], value);
    bend(walker, line);
}

/* `train` may change the plan before it goes on. */
static inline void bend_and_train(Walker *walker)
{
    Goal goal = no_goal;
    Moment before = walker->now;
    const Session *session = walker->trial.session;
    bool batches = session->setup.plan.mode == MODE_BATCH;
    if (has_norm(session_net(session)) || batches || !make_bend(walker, "set mode batch")) return;
    const Place *here = walker_place(walker, walker->now.place);
    ck_assert_ptr_nonnull(here);
    goal.epochs = here->epoch + 1;
    walker->now.epochs = goal.epochs;
    Why why = go_forward(walker, goal);
    if (why == WHY_BROKE)
        restore_moment(walker, &before);
    else
        finish_move(walker, &before, "train 1 mode=batch", why);
}

/* What is assumed holds between two updates. */
static inline void assume(Walker *walker)
{
    char line[128], name[SYMBOL_SIZE];
    const Net *net = session_net(walker->trial.session);
    Moment before = walker->now;
    symbol_spell(name, net_symbol(net, quantity_node(&walker->random, net)));
    snprintf(line, sizeof line, "assume %s = 0.25", name);
    walker->now.place = update_begins(walker);
    keep_moment(walker, &before);
    expect(walker, line, false);
}

/* The memo is the user's: it is on or off at all places, and the numbers are the same. */
static inline void turn_memo(Walker *walker)
{
    static const char *const lines[] = {"set memo on", "set memo off"};
    Straight *straight = &walker->straight;
    if (session_net(walker->trial.session)->architecture.layers > 2 ||
        has_norm(session_net(walker->trial.session)))
        return;
    keep_moment(walker, &walker->now);
    walker->now.memo = straight->memo = lines[random_below(&walker->random, 2)];
    straight_again(straight, walker->now.known);
    expect(walker, straight->memo, false);
}

static inline void bend_nothing(Walker *walker)
{
    static const struct {
        const char *line;
        bool fails;
    } rows[] = {{"set lr -1", true},       {"set w99^9 1", true},   {"set W^1 [1 2", true},
                {"row 999", true},         {"set clip", true},      {"data scale huge", true},
                {"set epochs 100", false}, {"set width 70", false}, {"set echo off", false}};
    size_t i = random_below(&walker->random, sizeof rows / sizeof *rows);
    if (!rows[i].fails) keep_moment(walker, &walker->now);
    if (!strcmp(rows[i].line, "set epochs 100")) walker->now.epochs = 100;
    expect(walker, rows[i].line, rows[i].fails);
}

static Move *const bends[] = {
    bend_rate,      bend_rate, bend_optimizer, bend_parameter, bend_parameter, bend_slot,
    bend_row,       bend_row,  bend_input,     bend_data,      bend_plan,      bend_setting,
    bend_and_train, assume,    turn_memo,      bend_nothing,   bend_nothing};
enum { BENDS = sizeof bends / sizeof *bends };

#endif
