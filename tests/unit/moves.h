/* For tests of time travel: the commands that move a walker, drawn at random, each with what it
   must come to. */
#ifndef TESTS_MOVES_H
#define TESTS_MOVES_H

#include "walker.h"

enum { FAR = 3000 }; /* no walk need go farther, in events */

/* How many: mostly few. */
static inline long draw_count(Walker *walker, long most)
{
    Random *random = &walker->random;
    switch (random_below(random, 6)) {
    case 0: return 1;
    case 1: return random_between(random, 1, (int)most);
    case 2: return random_between(random, 1, 60);
    default: return random_between(random, 1, 9);
    }
}

static inline bool went_far(const Walker *walker)
{
    return walker->now.place > FAR;
}

/* Where a command changes the run, `step` meets watchpoints before that and breakpoints after it.
 */
static inline bool meets_twice(const Walker *walker)
{
    for (int i = 0; i < walker->straight.change_count; i++)
        if (walker->straight.changes[i].at == walker->now.place) return true;
    return false;
}

/* What the session says of why it stopped. */
static inline void check_reason(const Walker *walker, Why why)
{
    static const char *const reasons[] = {"goal", "breakpoint", "until", "beginning", "overflow"};
    const char *expected = reasons[why];
    if (why == WHY_POINT && meets_twice(walker)) return;
    bool watch = why == WHY_POINT && walker->hit.watch;
    if (watch) expected = "watchpoint";
    if (!*walker->reason && why != WHY_POINT) return; /* `step` and `train` only say so then */
    ck_assert_msg(!strcmp(walker->reason, expected), "%s and not %s\n%s", walker->reason, expected,
                  walker_log(walker));
    if (why != WHY_POINT) return;
    ck_assert_msg(walker->number == walker->hit.number, "point %d and not %d\n%s", walker->number,
                  walker->hit.number, walker_log(walker));
    bool same = bits_of(walker->old) == bits_of(walker->hit_old) &&
                bits_of(walker->new) == bits_of(walker->hit_new);
    ck_assert_msg(!watch || same, "%.17g to %.17g and not %.17g to %.17g\n%s", walker->old,
                  walker->new, walker->hit_old, walker->hit_new, walker_log(walker));
}

/* Runs LINE, which the model has done already. */
static inline void expect(Walker *walker, const char *line, bool fails)
{
    Outcome outcome = walker_run(walker, line);
    ck_assert_msg((outcome == OUTCOME_FAILED) == fails, "%s: %s\n%s", line,
                  fails ? "did not fail" : walker->trial.message, walker_log(walker));
}

/* The place where the present update began. */
static inline long update_begins(Walker *walker)
{
    long place = walker->now.place;
    for (const Place *at; (at = walker_place(walker, place)) && at->done;) place--;
    return place;
}

/* A command that has gone from BEFORE to walker->now because of WHY. */
static inline void finish_move(Walker *walker, const Moment *before, const char *line, Why why)
{
    bool broke = why == WHY_BROKE, moved = walker->now.place != before->place;
    walker->whys[why]++;
    if (walker->now.place > walker->now.known) walker->now.known = walker->now.place;
    if (broke && !moved) walker->now = *before;
    if (!broke || moved) keep_moment(walker, before);
    expect(walker, line, broke);
    check_reason(walker, why);
}

static inline void move_on(Walker *walker, const char *line, Goal goal)
{
    Moment before = walker->now;
    Why why = go_forward(walker, goal);
    finish_move(walker, &before, line, why);
}

static inline void refuse(Walker *walker, const char *line)
{
    expect(walker, line, true);
}

/* The same by whole updates: one that cannot be made is taken back to its beginning. Unless the
   session KEEPS something then all is as it was. */
static inline void finish_updates(Walker *walker, const Moment *before, const char *line, Why why,
                                  bool (*keeps)(Walker *walker, const Moment *before))
{
    Moment *now = &walker->now;
    if (why == WHY_BROKE) now->place = update_begins(walker);
    if (why == WHY_BROKE && !keeps(walker, before)) now->place = before->place;
    finish_move(walker, before, line, why);
}

static inline bool has_made_updates(Walker *walker, const Moment *before)
{
    return known_place(walker, walker->now.place)->updates >
           known_place(walker, before->place)->updates;
}

static inline bool has_got_farther(Walker *walker, const Moment *before)
{
    return walker->now.place > before->place;
}

static inline void move_next(Walker *walker)
{
    char line[64];
    Goal goal = no_goal;
    long count = draw_count(walker, 500);
    if (went_far(walker)) return;
    snprintf(line, sizeof line, "next %ld", count);
    goal.events = walker->now.place + count;
    move_on(walker, line, goal);
}

static inline void move_finish(Walker *walker)
{
    Goal goal = no_goal;
    long place = walker->now.place;
    Phase phase = known_place(walker, place)->next.phase;
    goal.events = place + 1;
    const Place *end;
    while ((end = walker_place(walker, goal.events)) && end->next.phase == phase && end->done)
        goal.events++;
    move_on(walker, "finish", goal);
}

static inline void move_step(Walker *walker)
{
    char line[64];
    Goal goal = no_goal;
    Moment before = walker->now;
    long count = draw_count(walker, 30);
    if (went_far(walker)) return;
    snprintf(line, sizeof line, count == 1 ? "step" : "step %ld", count);
    goal.updates = known_place(walker, walker->now.place)->updates + count;
    Why why = go_forward(walker, goal);
    finish_updates(walker, &before, line, why, has_made_updates);
}

static inline void move_train(Walker *walker)
{
    char line[64];
    Goal goal = no_goal;
    Moment before = walker->now;
    long count = random_between(&walker->random, 1, 3);
    bool perceptron = walker->trial.session->setup.descent.optimizer->trick;
    if (went_far(walker) || perceptron) return; /* which trains until it is right */
    snprintf(line, sizeof line, "train %ld", count);
    goal.epochs = known_place(walker, walker->now.place)->epoch + count;
    walker->now.epochs = goal.epochs;
    Why why = go_forward(walker, goal);
    finish_updates(walker, &before, line, why, has_got_farther);
}

static inline void move_continue(Walker *walker)
{
    Goal goal = no_goal;
    goal.epochs = walker->now.epochs;
    if (went_far(walker)) return;
    if (known_place(walker, walker->now.place)->epoch >= goal.epochs)
        refuse(walker, "continue");
    else
        move_on(walker, "continue", goal);
}

static inline void move_until(Walker *walker)
{
    char line[400];
    Goal goal = no_goal;
    goal.epochs = walker->now.epochs;
    goal.until = (int)random_below(&walker->random, QUESTIONS);
    snprintf(line, sizeof line, "until %s", walker->questions[goal.until].text);
    if (went_far(walker)) return;
    if (known_place(walker, walker->now.place)->epoch >= goal.epochs)
        refuse(walker, line);
    else
        move_on(walker, line, goal);
}

/* Where EPOCH (from 0) begins: the last such place that is known, else the first to come. */
static inline long epoch_begins(Walker *walker, long epoch)
{
    long begins = -1;
    for (long events = 0; events <= walker->now.known; events++) {
        const Place *place = known_place(walker, events);
        bool there = place->epoch == epoch && !place->done;
        if (there && (begins < 0 || !place->portrait.next)) begins = events;
    }
    return begins;
}

/* To the place BEGINS, which is known, and from there on to GOAL without stops. */
static inline Why jump_on(Walker *walker, long begins, Goal goal)
{
    if (begins >= 0) walker->now.place = begins;
    goal.stops = false;
    return go_forward(walker, goal);
}

static inline void move_goto(Walker *walker)
{
    char line[64];
    Goal goal = no_goal;
    Moment before = walker->now;
    goal.epochs = random_between(&walker->random, 0, 5);
    snprintf(line, sizeof line, "goto epoch %ld", goal.epochs + 1);
    if (goal.epochs < known_place(walker, 0)->epoch) {
        refuse(walker, line);
        return;
    }
    if (went_far(walker)) return;
    Why why = jump_on(walker, epoch_begins(walker, goal.epochs), goal);
    finish_move(walker, &before, line, why);
}

/* The first update of the epoch that has ROW (from 0) in its batch; -1: there is none. */
static inline long row_is_taken(Walker *walker, long begins, int row)
{
    const Place *place = known_place(walker, begins);
    long epoch = place->epoch;
    for (; place && place->epoch == epoch; place = walker_place(walker, ++begins))
        if (!place->done && place->batch >> row & 1) return begins;
    return -1;
}

static inline void move_goto_row(Walker *walker)
{
    char line[64];
    Moment before = walker->now;
    int row = random_between(&walker->random, 1, (int)walker->trial.session->trainer.rows.count);
    long epoch = known_place(walker, walker->now.place)->epoch;
    long begins = epoch_begins(walker, epoch);
    snprintf(line, sizeof line, "goto epoch %ld row %d", epoch + 1, row);
    for (int i = 0; i < walker->straight.change_count; i++)
        if (walker->straight.changes[i].at > begins) return; /* it may be passed twice */
    long taken = row_is_taken(walker, begins, row - 1);
    if (walker->straight.broke) return;
    if (taken < 0) {
        refuse(walker, line);
        return;
    }
    walker->now.place = taken;
    finish_move(walker, &before, line, WHY_GOAL);
}

static inline void move_back_to(Walker *walker, const char *line, long floor)
{
    Moment before = walker->now;
    if (!before.place) {
        refuse(walker, line);
        return;
    }
    Why why = go_back(walker, floor);
    finish_move(walker, &before, line, why);
}

static inline void move_back(Walker *walker)
{
    char line[64];
    long count = random_below(&walker->random, 20) ? draw_count(walker, 500) : 100000;
    snprintf(line, sizeof line, "back %ld", count);
    move_back_to(walker, line, walker->now.place - count);
}

static inline void move_reverse_step(Walker *walker)
{
    char line[64];
    const Place *place = walker_place(walker, walker->now.place);
    long count = draw_count(walker, 30), updates = place->updates;
    snprintf(line, sizeof line, "reverse-step %ld", count);
    if (place->next.phase == PHASE_EPOCH) updates--;
    updates += place->done > 0;
    move_back_to(walker, line, place_with_updates(walker, updates - count));
}

static inline void move_reverse_continue(Walker *walker)
{
    move_back_to(walker, "reverse-continue", -1);
}

/* undo and redo. */

static inline void restore_moment(Walker *walker, const Moment *moment)
{
    Straight *straight = &walker->straight;
    bool same = straight->change_count == moment->change_count && straight->memo == moment->memo &&
                !memcmp(straight->changes, moment->changes, sizeof straight->changes);
    walker->now = *moment;
    if (same) return;
    straight->change_count = moment->change_count;
    straight->memo = moment->memo;
    memcpy(straight->changes, moment->changes, sizeof straight->changes);
    straight_again(straight, moment->known);
}

static inline void move_undo(Walker *walker)
{
    Moment now = walker->now;
    if (!walker->undo_count) return; /* the next would be the scene's */
    expect(walker, "undo", false);
    restore_moment(walker, &walker->undo[--walker->undo_count]);
    walker->redo[walker->redo_count++] = now;
}

static inline void move_redo(Walker *walker)
{
    Moment now = walker->now;
    expect(walker, "redo", !walker->redo_count);
    if (!walker->redo_count) return;
    restore_moment(walker, &walker->redo[--walker->redo_count]);
    walker->undo[walker->undo_count++] = now;
}

/* What changes nothing of the run. */
static inline void move_nothing(Walker *walker)
{
    static const char *const lines[] = {
        "where", "list", "show", "info", "print lr", "memo", "info breakpoints"};
    expect(walker, lines[random_below(&walker->random, sizeof lines / sizeof *lines)], false);
}

/* A change of something else than the run. */
static inline void move_aside(Walker *walker)
{
    char line[400];
    Moment before = walker->now;
    Random *random = &walker->random;
    if (random_below(random, 2))
        snprintf(line, sizeof line, "set digits %d", random_between(random, 3, 17));
    else
        snprintf(line, sizeof line, "display %s",
                 walker->questions[random_below(random, QUESTIONS)].text);
    keep_moment(walker, &before);
    expect(walker, line, false);
}

typedef void Move(Walker *walker);

static Move *const motions[] = {move_next,
                                move_next,
                                move_next,
                                move_back,
                                move_back,
                                move_back,
                                move_step,
                                move_step,
                                move_reverse_step,
                                move_reverse_step,
                                move_finish,
                                move_finish,
                                move_goto,
                                move_goto,
                                move_goto_row,
                                move_train,
                                move_continue,
                                move_until,
                                move_reverse_continue,
                                move_undo,
                                move_redo,
                                move_nothing,
                                move_aside};
enum { MOTIONS = sizeof motions / sizeof *motions };

#endif
