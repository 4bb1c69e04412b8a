/* Places on a run: how they are counted, the way back to an update's beginning, and runs that a
   test stops. */
#include "loops.h"

/* All that a run goes on from. */
typedef struct Kept {
    double *numbers;
    Course course;
    Descent descent;
} Kept;

static size_t count_numbers(const Loop *loop)
{
    return loop->pass->net->stored + slot_count(loop);
}

static Kept keep(const Loop *loop)
{
    size_t stored = loop->pass->net->stored;
    double *numbers = memory_new(count_numbers(loop) * sizeof(double));
    memory_copy_numbers(numbers, loop->pass->value, stored);
    memory_copy_numbers(numbers + stored, loop->slots, slot_count(loop));
    return (Kept){numbers, loop->course, loop->descent};
}

static bool same_course(const Course *a, const Course *b)
{
    return a->epoch == b->epoch && a->next == b->next && a->losses == b->losses &&
           a->counted == b->counted && a->average == b->average && a->updates == b->updates &&
           a->events == b->events && !memcmp(&a->random, &b->random, sizeof a->random);
}

static void check_kept(const Loop *loop, const Kept *kept)
{
    size_t stored = loop->pass->net->stored;
    ck_assert_int_eq(memcmp(loop->pass->value, kept->numbers, stored * sizeof(double)), 0);
    if (slot_count(loop))
        ck_assert_int_eq(
            memcmp(loop->slots, kept->numbers + stored, slot_count(loop) * sizeof(double)), 0);
    ck_assert(same_course(&loop->course, &kept->course));
    ck_assert_int_eq(loop->descent.updates, kept->descent.updates);
}

/* The events of an update, and of the epoch's end after it, counted one by one. */
static long walk_update(Loop *loop)
{
    UpdateResult result;
    long events = 0;
    do {
        if (!trainer_next(&loop->trainer, "test", &result)) return -1;
        events++;
        ck_assert(!loop->trainer.done || loop->trainer.done == (size_t)events);
    } while (loop->trainer.done);
    return events;
}

enum { CASES = 60, UPDATES = 30 };

/* BODY with two runs of each of many cases, at their beginnings. */
static void each_case(uint64_t seed, void (*body)(Random *random, Loop *loop, Loop *twin))
{
    Random random;
    random_seed(&random, seed);
    for (int i = 0; i < CASES; i++) {
        Case given = draw_case(&random, 0.005);
        Loop loop, twin;
        loop_begin(&loop, &given);
        loop_begin(&twin, &given);
        body(&random, &loop, &twin);
        loop_release(&loop);
        loop_release(&twin);
        case_release(&given);
    }
}

static void count_walk(Random *random, Loop *loop, Loop *twin)
{
    long events = 0, made = 0, epochs = 0;
    for (; made < UPDATES; made++) {
        long left = trainer_updates_left(&loop->trainer);
        long each = (long)trainer_event_count(&loop->trainer), step = walk_update(loop);
        if (step < 0) return;
        events += step;
        epochs += left == 1;
        ck_assert_int_eq(step, each + (left == 1));
        ck_assert_int_eq(loop->course.updates, made + 1);
        ck_assert_int_eq(loop->course.events, events);
        ck_assert_int_eq(loop->course.epoch, epochs);
    }
    ck_assert(move_at_random(twin, random, made));
    ck_assert(same_course(&loop->course, &twin->course));
}

START_TEST(updates_and_events_are_counted_in_every_way)
{
    each_case(71, count_walk);
}
END_TEST

static void go_back(Random *random, Loop *loop, Loop *twin)
{
    (void)twin;
    if (!move_at_random(loop, random, trainer_updates_in_epoch(&loop->trainer) - 1)) return;
    Kept kept = keep(loop);
    int most = (int)trainer_event_count(&loop->trainer);
    size_t bytes = loop->pass->net->stored * sizeof(double);
    for (int events = 0; events <= most && move_a_little(loop, events); events++) {
        Beginning beginning = trainer_beginning(&loop->trainer);
        ck_assert(same_course(beginning.course, &kept.course));
        ck_assert_int_eq(beginning.counted, kept.descent.updates);
        ck_assert_int_eq(memcmp(beginning.stored, kept.numbers, bytes), 0);
        trainer_rewind(&loop->trainer);
        check_kept(loop, &kept);
        ck_assert_int_eq(trainer_event(&loop->trainer).phase, PHASE_ROW);
    }
    free(kept.numbers);
}

/* From every event of an epoch's last update, that before the epoch's end included. */
START_TEST(the_way_back_leads_to_the_beginning)
{
    each_case(72, go_back);
}
END_TEST

static void exchange(Random *random, Loop *loop, Loop *twin)
{
    size_t bytes = loop->pass->net->stored * sizeof(double);
    int parameters = (int)loop->pass->net->parameters;
    int events = (int)trainer_event_count(&loop->trainer) - random_between(random, 1, parameters);
    if (!move_a_little(loop, events) || !move_a_little(twin, events)) return;
    trainer_exchange(&loop->trainer);
    ck_assert_int_eq(memcmp(loop->pass->value, trainer_old(&twin->trainer), bytes), 0);
    ck_assert_ptr_eq(trainer_old(&loop->trainer), loop->pass->value);
    ck_assert_ptr_eq(trainer_beginning(&loop->trainer).stored, loop->pass->value);
    trainer_exchange(&loop->trainer);
    ck_assert_int_eq(memcmp(loop->pass->value, twin->pass->value, bytes), 0);
    trainer_exchange(&loop->trainer);
    trainer_rewind(&loop->trainer);
    trainer_rewind(&twin->trainer);
    ck_assert_int_eq(memcmp(loop->pass->value, twin->pass->value, bytes), 0);
}

/* The pass has the old parameters for as long as something is explained by them; whatever comes
   then is the same. */
START_TEST(an_exchange_changes_nothing_for_good)
{
    each_case(73, exchange);
}
END_TEST

static void go_to_row(Random *random, Loop *loop, Loop *twin)
{
    (void)twin;
    Trainer *trainer = &loop->trainer;
    long passed = random_between(random, 0, (int)trainer_updates_in_epoch(trainer) - 1);
    if (!move_carefully(loop, passed)) return;
    size_t row = random_below(random, trainer->rows.count), first;
    long away = trainer_updates_to(trainer, row);
    if (away > 0 && !move_carefully(loop, away)) return;
    ck_assert_int_eq(loop->course.epoch, 0);
    int count;
    trainer_batch(trainer, &first, &count);
    size_t place = trainer_place(trainer, row);
    ck_assert_int_eq(away >= 0, place >= first && place < first + (size_t)count);
    ck_assert_int_eq(away < 0, place < first);
}

/* Each row's update is as many updates away as it takes to get there. */
START_TEST(rows_are_so_many_updates_away)
{
    each_case(74, go_to_row);
}
END_TEST

static void end_phase(Random *random, Loop *loop, Loop *twin)
{
    (void)twin;
    int events = random_between(random, 0, (int)trainer_event_count(&loop->trainer));
    if (!move_a_little(loop, events)) return;
    Phase phase = trainer_event(&loop->trainer).phase;
    if (!move_a_little(loop, (int)trainer_phase_left(&loop->trainer) - 1)) return;
    ck_assert_int_eq(trainer_event(&loop->trainer).phase, phase);
    if (move_a_little(loop, 1)) ck_assert_int_ne(trainer_event(&loop->trainer).phase, phase);
}

START_TEST(a_phase_ends_after_what_is_left_of_it)
{
    each_case(75, end_phase);
}
END_TEST

/* Stops at the STOP-th question, and remembers the losses it was told. */
typedef struct Tester {
    long asked, stop;
    double losses[UPDATES];
} Tester;

static bool ask(void *self, double loss)
{
    Tester *tester = self;
    tester->losses[tester->asked] = loss;
    return ++tester->asked == tester->stop;
}

static void stop_run(Random *random, Loop *loop, Loop *twin)
{
    double averages[UPDATES + 1];
    Tester tester = {.stop = random_between(random, 1, UPDATES)};
    Run run = {.updates = UPDATES,
               .epochs = UPDATES + 1,
               .averages = averages,
               .test = {.stop = ask, .self = &tester}};
    trainer_run(&loop->trainer, &run);
    if (run.broke || !run.sound) return;
    ck_assert(run.test.stopped);
    ck_assert_int_eq(run.updates_made, tester.stop - 1);
    for (long made = 0; made < run.updates_made; made++) {
        ck_assert(move_carefully(twin, 1));
        ck_assert_double_eq(twin->trainer.update.loss, tester.losses[made]);
    }
    Kept kept = keep(twin);
    check_kept(loop, &kept);
    free(kept.numbers);
    if (!move_carefully(loop, 1) || !move_carefully(twin, 1)) return;
    ck_assert_double_eq(loop->trainer.update.loss, tester.losses[run.updates_made]);
}

/* It is asked once an update, with the loss that they have one by one, and where it stops nothing
   of the update is done. */
START_TEST(a_test_is_told_every_loss)
{
    each_case(76, stop_run);
}
END_TEST

UNIT("trainer_places", updates_and_events_are_counted_in_every_way,
     the_way_back_leads_to_the_beginning, an_exchange_changes_nothing_for_good,
     rows_are_so_many_updates_away, a_phase_ends_after_what_is_left_of_it,
     a_test_is_told_every_loss)
