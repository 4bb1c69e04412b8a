/* For tests of time travel: the straight run, made event by event in a session of its own that
   never goes back, with what it was at every place. */
#ifndef TESTS_STRAIGHT_H
#define TESTS_STRAIGHT_H

#include "portrait.h"
#include "quantities.h"
#include "scenes.h"
#include "session/events.h"

enum { QUESTIONS = 8, CHANGES_MOST = 32, ROWS_MOST = 64 };

/* A command that changes the run, before the event AT (from the beginning). */
typedef struct Change {
    long at;
    char line[200];
} Change;

/* A place between two events; where the run is changed, after that. */
typedef struct Place {
    Portrait portrait;
    Event next;
    size_t done;
    long updates, epoch; /* that are over */
    bool begins_epoch;
    uint64_t batch;                           /* a bit for each row that is in it */
    double before[QUESTIONS], now[QUESTIONS]; /* answers, before and after the changes */
} Place;

typedef struct Straight {
    const Scene *scene;
    const Question *questions; /* [QUESTIONS], or NULL */
    Change changes[CHANGES_MOST];
    int change_count;
    Trial trial;
    Place *places;
    long count, capacity;
    const char *memo; /* the command that turns it on or off; NULL: as the scene says */
    bool broke;       /* the next event cannot be done */
} Straight;

static inline void straight_answer(const Straight *straight, double *answers)
{
    if (!straight->questions) return;
    const Session *session = straight->trial.session;
    Pass *pass = quantities_pass(session);
    for (int i = 0; i < QUESTIONS; i++)
        answers[i] = question_value(&straight->questions[i], session, pass);
    pass_free(pass);
}

static inline uint64_t straight_batch(const Trainer *trainer)
{
    size_t first;
    int count;
    uint64_t batch = 0;
    trainer_batch(trainer, &first, &count);
    for (int i = 0; i < count; i++) batch |= UINT64_C(1) << trainer_row(trainer, first + (size_t)i);
    return batch;
}

static inline bool straight_begins_epoch(const Trainer *trainer)
{
    size_t first;
    int count;
    trainer_batch(trainer, &first, &count);
    return trainer->phase == PHASE_ROW && first == 0;
}

/* Where the run is changed: it is. */
static inline bool straight_change(Straight *straight, long at)
{
    bool changed = false;
    for (int i = 0; i < straight->change_count; i++) {
        if (straight->changes[i].at != at) continue;
        trial_do(&straight->trial, straight->changes[i].line);
        changed = true;
    }
    return changed;
}

static inline void straight_keep(Straight *straight)
{
    const Session *session = straight->trial.session;
    const Trainer *trainer = &session->trainer;
    if (straight->count == straight->capacity) {
        straight->capacity = straight->capacity ? 2 * straight->capacity : 256;
        straight->places =
            memory_resize(straight->places, (size_t)straight->capacity * sizeof(Place));
    }
    Place *place = &straight->places[straight->count];
    *place = (Place){0};
    straight_answer(straight, place->now);
    memcpy(place->before, place->now, sizeof place->now);
    if (straight_change(straight, straight->count++)) straight_answer(straight, place->now);
    place->portrait = portrait_of(session);
    place->next = trainer_event(trainer);
    place->done = trainer->done;
    place->updates = session->setup.course.updates;
    place->epoch = session->setup.course.epoch;
    place->begins_epoch = straight_begins_epoch(trainer);
    place->batch = straight_batch(trainer);
}

static inline void straight_start(Straight *straight)
{
    trial_start(&straight->trial);
    trial_do(&straight->trial, straight->scene->lines.bytes);
    if (straight->memo) trial_do(&straight->trial, straight->memo);
    straight->count = 0;
    straight->broke = false;
    straight_keep(straight);
}

static inline void straight_begin(Straight *straight, const Scene *scene, const Question *questions)
{
    *straight = (Straight){.scene = scene, .questions = questions};
    straight_start(straight);
}

static inline void straight_release(Straight *straight)
{
    trial_free(&straight->trial);
    free(straight->places);
}

/* The place EVENTS from the beginning, or NULL when the run does not get there. */
static inline const Place *straight_place(Straight *straight, long events)
{
    UpdateResult result;
    while (!straight->broke && straight->count <= events) {
        straight->broke = !events_do(straight->trial.session, &result);
        if (!straight->broke) straight_keep(straight);
    }
    return events < straight->count ? &straight->places[events] : NULL;
}

/* All of it anew, to the place EVENTS: with other changes, say. */
static inline void straight_again(Straight *straight, long events)
{
    trial_free(&straight->trial);
    straight_start(straight);
    straight_place(straight, events);
}

/* At the place AT, between two updates, LINE changes the run. What came after is another run. */
static inline void straight_bend(Straight *straight, long at, const char *line)
{
    while (straight->change_count && straight->changes[straight->change_count - 1].at > at)
        straight->change_count--;
    ck_assert_int_lt(straight->change_count, CHANGES_MOST);
    Change *change = &straight->changes[straight->change_count++];
    change->at = at;
    snprintf(change->line, sizeof change->line, "%s", line);
    straight_again(straight, at);
}

#endif
