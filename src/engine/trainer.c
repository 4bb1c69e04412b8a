#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/order.h"
#include "engine/sweep.h"
#include "engine/trainer.h"

void course_restart(Course *course)
{
    course->next = course->counted = 0;
    course->losses = 0;
}

static int batch_size(const Trainer *trainer)
{
    size_t rows = trainer->rows.count, batch = (size_t)trainer->plan.batch;
    switch (trainer->plan.mode) {
    case MODE_STOCHASTIC: return 1;
    case MODE_BATCH: return (int)rows;
    case MODE_MINI: break;
    }
    return (int)(batch < rows ? batch : rows);
}

/* The place of the row that the loop is at; when only the epoch's end is left, of the last one. */
static size_t present(const Trainer *trainer)
{
    size_t next = trainer->course->next, rows = trainer->rows.count;
    return next < rows ? next : rows - 1;
}

void trainer_batch(const Trainer *trainer, size_t *first, int *count)
{
    size_t size = (size_t)batch_size(trainer), next = present(trainer);
    size_t left = trainer->rows.count - (next - next % size);
    *first = next - next % size;
    *count = (int)(left < size ? left : size);
}

static size_t batches(const Trainer *trainer, size_t rows)
{
    size_t size = (size_t)batch_size(trainer);
    return (rows + size - 1) / size;
}

long trainer_updates_in_epoch(const Trainer *trainer)
{
    return (long)batches(trainer, trainer->rows.count);
}

long trainer_updates_left(const Trainer *trainer)
{
    size_t next = trainer->course->next, count = trainer->rows.count;
    if (next >= count) return 0;
    size_t first = next - next % (size_t)batch_size(trainer);
    return (long)batches(trainer, count - first);
}

long trainer_updates_to(const Trainer *trainer, size_t row)
{
    size_t place = trainer_place(trainer, row), size = (size_t)batch_size(trainer);
    long before = (long)batches(trainer, trainer->rows.count - (place - place % size));
    return trainer_updates_left(trainer) < before ? -1 : trainer_updates_left(trainer) - before;
}

static size_t forward_left(const Trainer *trainer)
{
    const Net *net = trainer->pass->net;
    size_t nodes = 0;
    for (int i = trainer->op; net->ops[i].kind != OP_LOSS; i++)
        nodes += (size_t)net->vectors[net->ops[i].out].size;
    return nodes - trainer->at;
}

size_t trainer_phase_left(const Trainer *trainer)
{
    switch (trainer->phase) {
    case PHASE_FORWARD: return forward_left(trainer);
    case PHASE_BACKWARD:
    case PHASE_UPDATE: return trainer->pass->net->parameters - trainer->at;
    default: return 1;
    }
}

size_t trainer_event_count(const Trainer *trainer)
{
    const Net *net = trainer->pass->net;
    size_t nodes = 0;
    for (int i = 0; net->ops[i].kind != OP_LOSS; i++)
        nodes += (size_t)net->vectors[net->ops[i].out].size;
    return 1 + nodes + 1 + 2 * net->parameters;
}

size_t trainer_row(const Trainer *trainer, size_t place)
{
    return trainer->order ? trainer->order[place] : place;
}

size_t trainer_present_row(const Trainer *trainer)
{
    return trainer_row(trainer, present(trainer));
}

size_t trainer_place(const Trainer *trainer, size_t row)
{
    size_t place = 0;
    while (trainer_row(trainer, place) != row) place++;
    return place;
}

/* The order of the epoch that begins with the course's generator. */
static void draw_order(Trainer *trainer)
{
    trainer->after = trainer->course->random;
    if (!trainer->order) return;
    order_shuffle(trainer->order, trainer->rows.count, &trainer->after);
}

/* A pass counts its rows in an int, and a batch norm cannot learn from a batch of one row, which
   has no spread. */
static bool batches_fit(const Trainer *trainer, Error *err)
{
    const Net *net = trainer->pass->net;
    if (trainer->plan.mode == MODE_BATCH && trainer->rows.count > INT_MAX)
        return fail(err, 0,
                    "a batch of %zu rows is too large: `set mode mini` takes fewer at a "
                    "time",
                    trainer->rows.count);
    int size = batch_size(trainer), last = (int)(trainer->rows.count % (size_t)size);
    bool norm = false;
    for (int k = 1; k <= net->architecture.layers; k++) norm |= net_normalise(net, k) != NULL;
    if (!norm || trainer->rows.count == 1) return true;
    if (trainer->plan.mode == MODE_STOCHASTIC)
        return fail(err, 0,
                    "a batch norm needs batches of several rows to learn from: `set mode "
                    "mini` or `set mode batch`");
    return (size > 1 && last != 1) ||
           fail(err, 0,
                "with batches of %d the last one has a single row, which has no spread for "
                "the batch norm: choose another `batch`",
                size);
}

void trainer_begin(Trainer *trainer, Pass *pass, Descent *descent, double *slots, Course *course,
                   Plan plan, Rows rows, size_t most)
{
    *trainer = (Trainer){.pass = pass,
                         .descent = descent,
                         .slots = slots,
                         .course = course,
                         .plan = plan,
                         .rows = rows};
    Error *why = &trainer->refusal;
    trainer->refused =
        !batches_fit(trainer, why) || !pass_set_rows(pass, batch_size(trainer), most, why);
    if (trainer->refused) trainer->plan.mode = MODE_STOCHASTIC;
    if (plan.shuffle) trainer->order = memory_new(rows.count * sizeof *trainer->order);
    draw_order(trainer);
    trainer_load(trainer);
}

bool trainer_ready(const Trainer *trainer, Error *err)
{
    return !trainer->refused || fail(err, 0, "%s", trainer->refusal.message);
}

void trainer_release(Trainer *trainer)
{
    free(trainer->order);
    online_free(trainer->online);
    update_release(&trainer->update);
    *trainer = (Trainer){0};
}

bool trainer_is_half_updated(const Trainer *trainer)
{
    return trainer->phase == PHASE_UPDATE && trainer->at;
}

bool trainer_is_made(const Trainer *trainer)
{
    return trainer->phase == PHASE_EPOCH && trainer->done;
}

/* Whether the present update has changed parameters: `update` has what was before. */
static bool has_changed(const Trainer *trainer)
{
    return trainer_is_half_updated(trainer) || trainer_is_made(trainer);
}

void trainer_exchange(Trainer *trainer)
{
    if (!trainer_is_half_updated(trainer)) return;
    double *now = trainer->pass->value, *old = trainer->update.old;
    for (size_t e = 0; e < trainer->pass->net->stored; e++) {
        double value = now[e];
        now[e] = old[e];
        old[e] = value;
    }
    trainer->exchanged = !trainer->exchanged;
}

Beginning trainer_beginning(const Trainer *trainer)
{
    const Update *update = &trainer->update;
    bool begun = trainer->done, changed = has_changed(trainer);
    return (Beginning){.course = begun ? &trainer->begun : trainer->course,
                       .counted = begun ? trainer->counted : trainer->descent->updates,
                       .stored =
                           changed && !trainer->exchanged ? update->old : trainer->pass->value,
                       .slots = changed ? update->old_slots : trainer->slots};
}

const double *trainer_old(const Trainer *trainer)
{
    bool elsewhere = trainer_is_half_updated(trainer) && !trainer->exchanged;
    return elsewhere ? trainer->update.old : trainer->pass->value;
}

static size_t slot_numbers(const Trainer *trainer)
{
    if (!trainer->slots) return 0;
    size_t slots = (size_t)optimizer_slots(trainer->descent->optimizer);
    return slots * trainer->pass->net->parameters;
}

void trainer_rewind(Trainer *trainer)
{
    if (!trainer->done) return;
    if (trainer->exchanged) trainer_exchange(trainer);
    const Follower *follower = &trainer->follower;
    if (follower->taken_back && trainer_is_made(trainer)) follower->taken_back(follower->self);
    if (has_changed(trainer)) {
        const Update *update = &trainer->update;
        memory_copy_numbers(trainer->pass->value, update->old, trainer->pass->net->stored);
        memory_copy_numbers(trainer->slots, update->old_slots, slot_numbers(trainer));
    }
    *trainer->course = trainer->begun;
    trainer->descent->updates = trainer->counted;
    trainer_load(trainer);
}

void trainer_set_slots(Trainer *trainer, double *slots)
{
    trainer->slots = NULL; /* the old ones may be gone */
    trainer_rewind(trainer);
    trainer->slots = slots;
    update_release(&trainer->update);
}

/* Only once a first update is wanted: whoever just looks at rows needs no room for it. */
void trainer_make_room(Trainer *trainer)
{
    if (!trainer->update.old)
        trainer->update = update_new(trainer->pass, trainer->descent->optimizer);
}

void trainer_load(Trainer *trainer)
{
    size_t first;
    int count;
    trainer_batch(trainer, &first, &count);
    Pass *pass = trainer->pass;
    const Rows *rows = &trainer->rows;
    if (pass->rows != count) pass_set_rows(pass, count, 0, NULL); /* there was room for more */
    pass_forget(pass);
    for (int i = 0; i < count; i++) {
        size_t row = trainer_row(trainer, first + (size_t)i);
        const double *x = rows->values + row * (size_t)(rows->inputs + rows->targets);
        pass_load(pass, i, x, x + rows->inputs);
    }
    pass->shown = (int)(present(trainer) - first);
    trainer->phase = trainer->course->next < rows->count ? PHASE_ROW : PHASE_EPOCH;
    trainer->at = trainer->done = 0;
}

void trainer_end_epoch(Trainer *trainer)
{
    Course *course = trainer->course;
    const Follower *follower = &trainer->follower;
    if (follower->ended) follower->ended(follower->self, course->counted);
    *course = (Course){.epoch = course->epoch + 1,
                       .average = course->losses / (double)course->counted,
                       .random = trainer->after,
                       .updates = course->updates,
                       .events = course->events + 1};
    if (trainer->order) draw_order(trainer);
    descent_set_epoch(trainer->descent, course->epoch);
}

static void count_updates(Trainer *trainer, long made)
{
    trainer->course->updates += made;
    trainer->course->events += made * (long)trainer_event_count(trainer);
}

bool trainer_conclude(Trainer *trainer)
{
    size_t first;
    int count;
    trainer_batch(trainer, &first, &count);
    for (int row = 0; row < count; row++)
        trainer->course->losses += pass_row_loss(trainer->pass, row);
    trainer->course->counted += (size_t)count;
    trainer->course->next = first + (size_t)count;
    count_updates(trainer, 1);
    if (trainer->follower.made) trainer->follower.made(trainer->follower.self);
    return trainer->course->next == trainer->rows.count;
}

/* The same for an update that was made in one go: the next batch is put in place. */
static void finish_update(Trainer *trainer)
{
    if (trainer_conclude(trainer)) trainer_end_epoch(trainer);
    trainer_load(trainer);
}

static void begin_epoch(Trainer *trainer)
{
    trainer_end_epoch(trainer);
    trainer_load(trainer);
}

/* What is left of an update that has changed some parameters. */
static UpdateResult finish_events(Trainer *trainer)
{
    UpdateResult result = UPDATE_MADE;
    while (trainer->phase != PHASE_ROW)
        if (!trainer_next(trainer, NULL, &result)) return result;
    return result;
}

/* Up to its first change an update can as well be made from the beginning. */
static UpdateResult make_update(Trainer *trainer)
{
    if (trainer->phase == PHASE_UPDATE && trainer->at) return finish_events(trainer);
    trainer_make_room(trainer);
    UpdateResult result =
        update_make(&trainer->update, trainer->pass, trainer->descent, trainer->slots);
    if (result == UPDATE_MADE) finish_update(trainer);
    return result;
}

UpdateResult trainer_update(Trainer *trainer, bool *ended)
{
    long epoch = trainer->course->epoch;
    if (trainer->phase == PHASE_EPOCH) begin_epoch(trainer);
    UpdateResult result = make_update(trainer);
    *ended = trainer->course->epoch > epoch;
    return result;
}

/* Rows one by one with plain gradient descent have a loop of their own. */
static bool find_fast_loop(Trainer *trainer)
{
    bool plain = descent_is_plain(trainer->descent) && batch_size(trainer) == 1;
    if (!plain || trainer->follower.made || !online_fits(trainer->pass)) return false;
    if (!trainer->online) trainer->online = online_new(trainer->pass);
    return true;
}

/* Up to MOST updates, and not beyond the epoch's end; returns how many were made. */
static long run_rows(Trainer *trainer, Run *run)
{
    long most = run->updates - run->updates_made;
    Course *course = trainer->course;
    const Rows *rows = &trainer->rows;
    size_t left = rows->count - course->next, count = (size_t)most < left ? (size_t)most : left;
    OnlineRows given = {rows->values, (size_t)(rows->inputs + rows->targets), trainer->order};
    size_t made = online_run(trainer->online, &given, course->next, course->next + count,
                             trainer->descent->eta, &run->test, &course->losses);
    trainer->descent->updates += (long)made;
    count_updates(trainer, (long)made);
    course->next += made;
    course->counted += made;
    if (course->next == rows->count) trainer_end_epoch(trainer);
    return (long)made;
}

/* Whether the test stops the run before the update of the batch that is in place. Who gives up
   here, gives the update up. */
static bool stops_here(const Trainer *trainer, LossTest *test)
{
    Pass *pass = trainer->pass;
    if (!test->stop) return false;
    if (!pass->forward_done && !pass_forward(pass)) return false;
    double loss = pass_loss(pass);
    return test->stopped = isfinite(loss) && test->stop(test->self, loss);
}

static long run_batch(Trainer *trainer, Run *run)
{
    if (stops_here(trainer, &run->test)) return 0;
    UpdateResult result = update_make_fast(trainer->pass, trainer->descent, trainer->slots);
    run->given_up = result == UPDATE_GIVEN_UP;
    if (result != UPDATE_MADE) return 0;
    finish_update(trainer);
    return 1;
}

/* The update that events have begun. */
static long run_rest(Trainer *trainer, Run *run)
{
    bool ended;
    UpdateResult result = trainer_update(trainer, &ended);
    run->given_up = result == UPDATE_GIVEN_UP;
    return result == UPDATE_MADE;
}

void trainer_run(Trainer *trainer, Run *run)
{
    bool rows = find_fast_loop(trainer), going = true;
    run->updates_made = run->epochs_ended = 0;
    run->given_up = run->test.stopped = false;
    if (trainer->phase == PHASE_EPOCH && run->epochs > 0) {
        begin_epoch(trainer);
        run->averages[run->epochs_ended++] = trainer->course->average;
    }
    while (going && run->updates_made < run->updates && run->epochs_ended < run->epochs) {
        long epoch = trainer->course->epoch, made;
        if (trainer->phase != PHASE_ROW)
            made = run_rest(trainer, run);
        else if (rows)
            made = run_rows(trainer, run);
        else
            made = run_batch(trainer, run);
        bool ended = trainer->course->epoch > epoch;
        if (ended) run->averages[run->epochs_ended++] = trainer->course->average;
        run->updates_made += made;
        going = made > 0 && !run->test.stopped;
    }
    run->broke = !going && !run->test.stopped && !run->given_up;
    if (rows) trainer_load(trainer);
    run->sound = update_sound(trainer->pass, trainer->descent, trainer->slots);
}
