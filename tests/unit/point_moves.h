/* For tests of stops: commands that set breakpoints and watchpoints, drawn at random, and what the
   model makes of them. */
#ifndef TESTS_POINT_MOVES_H
#define TESTS_POINT_MOVES_H

#include "moves.h"
#include "session/phase.h"

/* A command that is about points alone: the place stays. */
static inline void set_points(Walker *walker, const char *line, const Moment *before)
{
    keep_moment(walker, before);
    expect(walker, line, false);
}

/* `if` and a question, at times. */
static inline void draw_condition(Walker *walker, Mine *mine, Text *line)
{
    mine->condition = -1;
    if (random_below(&walker->random, 3)) return;
    mine->condition = (int)random_below(&walker->random, QUESTIONS);
    text_print(line, " if %s", walker->questions[mine->condition].text);
}

static inline void draw_spot(Walker *walker, Mine *mine, Text *line)
{
    char name[SYMBOL_SIZE];
    Random *random = &walker->random;
    const Net *net = session_net(walker->trial.session);
    bool node = random_below(random, 2);
    switch (random_below(random, 4)) {
    case 0:
        mine->spot = SPOT_EPOCH;
        mine->epoch = random_between(random, 1, 4);
        text_print(line, "epoch %ld", mine->epoch);
        return;
    case 1:
        mine->spot = SPOT_DERIVATIVE;
        mine->element = random_below(random, net->parameters);
        symbol_spell(name, net_symbol(net, mine->element));
        text_print(line, "dL/d%s", name);
        return;
    case 2:
        mine->spot = SPOT_SYMBOL;
        mine->element = node ? quantity_node(random, net) : random_below(random, net->parameters);
        symbol_spell(name, net_symbol(net, mine->element));
        text_add(line, name);
        return;
    default:
        mine->spot = SPOT_PHASE;
        mine->phase = (Phase)random_below(random, PHASES);
        text_add(line, phase_name(mine->phase));
    }
}

static inline void move_break(Walker *walker)
{
    Text line = {0};
    Moment before = walker->now, *now = &walker->now;
    if (now->point_count == POINTS_MOST) return;
    Mine mine = {.number = ++now->last, .temporary = !random_below(&walker->random, 4)};
    text_add(&line, mine.temporary ? "tbreak " : "break ");
    draw_spot(walker, &mine, &line);
    draw_condition(walker, &mine, &line);
    now->points[now->point_count++] = mine;
    set_points(walker, line.bytes, &before);
    text_release(&line);
}

static inline void move_watch(Walker *walker)
{
    Text line = {0};
    Moment before = walker->now, *now = &walker->now;
    if (now->point_count == POINTS_MOST) return;
    Mine mine = {.number = ++now->last, .watch = true};
    mine.question = (int)random_below(&walker->random, QUESTIONS);
    text_print(&line, "watch %s", walker->questions[mine.question].text);
    draw_condition(walker, &mine, &line);
    now->points[now->point_count++] = mine;
    set_points(walker, line.bytes, &before);
    text_release(&line);
}

static inline void move_treat(Walker *walker)
{
    char line[64];
    Moment before = walker->now, *now = &walker->now;
    if (!now->point_count) return;
    int i = random_between(&walker->random, 0, now->point_count - 1);
    Mine *mine = &now->points[i];
    int number = mine->number;
    switch (random_below(&walker->random, 4)) {
    case 0:
        mine->ignore = random_between(&walker->random, 0, 12);
        snprintf(line, sizeof line, "ignore %d %ld", number, mine->ignore);
        break;
    case 1:
        mine->disabled = !mine->disabled;
        snprintf(line, sizeof line, "%s %d", mine->disabled ? "disable" : "enable", number);
        break;
    default: snprintf(line, sizeof line, "delete %d", number); remove_mine(now, i);
    }
    set_points(walker, line, &before);
}

static inline void move_condition(Walker *walker)
{
    char line[400];
    Moment before = walker->now, *now = &walker->now;
    if (!now->point_count) return;
    Mine *mine = &now->points[random_below(&walker->random, (uint64_t)now->point_count)];
    mine->condition = (int)random_below(&walker->random, QUESTIONS);
    snprintf(line, sizeof line, "condition %d %s", mine->number,
             walker->questions[mine->condition].text);
    set_points(walker, line, &before);
}

static Move *const point_moves[] = {move_break, move_break, move_watch,    move_watch,
                                    move_treat, move_treat, move_condition};
enum { POINT_MOVES = sizeof point_moves / sizeof *point_moves };

static Move *const stop_moves[] = {move_continue,     move_reverse_continue,
                                   move_continue,     move_reverse_continue,
                                   move_train,        move_step,
                                   move_reverse_step, move_until,
                                   move_next,         move_back};
enum { STOP_MOVES = sizeof stop_moves / sizeof *stop_moves };

#endif
