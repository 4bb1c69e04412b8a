#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/by_hand.h"
#include "session/checkpoint.h"

typedef struct Counts {
    size_t stored, slots, typed;
} Counts;

static size_t total(Counts counts)
{
    return counts.stored + counts.slots + counts.typed;
}

static Counts count_numbers(const Session *session)
{
    const Setup *setup = &session->setup;
    Counts counts = {0};
    if (session->typed) counts.typed = (size_t)(setup->typed_inputs + setup->typed_targets);
    if (!session->pass) return counts;
    counts.stored = session_net(session)->stored;
    size_t slots = session->slots ? (size_t)optimizer_slots(setup->descent.optimizer) : 0;
    counts.slots = slots * session_net(session)->parameters;
    return counts;
}

Beginning checkpoint_beginning(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    if (trainer->pass) return trainer_beginning(trainer);
    const Pass *pass = session->pass;
    return (Beginning){&session->setup.course, session->setup.descent.updates,
                       pass ? pass->value : NULL, session->slots};
}

static void copy_numbers(Checkpoint *checkpoint, const Session *session, const Beginning *from)
{
    Counts counts = count_numbers(session);
    double *numbers = checkpoint->numbers = memory_new(total(counts) * sizeof(double));
    memory_copy_numbers(numbers, from->stored, counts.stored);
    memory_copy_numbers(numbers += counts.stored, from->slots, counts.slots);
    memory_copy_numbers(numbers += counts.slots, session->typed, counts.typed);
    checkpoint->bytes = sizeof *checkpoint + total(counts) * sizeof(double);
}

Checkpoint *checkpoint_take(Session *session)
{
    Checkpoint *checkpoint = memory_new(sizeof *checkpoint);
    Beginning from = checkpoint_beginning(session);
    checkpoint->references = 1;
    checkpoint->ledger = &session->history.bytes;
    checkpoint->setup = session->setup;
    checkpoint->setup.course = *from.course;
    checkpoint->setup.descent.updates = from.counted;
    checkpoint->net = session->pass ? net_retain(session_net(session)) : NULL;
    checkpoint->raw = dataset_retain(session->raw);
    checkpoint->data = dataset_retain(session->data);
    checkpoint->record = record_retain(session->record);
    copy_numbers(checkpoint, session, &from);
    checkpoint->page = page_copy(by_hand_beginning(session));
    checkpoint->bytes += page_bytes(checkpoint->page);
    *checkpoint->ledger += checkpoint->bytes;
    return checkpoint;
}

Checkpoint *checkpoint_retain(Checkpoint *checkpoint)
{
    checkpoint->references++;
    return checkpoint;
}

void checkpoint_release(Checkpoint *checkpoint)
{
    if (!checkpoint || --checkpoint->references) return;
    *checkpoint->ledger -= checkpoint->bytes;
    net_release(checkpoint->net);
    dataset_release(checkpoint->raw);
    dataset_release(checkpoint->data);
    record_release(checkpoint->record);
    page_free(checkpoint->page);
    free(checkpoint->numbers);
    free(checkpoint->change);
    free(checkpoint);
}

static void restore_net(Session *session, const Checkpoint *checkpoint)
{
    if (session->pass && session_net(session) != checkpoint->net) {
        pass_free(session->pass);
        session->pass = session->explainer.pass = NULL;
    }
    if (!checkpoint->net) return;
    if (!session->pass) session_set_net(session, net_retain(checkpoint->net));
    session->pass->memo.off = session->habits.memo_off;
    pass_set_loss(session->pass, session->setup.loss);
    pass_unpin(session->pass);
}

static void restore_shared(Session *session, const Checkpoint *checkpoint)
{
    dataset_release(session->raw);
    dataset_release(session->data);
    record_release(session->record);
    session->raw = dataset_retain(checkpoint->raw);
    session->data = dataset_retain(checkpoint->data);
    session->record = record_retain(checkpoint->record);
}

static void restore_numbers(Session *session, const Checkpoint *checkpoint)
{
    const Setup *setup = &session->setup;
    size_t typed = setup->typed ? (size_t)(setup->typed_inputs + setup->typed_targets) : 0;
    free(session->typed);
    session->typed = typed ? memory_new(typed * sizeof(double)) : NULL;
    Counts counts = count_numbers(session);
    const double *numbers = checkpoint->numbers;
    if (session->pass) memory_copy_numbers(session->pass->value, numbers, counts.stored);
    memory_copy_numbers(session->slots, numbers += counts.stored, counts.slots);
    memory_copy_numbers(session->typed, numbers += counts.slots, counts.typed);
}

void checkpoint_restore(Session *session, const Checkpoint *checkpoint)
{
    trainer_release(&session->trainer); /* it borrows what is replaced here */
    by_hand_end(session);               /* its page is of the net that goes */
    session->setup = checkpoint->setup;
    restore_shared(session, checkpoint);
    restore_net(session, checkpoint);
    session_reset_slots(session);
    restore_numbers(session, checkpoint);
    session->page = page_copy(checkpoint->page);
    session_place_row(session);
}

static bool same_descent(const Descent *a, const Descent *b)
{
    return a->optimizer == b->optimizer && a->schedule == b->schedule && a->rate == b->rate &&
           a->eta == b->eta && a->epoch == b->epoch && a->updates == b->updates &&
           a->decay == b->decay && a->clip_norm == b->clip_norm && a->clip_value == b->clip_value &&
           !memcmp(a->knobs, b->knobs, sizeof a->knobs) &&
           !memcmp(a->schedule_knobs, b->schedule_knobs, sizeof a->schedule_knobs);
}

static bool same_course(const Course *a, const Course *b)
{
    return a->epoch == b->epoch && a->next == b->next && a->counted == b->counted &&
           a->updates == b->updates && !memcmp(&a->losses, &b->losses, sizeof a->losses) &&
           !memcmp(&a->average, &b->average, sizeof a->average) &&
           !memcmp(&a->random, &b->random, sizeof a->random);
}

static bool same_plan(const Plan *a, const Plan *b)
{
    return a->mode == b->mode && a->batch == b->batch && a->shuffle == b->shuffle;
}

static bool same_setup(const Setup *a, const Setup *b)
{
    return same_plan(&a->plan, &b->plan) && a->loss == b->loss && a->seed == b->seed &&
           a->decimals == b->decimals && a->typed == b->typed &&
           a->typed_inputs == b->typed_inputs && a->typed_targets == b->typed_targets;
}

static bool same_numbers(const Checkpoint *checkpoint, const Session *session, const Beginning *now)
{
    Counts counts = count_numbers(session);
    const double *numbers = checkpoint->numbers;
    const double *parts[] = {now->stored, now->slots, session->typed};
    size_t sizes[] = {counts.stored, counts.slots, counts.typed};
    for (int i = 0; i < 3; numbers += sizes[i++])
        if (sizes[i] && memcmp(numbers, parts[i], sizes[i] * sizeof(double)) != 0) return false;
    return true;
}

bool checkpoint_agrees(const Checkpoint *checkpoint, const Session *session)
{
    const Setup *then = &checkpoint->setup;
    Beginning now = checkpoint_beginning(session);
    const Net *net = session->pass ? session_net(session) : NULL;
    Descent descent = session->setup.descent;
    descent.updates = now.counted;
    return checkpoint->net == net && checkpoint->raw == session->raw &&
           checkpoint->data == session->data && same_setup(then, &session->setup) &&
           same_course(&then->course, now.course) && same_descent(&then->descent, &descent) &&
           same_numbers(checkpoint, session, &now) &&
           page_same(checkpoint->page, by_hand_beginning(session));
}
