/* Batches that are computed in several blocks of rows: the same bits as in plain loops over the
   rows, and Ctrl-C between two blocks. */
#include "base/memory.h"
#include "engine/kernel.h"
#include "engine/trainer.h"
#include "nets.h"

enum { IN = 5, HIDDEN = 11, OUT = 2, ROWS = 2 * KERNEL_BLOCK + 37, EVENTS = 1000 };

typedef struct Weights {
    double w1[IN][HIDDEN], b1[HIDDEN], w2[HIDDEN][OUT], b2[OUT];
} Weights;

/* A network of these, 5-11:relu-2 with the summed squared error, in training. */
typedef struct Large {
    double rows[ROWS][IN + OUT];
    Pass *pass;
    double *slots;
    Descent descent;
    Course course;
    Trainer trainer;
    volatile sig_atomic_t interrupted;
} Large;

static void draw(Random *random, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) numbers[i] = random_uniform(random, -1, 1);
}

static void large_begin(Large *large, const char *optimizer, int rows)
{
    Random random;
    random_seed(&random, 7);
    *large = (Large){.descent = {.rate = 0.01}};
    large->pass = pass_from("5-11:relu-2", "sse");
    large->pass->memo.interrupted = &large->interrupted;
    draw(&random, large->rows[0], ROWS * (IN + OUT));
    draw(&random, large->pass->value, large->pass->net->parameters);
    descent_choose(&large->descent, optimizer_find(optimizer));
    large->slots = memory_new(2 * large->pass->net->parameters * sizeof(double));
    trainer_begin(&large->trainer, large->pass, &large->descent, large->slots, &large->course,
                  (Plan){MODE_BATCH, 0, false}, (Rows){large->rows[0], (size_t)rows, IN, OUT}, 0);
}

static void large_release(Large *large)
{
    trainer_release(&large->trainer);
    pass_free(large->pass);
    free(large->slots);
}

static Weights weights_of(const Pass *pass, const double *numbers)
{
    Weights weights = {0};
    for (int k = 1; k <= 2; k++) {
        const Op *op = net_affine(pass->net, k);
        double *w = k == 1 ? weights.w1[0] : weights.w2[0], *b = k == 1 ? weights.b1 : weights.b2;
        memory_copy_numbers(w, numbers + op->weights, k == 1 ? IN * HIDDEN : HIDDEN * OUT);
        memory_copy_numbers(b, numbers + op->biases, k == 1 ? HIDDEN : OUT);
    }
    return weights;
}

/* One row, forward and backward; its shares of the derivatives are added to SUM. */
static double plain_row(const Weights *at, const double *x, const double *y, Weights *sum)
{
    double z[HIDDEN], o[HIDDEN], yhat[OUT], dyhat[OUT], loss = 0;
    for (int j = 0; j < HIDDEN; j++) {
        z[j] = 0;
        for (int i = 0; i < IN; i++) z[j] += x[i] * at->w1[i][j];
        z[j] += at->b1[j];
        o[j] = z[j] > 0 ? z[j] : 0;
    }
    for (int k = 0; k < OUT; k++) {
        yhat[k] = 0;
        for (int j = 0; j < HIDDEN; j++) yhat[k] += o[j] * at->w2[j][k];
        yhat[k] += at->b2[k];
        loss += (y[k] - yhat[k]) * (y[k] - yhat[k]);
        dyhat[k] = -2 * (y[k] - yhat[k]);
        sum->b2[k] += dyhat[k];
    }
    for (int j = 0; j < HIDDEN; j++) {
        double adjoint = 0;
        for (int k = 0; k < OUT; k++) {
            sum->w2[j][k] += dyhat[k] * o[j];
            adjoint += dyhat[k] * at->w2[j][k];
        }
        double dz = z[j] > 0 ? adjoint : 0;
        for (int i = 0; i < IN; i++) sum->w1[i][j] += dz * x[i];
        sum->b1[j] += dz;
    }
    return loss;
}

START_TEST(sums_run_through_the_blocks_in_order)
{
    Large large;
    large_begin(&large, "sgd", ROWS);
    Pass *pass = large.pass;
    Weights at = weights_of(pass, pass->value), sum = {0}, found;
    double loss = 0;
    for (int r = 0; r < ROWS; r++) loss += plain_row(&at, large.rows[r], large.rows[r] + IN, &sum);
    ck_assert(pass_forward(pass));
    ck_assert_double_eq(pass_loss(pass), loss / ROWS);
    ck_assert(pass_backward(pass));
    found = weights_of(pass, pass->adjoint);
    const double *expected = sum.w1[0], *same = found.w1[0], *start = at.w1[0];
    size_t count = sizeof sum / sizeof(double);
    for (size_t i = 0; i < count; i++) ck_assert_double_eq(same[i], expected[i] / ROWS);
    ck_assert(pass_descend(pass, 0.3));
    found = weights_of(pass, pass->value);
    for (size_t i = 0; i < count; i++)
        ck_assert_double_eq(same[i], start[i] - 0.3 * (expected[i] / ROWS));
    large_release(&large);
}
END_TEST

/* Everything that an update changes. */
typedef struct State {
    double numbers[512]; /* the parameters, the optimizer's */
    long counted, updates, events;
    size_t next;
} State;

static State state_of(const Large *large)
{
    State state = {.counted = large->descent.updates,
                   .updates = large->course.updates,
                   .events = large->course.events,
                   .next = large->course.next};
    size_t parameters = large->pass->net->parameters;
    ck_assert_uint_le(3 * parameters, 512);
    memory_copy_numbers(state.numbers, large->pass->value, parameters);
    memory_copy_numbers(state.numbers + parameters, large->slots, 2 * parameters);
    return state;
}

static void check_unchanged(const Large *large, const State *before)
{
    State now = state_of(large);
    ck_assert(!memcmp(now.numbers, before->numbers, sizeof now.numbers));
    ck_assert_int_eq(now.counted, before->counted);
    ck_assert_int_eq(now.updates, before->updates);
    ck_assert_int_eq(now.events, before->events);
    ck_assert_uint_eq(now.next, before->next);
}

/* Interrupted on its way forward or (FORWARD_DONE) backward, in every way of making an update. */
static void check_given_up(Large *large, bool forward_done)
{
    double average;
    bool ended;
    State before = state_of(large);
    Run run = {.updates = 1, .epochs = 1, .averages = &average};
    pass_forget(large->pass);
    if (forward_done) ck_assert(pass_forward(large->pass));
    large->interrupted = 1;
    trainer_run(&large->trainer, &run);
    ck_assert(run.given_up && !run.broke && run.sound);
    ck_assert_int_eq(run.updates_made, 0);
    ck_assert_int_eq(trainer_update(&large->trainer, &ended), UPDATE_GIVEN_UP);
    ck_assert(large->pass->forward_done == forward_done);
    large->interrupted = 0;
    check_unchanged(large, &before);
}

START_TEST(an_update_that_is_given_up_has_not_begun)
{
    static const char *const optimizers[] = {"sgd", "momentum", "adam"};
    for (int i = 0; i < 3; i++) {
        Large whole, broken;
        double averages[4];
        Run run = {.updates = 4, .epochs = 4, .averages = averages};
        large_begin(&whole, optimizers[i], ROWS);
        trainer_run(&whole.trainer, &run);
        large_begin(&broken, optimizers[i], ROWS);
        for (run.updates = 1; broken.course.updates < 4; trainer_run(&broken.trainer, &run)) {
            check_given_up(&broken, false);
            check_given_up(&broken, true);
        }
        ck_assert_int_eq(whole.course.updates, 4);
        State same = state_of(&whole);
        check_unchanged(&broken, &same);
        large_release(&whole);
        large_release(&broken);
    }
}
END_TEST

/* The test of a run needs L, which is given up before it is asked. */
static bool never(void *self, double loss)
{
    (void)loss;
    ++*(int *)self;
    return false;
}

START_TEST(a_test_is_not_asked_without_a_loss)
{
    Large large;
    double average;
    int asked = 0;
    large_begin(&large, "sgd", ROWS);
    Run run = {.updates = 1, .epochs = 1, .averages = &average, .test = {never, &asked, false}};
    large.interrupted = 1;
    trainer_run(&large.trainer, &run);
    ck_assert(run.given_up && !run.broke && !run.test.stopped);
    ck_assert_int_eq(asked, 0);
    large.interrupted = 0;
    trainer_run(&large.trainer, &run);
    ck_assert(!run.given_up);
    ck_assert_int_eq(run.updates_made, 1);
    ck_assert_int_eq(asked, 1);
    large_release(&large);
}
END_TEST

/* Every event is interrupted before it is done; returns how many gave up. */
static int interrupt_events(Large *large)
{
    UpdateResult result = UPDATE_MADE;
    int given_up = 0;
    for (int i = 0; i < EVENTS && !large->course.updates; i++) {
        size_t done = large->trainer.done;
        Event event = trainer_event(&large->trainer);
        large->interrupted = 1;
        ck_assert(trainer_next(&large->trainer, "test", &result));
        large->interrupted = 0;
        if (large->trainer.done > done) continue;
        ck_assert(large->pass->memo.stopped);
        given_up++;
        ck_assert_uint_eq(trainer_event(&large->trainer).element, event.element);
        ck_assert(trainer_next(&large->trainer, "test", &result));
        ck_assert_uint_eq(large->trainer.done, done + 1);
    }
    return given_up;
}

/* The events of nodes and derivatives are long ones here; the others are done all the same. */
START_TEST(an_event_that_is_given_up_is_still_the_next)
{
    Large events, whole;
    double average;
    Run run = {.updates = 1, .epochs = 1, .averages = &average};
    large_begin(&events, "adam", ROWS);
    large_begin(&whole, "adam", ROWS);
    trainer_run(&whole.trainer, &run);
    int nodes = 2 * HIDDEN + OUT, parameters = (int)whole.pass->net->parameters;
    ck_assert_int_eq(interrupt_events(&events), nodes + parameters);
    ck_assert_int_eq(events.trainer.phase, PHASE_EPOCH);
    ck_assert(
        !memcmp(events.pass->value, whole.pass->value, whole.pass->net->stored * sizeof(double)));
    large_release(&events);
    large_release(&whole);
}
END_TEST

START_TEST(a_single_block_is_not_given_up)
{
    Large large;
    double average;
    Run run = {.updates = 1, .epochs = 1, .averages = &average};
    large_begin(&large, "sgd", KERNEL_BLOCK);
    large.interrupted = 1;
    trainer_run(&large.trainer, &run);
    ck_assert_int_eq(run.updates_made, 1);
    large_release(&large);
}
END_TEST

UNIT("large_batch", sums_run_through_the_blocks_in_order, an_update_that_is_given_up_has_not_begun,
     a_test_is_not_asked_without_a_loss, an_event_that_is_given_up_is_still_the_next,
     a_single_block_is_not_given_up)
