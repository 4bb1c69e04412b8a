/* For tests of time travel on long ways: a run that is made anew, update by update, to whatever
   place it is compared at. */
#ifndef TESTS_REFERENCE_H
#define TESTS_REFERENCE_H

#include "portrait.h"
#include "scenes.h"
#include "session/events.h"
#include "session/timeline.h"

enum { LENGTH = 256, TURNS = 100 };

typedef struct Turn {
    long updates; /* made before it */
    char line[LENGTH];
} Turn;

typedef struct Reference {
    const char *lines;
    Turn turns[TURNS];
    int count;
    Trial trial;
} Reference;

static inline void reference_turn(Reference *reference)
{
    long updates = reference->trial.session->setup.course.updates;
    for (int i = 0; i < reference->count; i++)
        if (reference->turns[i].updates == updates)
            trial_do(&reference->trial, reference->turns[i].line);
}

static inline void reference_restart(Reference *reference)
{
    trial_free(&reference->trial);
    trial_start(&reference->trial);
    trial_do(&reference->trial, reference->lines);
    reference_turn(reference);
}

/* From here on the run is another. */
static inline void reference_change(Reference *reference, long updates, const char *line)
{
    while (reference->count && reference->turns[reference->count - 1].updates > updates)
        reference->count--;
    ck_assert_int_lt(reference->count, TURNS);
    Turn *made = &reference->turns[reference->count++];
    made->updates = updates;
    snprintf(made->line, sizeof made->line, "%s", line);
    reference_restart(reference);
}

static inline void reference_go_to(Reference *reference, long updates, size_t events)
{
    UpdateResult result;
    if (reference->trial.session->setup.course.updates > updates) reference_restart(reference);
    Session *session = reference->trial.session;
    const Course *course = &session->setup.course;
    while (course->updates < updates) {
        bool ended;
        ck_assert(trainer_update(&session->trainer, &ended) == UPDATE_MADE);
        if (ended) session_record(session, course->epoch, course->average);
        reference_turn(reference);
    }
    session_forget(session);
    while (events--) ck_assert(events_do(session, &result));
}

/* SESSION is what the run is there. It is not begun anew for every place, if they come in order. */
static inline void reference_check(Reference *reference, const Session *session, const char *what)
{
    reference_go_to(reference, timeline_update(session), session->trainer.done);
    Portrait is = portrait_of(session), there = portrait_of(reference->trial.session);
    const char *difference = portrait_difference(&is, &there);
    ck_assert_msg(!*difference, "%s%s", difference, what);
    trainer_rewind(&reference->trial.session->trainer);
}

static inline void reference_begin(Reference *reference, const char *lines)
{
    *reference = (Reference){.lines = lines};
    trial_start(&reference->trial);
    trial_do(&reference->trial, lines);
}

#endif
