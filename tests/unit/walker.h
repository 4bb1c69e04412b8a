/* For tests of time travel: a session that is moved by commands, and what each of them must come
   to, told from the straight run alone.

   The model knows places by their number, the events from the beginning of the run, and nothing of
   how a session gets to one. */
#ifndef TESTS_WALKER_H
#define TESTS_WALKER_H

#include <limits.h>

#include "session/points.h"
#include "session/timeline.h"
#include "straight.h"

enum { MOMENTS_MOST = 400, POINTS_MOST = 8 };

/* A breakpoint or a watchpoint, as the model has it. */
typedef struct Mine {
    int number;
    bool watch, temporary, disabled;
    SpotKind spot;
    Phase phase;
    long epoch;
    size_t element;
    int question;  /* what is watched */
    int condition; /* or -1 */
    long ignore, hits;
} Mine;

/* All that the model knows: what `undo` goes back to. */
typedef struct Moment {
    long place, known, epochs;
    int change_count;
    Change changes[CHANGES_MOST];
    const char *memo; /* see Straight */
    Mine points[POINTS_MOST];
    int point_count, last;
} Moment;

typedef enum Why { WHY_GOAL, WHY_POINT, WHY_UNTIL, WHY_BEGINNING, WHY_BROKE, WHYS } Why;

typedef struct Walker {
    Trial trial; /* first */
    char reason[32];
    int number; /* of the point that was met; 0: none */
    double old, new;
    Random random;
    uint64_t seed;
    Scene scene;
    Question questions[QUESTIONS];
    Straight straight;
    Moment now;
    Moment *undo, *redo; /* [MOMENTS_MOST] */
    int undo_count, redo_count;
    Mine hit; /* what the model has met */
    double hit_old, hit_new;
    int whys[WHYS]; /* how often a motion has ended so */
    Text log;
} Walker;

/* The session's side. */

static inline void walker_block(Sink *sink, const Block *block)
{
    Walker *walker = (Walker *)sink;
    trial_block(sink, block);
    if (block->kind != BLOCK_FIELD) return;
    const Cell *cell = &block->cell;
    if (!strcmp(block->key, "reason"))
        snprintf(walker->reason, sizeof walker->reason, "%s", cell->text);
    if (!strcmp(block->key, "number")) walker->number = (int)cell->integer;
    if (!strcmp(block->key, "old")) walker->old = cell->number;
    if (!strcmp(block->key, "new")) walker->new = cell->number;
}

static inline const char *walker_log(const Walker *walker)
{
    static char log[20000];
    snprintf(log, sizeof log, "seed %" PRIu64 "\n%s%s", walker->seed, walker->scene.lines.bytes,
             text_string(&walker->log));
    return log;
}

static inline Outcome walker_run(Walker *walker, const char *line)
{
    text_print(&walker->log, "%s\n", line);
    walker->reason[0] = '\0';
    walker->number = 0;
    return trial_run(&walker->trial, line);
}

static inline void walker_start(Walker *walker, uint64_t seed, size_t parameters, double rate)
{
    *walker = (Walker){.seed = seed};
    Random *random = &walker->random;
    random_seed(random, seed);
    walker->scene = scene_draw(random, parameters, rate);
    trial_start(&walker->trial);
    trial_do(&walker->trial, walker->scene.lines.bytes);
    for (int i = 0; i < QUESTIONS; i++) {
        static const QuestionForm forms[QUESTIONS] = {PLAIN,      BELOW, ABOVE, BOTH,
                                                      DIFFERENCE, BELOW, PLAIN, ABOVE};
        UpdateResult result;
        int events = random_between(random, 0, 60);
        while (events-- && events_do(walker->trial.session, &result)) continue;
        walker->questions[i] = question_draw(random, walker->trial.session, forms[i]);
    }
    trial_free(&walker->trial);
    trial_start(&walker->trial);
    walker->trial.sink.block = walker_block;
    trial_do(&walker->trial, walker->scene.lines.bytes);
    straight_begin(&walker->straight, &walker->scene, walker->questions);
    walker->now.epochs = 100;
    walker->undo = memory_new(MOMENTS_MOST * sizeof(Moment));
    walker->redo = memory_new(MOMENTS_MOST * sizeof(Moment));
}

static inline void walker_release(Walker *walker)
{
    trial_free(&walker->trial);
    straight_release(&walker->straight);
    scene_release(&walker->scene);
    text_release(&walker->log);
    free(walker->undo);
    free(walker->redo);
}

static inline void walker_check_points(const Walker *walker)
{
    const Points *points = walker->trial.session->points;
    for (int i = 0; i < walker->now.point_count; i++) {
        const Mine *mine = &walker->now.points[i];
        const Point *point = points_find(points, mine->number, false);
        ck_assert_msg(point != NULL, "point %d is gone\n%s", mine->number, walker_log(walker));
        ck_assert_msg(point->hits == mine->hits && point->ignore == mine->ignore,
                      "point %d: %ld hits and not %ld, %ld to ignore and not %ld\n%s", mine->number,
                      point->hits, mine->hits, point->ignore, mine->ignore, walker_log(walker));
    }
    int count = 0;
    for (int i = 0; points && i < points->count; i++)
        count += points->items[i].kind != POINT_DISPLAY;
    ck_assert_msg(count == walker->now.point_count, "%d points and not %d\n%s", count,
                  walker->now.point_count, walker_log(walker));
}

static inline const Place *walker_place(Walker *walker, long events)
{
    return straight_place(&walker->straight, events);
}

/* One that the straight run has. */
static inline const Place *known_place(Walker *walker, long events)
{
    const Place *place = walker_place(walker, events);
    ck_assert_ptr_nonnull(place);
    return place;
}

/* The session is where the model is, and what the straight run was there. */
static inline void walker_check(Walker *walker)
{
    const Session *session = walker->trial.session;
    long place = walker->now.place;
    ck_assert_msg(timeline_now(session) == place, "at %ld and not %ld\n%s", timeline_now(session),
                  place, walker_log(walker));
    Portrait is = portrait_of(session);
    const char *difference = portrait_difference(&is, &known_place(walker, place)->portrait);
    ck_assert_msg(!*difference, "%sat %ld\n%s", difference, place, walker_log(walker));
    ck_assert_msg(!session->tape || session->tape->end == walker->now.known,
                  "known to %ld and not %ld\n%s", session->tape->end, walker->now.known,
                  walker_log(walker));
    walker_check_points(walker);
}

/* The model's side: stops. */

static inline bool says_yes(double value)
{
    return value != 0 && value == value;
}

static inline bool are_different(double a, double b)
{
    return a != b && (a == a || b == b);
}

/* A breakpoint's spot is the place EVENTS. */
static inline bool is_at_spot(Walker *walker, const Mine *mine, long events)
{
    const Place *place = known_place(walker, events);
    bool within = place->done > 0;
    bool first = !within || known_place(walker, events - 1)->next.phase != place->next.phase;
    switch (mine->spot) {
    case SPOT_PHASE: return place->next.phase == mine->phase && first;
    case SPOT_EPOCH:
        return place->begins_epoch && (!mine->epoch || mine->epoch == place->epoch + 1);
    case SPOT_DERIVATIVE:
        return place->next.phase == PHASE_BACKWARD && place->next.element == mine->element;
    case SPOT_SYMBOL: break;
    }
    return place->next.phase != PHASE_BACKWARD && place->next.element == mine->element;
}

static inline bool breaks_at(Walker *walker, const Mine *mine, long events)
{
    const Place *place = known_place(walker, events);
    return !mine->watch && !mine->disabled && is_at_spot(walker, mine, events) &&
           (mine->condition < 0 || says_yes(place->now[mine->condition]));
}

/* What is watched, as an event has left it at EVENTS, or (CHANGED) as a command has then. It
   changes when all parameters that it reads are new. */
static inline double watched_at(Walker *walker, const Mine *mine, long events, bool changed)
{
    const Place *place = known_place(walker, events);
    size_t settled = walker->questions[mine->question].settled, at = place->portrait.at;
    if (place->next.phase == PHASE_UPDATE && at < settled) place -= at;
    return changed ? place->now[mine->question] : place->before[mine->question];
}

/* What is watched is changed by the event that leads to EVENTS. */
static inline bool changes_to(Walker *walker, const Mine *mine, long events)
{
    if (!mine->watch || mine->disabled || events < 1) return false;
    double old = watched_at(walker, mine, events - 1, true);
    double new = watched_at(walker, mine, events, false);
    return are_different(old, new) &&
           (mine->condition < 0 || says_yes(known_place(walker, events)->before[mine->condition]));
}

static inline void remove_mine(Moment *moment, int index)
{
    moment->point_count--;
    memmove(&moment->points[index], &moment->points[index + 1],
            (size_t)(moment->point_count - index) * sizeof(Mine));
}

/* Counts what is met: breakpoints at BREAKS, changes by the event that leads to WATCHES. Whether
   something stops here; the first that does is walker->hit. */
static inline bool meets_some(Walker *walker, long breaks, long watches)
{
    bool stops = false;
    Moment *now = &walker->now;
    for (int i = 0; i < now->point_count; i++) {
        Mine *mine = &now->points[i];
        if (!breaks_at(walker, mine, breaks) && !changes_to(walker, mine, watches)) continue;
        mine->hits++;
        if (mine->ignore > 0 && mine->ignore--) continue;
        if (!stops) {
            walker->hit = *mine;
            if (mine->watch) {
                walker->hit_old = watched_at(walker, mine, watches - 1, true);
                walker->hit_new = watched_at(walker, mine, watches, false);
            }
        }
        stops = true;
        if (mine->temporary) remove_mine(now, i--);
    }
    return stops;
}

/* The model's side: motions. */

typedef struct Goal {
    long events, updates, epochs; /* LONG_MAX: none */
    int until;                    /* a question; -1: none */
    bool stops;
} Goal;

static const Goal no_goal = {LONG_MAX, LONG_MAX, LONG_MAX, -1, true};

static inline bool has_reached(Walker *walker, const Goal *goal)
{
    const Place *place = walker_place(walker, walker->now.place);
    if (walker->now.place >= goal->events) return true;
    return !place->done && (place->updates >= goal->updates || place->epoch >= goal->epochs);
}

/* The update that cannot be made is taken back to its first change. */
static inline Why take_back(Walker *walker)
{
    long *place = &walker->now.place;
    while (known_place(walker, *place)->next.phase == PHASE_UPDATE &&
           known_place(walker, *place - 1)->next.phase == PHASE_UPDATE)
        --*place;
    return WHY_BROKE;
}

/* After an update; what changes with epochs alone is looked at when one begins. */
static inline bool until_holds(const Walker *walker, const Place *place, int question)
{
    bool asked = !place->done && (!walker->questions[question].of_epochs || !place->portrait.next);
    return asked && says_yes(place->now[question]);
}

static inline Why go_forward(Walker *walker, Goal goal)
{
    Moment *now = &walker->now;
    while (!has_reached(walker, &goal)) {
        const Place *place = walker_place(walker, now->place + 1);
        if (!place) return take_back(walker);
        now->place++;
        if (goal.stops && meets_some(walker, now->place, now->place)) return WHY_POINT;
        if (goal.until >= 0 && until_holds(walker, place, goal.until)) return WHY_UNTIL;
    }
    return WHY_GOAL;
}

/* Back to FLOOR, or to the last place before at which going forward would stop. */
static inline Why go_back(Walker *walker, long floor)
{
    Moment *now = &walker->now;
    bool beyond = floor < 0;
    if (beyond) floor = 0;
    while (now->place > floor) {
        now->place--;
        if (meets_some(walker, now->place, now->place + 1)) return WHY_POINT;
    }
    return beyond ? WHY_BEGINNING : WHY_GOAL;
}

/* The place between two updates with UPDATES before it; -1 if that is before the beginning. */
static inline long place_with_updates(Walker *walker, long updates)
{
    if (updates < known_place(walker, 0)->updates) return -1;
    for (long events = 0;; events++) {
        const Place *place = known_place(walker, events);
        if (!place->done && place->updates == updates) return events;
    }
}

/* What `undo` goes back to, from before a command that is kept. */
static inline void keep_moment(Walker *walker, const Moment *before)
{
    if (walker->undo_count == MOMENTS_MOST) walker->undo_count = 0; /* not reached by short walks */
    walker->undo[walker->undo_count++] = *before;
    walker->redo_count = 0;
}

#endif
