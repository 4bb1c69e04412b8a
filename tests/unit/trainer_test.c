/* However the trainer is moved, its numbers come out the same to the bit. */
#include "loops.h"

static bool same(const double *a, const double *b, size_t count)
{
    return !count || !memcmp(a, b, count * sizeof *a);
}

/* What a run is, and what lies in its pass: the next rows. */
static void check_same(const Loop *a, const Loop *b)
{
    const Net *net = a->pass->net;
    size_t rows = (size_t)a->pass->rows, inputs = (size_t)net->vectors[net->input].size;
    for (size_t e = 0; e < net->stored; e++)
        ck_assert_msg(same(&a->pass->value[e], &b->pass->value[e], 1), "%s: %.17g, %.17g",
                      place_of(a->pass, e), a->pass->value[e], b->pass->value[e]);
    ck_assert(same(a->slots, b->slots, slot_count(a)));
    ck_assert_int_eq(memcmp(&a->course, &b->course, sizeof(Course)), 0);
    ck_assert_int_eq(a->descent.updates, b->descent.updates);
    ck_assert_int_eq(a->descent.epoch, b->descent.epoch);
    ck_assert(same(&a->descent.eta, &b->descent.eta, 1));
    ck_assert_int_eq(a->trainer.phase, b->trainer.phase);
    ck_assert_int_eq(a->pass->rows, b->pass->rows);
    ck_assert_int_eq(a->pass->shown, b->pass->shown);
    for (size_t r = 0; r < rows; r++) {
        size_t x = pass_place(a->pass, net->vectors[net->input].at, (int)r);
        ck_assert(same(a->pass->value + x, b->pass->value + x, inputs));
    }
}

static long compared;

/* COUNT updates in every way and in a mixture. */
static void check_ways(const Case *given, Random *random, long count, int pieces)
{
    Loop loops[WAYS + 1];
    for (int w = 0; w <= WAYS; w++) loop_begin(&loops[w], given);
    bool going = true;
    for (int piece = 0; going && piece < pieces; piece++) {
        for (int w = 0; w < WAYS; w++) going &= ways[w](&loops[w], count);
        going &= move_at_random(&loops[WAYS], random, count);
        for (int w = 0; going && w < WAYS; w++) check_same(&loops[w], &loops[WAYS]);
        compared += going;
    }
    for (int w = 0; w <= WAYS; w++) loop_release(&loops[w]);
}

START_TEST(every_way_comes_to_the_same_numbers)
{
    Random random;
    random_seed(&random, 41);
    for (int n = 0; n < 500; n++) {
        Case given = draw_case(&random, 0.02);
        check_ways(&given, &random, random_between(&random, 1, 25), 3);
        case_release(&given);
    }
    ck_assert_int_ge(compared, 3 * 490);
}
END_TEST

START_TEST(so_it_is_after_thousands_of_updates)
{
    Random random;
    random_seed(&random, 42);
    compared = 0;
    for (int n = 0; n < 12; n++) {
        Case given = draw_case(&random, 0.002);
        check_ways(&given, &random, 2000, 1);
        case_release(&given);
    }
    ck_assert_int_ge(compared, 11);
}
END_TEST

/* A copy of where a run stands, between two updates or before an epoch's end. */
typedef struct Copy {
    double *numbers; /* what the network stores, the slots */
    Descent descent;
    Course course;
} Copy;

static Copy copy_of(const Loop *loop)
{
    size_t stored = loop->pass->net->stored;
    Copy copy = {memory_new((stored + slot_count(loop)) * sizeof(double)), loop->descent,
                 loop->course};
    memory_copy_numbers(copy.numbers, loop->pass->value, stored);
    memory_copy_numbers(copy.numbers + stored, loop->slots, slot_count(loop));
    return copy;
}

static void put_back(Loop *loop, const Copy *copy, const Case *given)
{
    size_t stored = loop->pass->net->stored;
    trainer_release(&loop->trainer);
    memory_copy_numbers(loop->pass->value, copy->numbers, stored);
    memory_copy_numbers(loop->slots, copy->numbers + stored, slot_count(loop));
    loop->descent = copy->descent;
    loop->course = copy->course;
    trainer_begin(&loop->trainer, loop->pass, &loop->descent, loop->slots, &loop->course,
                  given->plan, given->rows, 0);
}

static void move_to_epoch_end(Loop *loop)
{
    for (int i = 0; i < 100000 && loop->trainer.phase != PHASE_EPOCH; i++) move_a_little(loop, 1);
    ck_assert_int_eq(loop->trainer.phase, PHASE_EPOCH);
}

static void check_copy(const Case *given, Random *random)
{
    Loop loop, other;
    loop_begin(&loop, given);
    loop_begin(&other, given);
    if (move_at_random(&loop, random, random_between(random, 0, 30))) {
        if (!random_below(random, 3)) move_to_epoch_end(&loop);
        Copy copy = copy_of(&loop);
        Phase phase = loop.trainer.phase;
        bool went = move_at_random(&loop, random, 20);
        put_back(&other, &copy, given);
        ck_assert_int_eq(other.trainer.phase, phase);
        ck_assert(went == move_at_random(&other, random, 20));
        if (went) check_same(&loop, &other);
        compared += went;
        free(copy.numbers);
    }
    loop_release(&loop);
    loop_release(&other);
}

START_TEST(a_copy_put_back_goes_on_the_same)
{
    Random random;
    random_seed(&random, 43);
    compared = 0;
    for (int n = 0; n < 300; n++) {
        Case given = draw_case(&random, 0.02);
        check_copy(&given, &random);
        case_release(&given);
    }
    ck_assert_int_ge(compared, 290);
}
END_TEST

/* The average of each epoch, by the run and by single updates. */
START_TEST(a_run_knows_the_average_of_each_epoch)
{
    Random random;
    random_seed(&random, 44);
    for (int n = 0; n < 100; n++) {
        Case given = draw_case(&random, 0.01);
        Loop fast, careful;
        loop_begin(&fast, &given);
        loop_begin(&careful, &given);
        double averages[5];
        Run run = {.updates = 1000, .epochs = 5, .averages = averages};
        trainer_run(&fast.trainer, &run);
        ck_assert_int_eq(run.epochs_ended, 5);
        for (int epoch = 0; epoch < 5;) {
            bool ended;
            ck_assert_int_eq(trainer_update(&careful.trainer, &ended), UPDATE_MADE);
            if (!ended) continue;
            assert_same("average", averages[epoch++], careful.course.average);
            ck_assert_int_eq(careful.course.epoch, epoch);
        }
        check_same(&fast, &careful);
        loop_release(&fast);
        loop_release(&careful);
        case_release(&given);
    }
}
END_TEST

enum { SOME_UPDATES = 300 };

/* Moves until an update cannot be made, and says what broke. */
static UpdateResult break_carefully(Loop *loop)
{
    bool ended;
    UpdateResult result = UPDATE_MADE;
    for (int i = 0; i < SOME_UPDATES && result == UPDATE_MADE; i++)
        result = trainer_update(&loop->trainer, &ended);
    return result;
}

static UpdateResult break_by_events(Loop *loop)
{
    UpdateResult result = UPDATE_MADE;
    while (loop->descent.updates < SOME_UPDATES && trainer_next(&loop->trainer, "test", &result))
        ;
    if (result != UPDATE_MADE && result != UPDATE_NODE_BROKE)
        ck_assert_int_eq(loop->trainer.phase, PHASE_UPDATE);
    loop->trainer.phase = PHASE_ROW; /* where the others stopped */
    return result;
}

static long broken[4];

static void check_break(const Case *given)
{
    Loop careful, events, fast;
    loop_begin(&careful, given);
    loop_begin(&events, given);
    loop_begin(&fast, given);
    UpdateResult result = break_carefully(&careful);
    if (result != UPDATE_MADE) {
        ck_assert_int_eq(break_by_events(&events), result);
        ck_assert_uint_eq(events.trainer.update.broken, careful.trainer.update.broken);
        assert_same("loss", events.trainer.update.loss, careful.trainer.update.loss);
        check_same(&careful, &events);
        ck_assert(!move_fast(&fast, SOME_UPDATES));
        if (update_sound(fast.pass, &fast.descent, fast.slots)) check_same(&careful, &fast);
    }
    broken[result]++;
    loop_release(&careful);
    loop_release(&events);
    loop_release(&fast);
}

/* The first layer gives nothing; its derivatives are products of what is huge. */
static void make_huge(const Case *given)
{
    const Net *net = given->net;
    size_t first = net_layer_parameters(net, 1), width = (size_t)given->rows.inputs;
    for (size_t e = 0; e < net->parameters; e++)
        given->numbers[e] = e < first ? 0 : given->numbers[e] * 1e160;
    for (size_t r = 0; r < given->rows.count; r++)
        for (size_t i = 0; i < width; i++)
            given->values[r * (width + (size_t)given->rows.targets) + i] *= 1e160;
}

START_TEST(what_breaks_does_so_in_every_way)
{
    Random random;
    random_seed(&random, 45);
    static const double rates[] = {50, 1e5, 1e305};
    for (int n = 0; n < 500; n++) {
        Case given = draw_case(&random, rates[n % 3]);
        if (n % 4 == 3) make_huge(&given);
        check_break(&given);
        case_release(&given);
    }
    for (int r = UPDATE_NODE_BROKE; r <= UPDATE_PARAMETER_BROKE; r++)
        ck_assert_msg(broken[r] >= 3, "result %d: %ld times", r, broken[r]);
}
END_TEST

UNIT("trainer", every_way_comes_to_the_same_numbers, so_it_is_after_thousands_of_updates,
     a_copy_put_back_goes_on_the_same, a_run_knows_the_average_of_each_epoch,
     what_breaks_does_so_in_every_way)
