/* For tests of time travel: all that a session's run is at one place, to the bit. */
#ifndef TESTS_PORTRAIT_H
#define TESTS_PORTRAIT_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session/history.h"
#include "session/state.h"
#include "session/tape.h"

/* Numbers as they are, doubles as their bits, arrays as a hash of theirs. */
#define FEATURES(X)                                                                                \
    X(phase)                                                                                       \
    X(at)                                                                                          \
    X(op)                                                                                          \
    X(done)                                                                                        \
    X(epoch)                                                                                       \
    X(next)                                                                                        \
    X(counted)                                                                                     \
    X(losses)                                                                                      \
    X(average)                                                                                     \
    X(random)                                                                                      \
    X(updates)                                                                                     \
    X(events)                                                                                      \
    X(begun)                                                                                       \
    X(after)                                                                                       \
    X(order)                                                                                       \
    X(setup)                                                                                       \
    X(descent)                                                                                     \
    X(optimizer_updates)                                                                           \
    X(eta)                                                                                         \
    X(stored)                                                                                      \
    X(slots)                                                                                       \
    X(old_stored)                                                                                  \
    X(old_slots)                                                                                   \
    X(update)                                                                                      \
    X(rows)                                                                                        \
    X(shown)                                                                                       \
    X(inputs)                                                                                      \
    X(nodes)                                                                                       \
    X(forward_done)                                                                                \
    X(known)                                                                                       \
    X(adjoints)                                                                                    \
    X(by)                                                                                          \
    X(reused)                                                                                      \
    X(requests)                                                                                    \
    X(multiplications)                                                                             \
    X(naive)                                                                                       \
    X(record)                                                                                      \
    X(record_count)                                                                                \
    X(record_stride)

#define FIELD(name) uint64_t name;
typedef struct Portrait {
    FEATURES(FIELD)
} Portrait;
#undef FIELD

static inline uint64_t portrait_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

static inline uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* In four lanes, since there are many. */
static inline uint64_t hash_numbers(uint64_t hash, const double *numbers, size_t count)
{
    uint64_t lanes[4] = {hash, 1, 2, 3};
    for (size_t i = 0; i < count; i++)
        lanes[i % 4] = portrait_mix(lanes[i % 4], bits_of(numbers[i]));
    for (int i = 1; i < 4; i++) hash = portrait_mix(hash, lanes[i]);
    return portrait_mix(hash, lanes[0]);
}

static inline uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text; text++) hash = portrait_mix(hash, (unsigned char)*text);
    return hash;
}

static inline uint64_t hash_random(const Random *random)
{
    uint64_t hash = 1;
    for (int i = 0; i < 4; i++) hash = portrait_mix(hash, random->state[i]);
    return hash;
}

static inline void portray_course(Portrait *portrait, const Session *session)
{
    const Course *course = &session->setup.course;
    const Course *begun = trainer_beginning(&session->trainer).course;
    portrait->epoch = (uint64_t)course->epoch;
    portrait->next = course->next;
    portrait->counted = course->counted;
    portrait->losses = bits_of(course->losses);
    portrait->average = bits_of(course->average);
    portrait->random = hash_random(&course->random);
    portrait->updates = (uint64_t)course->updates;
    portrait->events = (uint64_t)course->events;
    uint64_t hash = portrait_mix((uint64_t)begun->epoch, begun->next);
    hash = portrait_mix(hash, begun->counted);
    hash = portrait_mix(hash, bits_of(begun->losses));
    hash = portrait_mix(hash, bits_of(begun->average));
    portrait->begun = portrait_mix(hash, hash_random(&begun->random));
}

static inline void portray_setup(Portrait *portrait, const Session *session)
{
    const Setup *setup = &session->setup;
    const Descent *descent = &setup->descent;
    uint64_t hash = hash_text(setup->typed, setup->loss->name);
    hash = portrait_mix(portrait_mix(hash, setup->plan.mode), (uint64_t)setup->plan.batch);
    hash = portrait_mix(portrait_mix(hash, setup->plan.shuffle), (uint64_t)setup->seed);
    size_t typed = setup->typed ? (size_t)(setup->typed_inputs + setup->typed_targets) : 0;
    portrait->setup = hash_numbers(hash, session->typed, typed);
    hash = hash_text((uint64_t)descent->epoch, descent->optimizer->name);
    hash = hash_text(hash, descent->schedule ? descent->schedule->name : "");
    hash = hash_numbers(hash, descent->knobs, KNOBS);
    hash = hash_numbers(hash, descent->schedule_knobs, KNOBS);
    const double others[] = {descent->rate, descent->decay, descent->clip_norm,
                             descent->clip_value};
    portrait->descent = hash_numbers(hash, others, 4);
    portrait->optimizer_updates = (uint64_t)descent->updates;
    portrait->eta = bits_of(descent->eta);
}

static inline void portray_trainer(Portrait *portrait, const Session *session)
{
    const Trainer *trainer = &session->trainer;
    portrait->phase = trainer->phase;
    portrait->at = trainer->at;
    portrait->op = trainer->phase == PHASE_FORWARD ? (uint64_t)trainer->op : 0;
    portrait->done = trainer->done;
    portrait->after = hash_random(&trainer->after);
    portrait->order = trainer->order != NULL;
    for (size_t i = 0; trainer->order && i < trainer->rows.count; i++)
        portrait->order = portrait_mix(portrait->order, trainer->order[i]);
}

/* The parameters, running statistics and slots: now, when the update began, and what it is made
   with. */
static inline void portray_numbers(Portrait *portrait, const Session *session)
{
    const Trainer *trainer = &session->trainer;
    const Net *net = session_net(session);
    Beginning begun = trainer_beginning(trainer);
    size_t slots = (size_t)optimizer_slots(session->setup.descent.optimizer) * net->parameters;
    portrait->stored = hash_numbers(1, session->pass->value, net->stored);
    portrait->slots = hash_numbers(1, session->slots, slots);
    portrait->old_stored = hash_numbers(1, begun.stored, net->stored);
    portrait->old_slots = hash_numbers(1, begun.slots, slots);
    if (trainer->phase != PHASE_UPDATE || !trainer->at) return;
    const Update *update = &trainer->update;
    uint64_t hash = hash_numbers(1, update->gradient, net->parameters);
    hash = portrait_mix(hash, bits_of(update->derivative));
    hash = portrait_mix(hash, bits_of(update->clipped));
    portrait->update = portrait_mix(hash, bits_of(update->loss));
}

/* Whether the events of the present update have given ELEMENT, a node, its value. */
static inline bool node_is_known(const Session *session, size_t element)
{
    const Trainer *trainer = &session->trainer;
    const Net *net = session_net(session);
    const Vector *vector = net_vector(net, element);
    if (session->pass->forward_done) return true;
    if (trainer->phase != PHASE_FORWARD)
        return trainer->phase == PHASE_LOSS && element < net->vectors[net->loss].at;
    int made = 0;
    for (; made < trainer->op && &net->vectors[net->ops[made].out] != vector; made++) continue;
    if (made < trainer->op) return true;
    return &net->vectors[net->ops[made].out] == vector && element - vector->at < trainer->at;
}

static inline uint64_t hash_rows(uint64_t hash, const Pass *pass, const double *numbers,
                                 size_t element)
{
    for (int row = 0; row < pass->rows; row++)
        hash = portrait_mix(hash, bits_of(numbers[pass_place(pass, element, row)]));
    return hash;
}

static inline void portray_nodes(Portrait *portrait, const Session *session)
{
    const Pass *pass = session->pass;
    const Net *net = pass->net;
    portrait->rows = (uint64_t)pass->rows;
    portrait->shown = (uint64_t)pass->shown;
    portrait->forward_done = pass->forward_done;
    for (size_t e = net->stored; e < net->elements; e++) {
        SymbolKind kind = net_vector(net, e)->kind;
        if (kind == SYMBOL_INPUT || kind == SYMBOL_TARGET)
            portrait->inputs = hash_rows(portrait->inputs, pass, pass->value, e);
        else if (node_is_known(session, e))
            portrait->nodes = hash_rows(portrait_mix(portrait->nodes, e), pass, pass->value, e);
    }
}

static inline void portray_memo(Portrait *portrait, const Session *session)
{
    const Pass *pass = session->pass;
    const Memo *memo = &pass->memo;
    portrait->multiplications = bits_of(memo->multiplications);
    portrait->naive = bits_of(memo->naive);
    portrait->requests = memo->request - memo->forgotten;
    for (size_t e = 0; e < pass->net->elements; e++) {
        if (!memo_knows(pass, e)) continue;
        const Mark *mark = &memo->marks[e];
        uint64_t hash = portrait_mix(portrait->known, e);
        portrait->reused = portrait_mix(portrait->reused, mark->reused);
        portrait->known = portrait_mix(hash, mark->request - memo->forgotten);
        portrait->by = hash_text(portrait->by, mark->by);
        bool node = net_vector(pass->net, e);
        portrait->adjoints = node ? hash_rows(portrait->adjoints, pass, pass->adjoint, e)
                                  : portrait_mix(portrait->adjoints, bits_of(pass->adjoint[e]));
    }
}

static inline void portray_record(Portrait *portrait, const Record *record)
{
    if (!record) return;
    portrait->record_count = (uint64_t)record->count;
    portrait->record_stride = (uint64_t)record->stride;
    for (int i = 0; i < record->count; i++) {
        uint64_t hash = portrait_mix(portrait->record, (uint64_t)record->epochs[i]);
        hash = portrait_mix(hash, bits_of(record->losses[i]));
        portrait->record = hash_numbers(hash, record_values(record, i), record->kept);
    }
}

static inline Portrait portrait_of(const Session *session)
{
    Portrait portrait = {0};
    portray_course(&portrait, session);
    portray_setup(&portrait, session);
    portray_trainer(&portrait, session);
    portray_numbers(&portrait, session);
    portray_nodes(&portrait, session);
    portray_memo(&portrait, session);
    portray_record(&portrait, session->record);
    return portrait;
}

/* What A and B differ in, line by line; "" when they are the same. Good until the next call. */
static inline const char *portrait_difference(const Portrait *a, const Portrait *b)
{
    static char text[4096];
    size_t length = 0;
    text[0] = '\0';
#define COMPARE(name)                                                                              \
    if (a->name != b->name)                                                                        \
        length +=                                                                                  \
            (size_t)snprintf(text + length, sizeof text - length,                                  \
                             "%s: %" PRIx64 " and not %" PRIx64 "\n", #name, a->name, b->name);
    FEATURES(COMPARE)
#undef COMPARE
    return text;
}

#endif
