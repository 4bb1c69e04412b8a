/* The trainer's events, and its edges. */
#include <limits.h>

#include "engine/order.h"
#include "loops.h"

/* The notes' first two rows and their network, its weights 1; rows go by in order. */
static const double notes[] = {80, 8, 3, 60, 9, 5};

static Case notes_case(const char *sizes, Plan plan)
{
    Pass *pass = pass_from(sizes, "mse");
    fill_weights(pass, 1);
    Case given = {.net = net_retain(pass->net), .loss = pass->loss, .plan = plan};
    given.numbers = memory_new(given.net->stored * sizeof(double));
    given.rows = (Rows){notes, 2, 2, 1};
    given.descent.rate = 1e-5;
    descent_choose(&given.descent, optimizer_find("sgd"));
    memory_copy_numbers(given.numbers, pass->value, given.net->stored);
    random_seed(&given.course.random, 1);
    pass_free(pass);
    return given;
}

static const char *const phases[] = {"row", "forward", "loss", "backward", "update", "epoch"};

/* "forward o11", and does it. */
static const char *next_event(Loop *loop)
{
    static char text[64];
    char name[SYMBOL_SIZE] = "";
    const Net *net = loop->pass->net;
    Event event = trainer_event(&loop->trainer);
    if (event.element < net->elements) symbol_spell(name, net_symbol(net, event.element));
    snprintf(text, sizeof text, "%s%s%s", phases[event.phase], *name ? " " : "", name);
    UpdateResult result;
    ck_assert(trainer_next(&loop->trainer, "test", &result));
    return text;
}

static void expect(Loop *loop, const char *const *events, size_t count)
{
    for (size_t i = 0; i < count; i++) ck_assert_str_eq(next_event(loop), events[i]);
}

START_TEST(events_come_in_the_order_of_the_notes)
{
    static const char *const update[] = {"row",
                                         "forward o11",
                                         "forward o12",
                                         "forward yhat",
                                         "loss L",
                                         "backward w11^2",
                                         "backward w21^2",
                                         "backward b21",
                                         "backward w11^1",
                                         "backward w21^1",
                                         "backward b11",
                                         "backward w12^1",
                                         "backward w22^1",
                                         "backward b12",
                                         "update w11^2",
                                         "update w21^2",
                                         "update b21",
                                         "update w11^1",
                                         "update w21^1",
                                         "update b11",
                                         "update w12^1",
                                         "update w22^1",
                                         "update b12"};
    static const char *const end[] = {"epoch", "row"};
    const size_t count = sizeof update / sizeof *update;
    Case given = notes_case("2-2-1", (Plan){MODE_STOCHASTIC, 32, false});
    Loop loop;
    loop_begin(&loop, &given);
    for (int epoch = 0; epoch < 2; epoch++) {
        expect(&loop, update + epoch, count - (size_t)epoch);
        ck_assert_double_eq(loop.pass->value[loop.pass->net->vectors[0].at], 60);
        ck_assert_int_eq(loop.course.epoch, epoch);
        expect(&loop, update, count);
        expect(&loop, end, 2);
        ck_assert_int_eq(loop.course.epoch, epoch + 1);
    }
    loop_release(&loop);
    case_release(&given);
}
END_TEST

/* Old parameters for all derivatives, although the new ones come one by one. */
START_TEST(an_update_event_changes_one_parameter)
{
    Case given = notes_case("2-2-1", (Plan){MODE_STOCHASTIC, 32, false});
    Loop loop;
    loop_begin(&loop, &given);
    move_a_little(&loop, 1 + 3 + 1);
    ck_assert(loop.pass->forward_done);
    move_a_little(&loop, 9);
    for (size_t i = 0; i < 8; i++) {
        double before[9];
        size_t e = net_parameter(given.net, i);
        memory_copy_numbers(before, loop.pass->value, 9);
        before[e] -= 1e-5 * loop.pass->adjoint[e];
        move_a_little(&loop, 1);
        ck_assert_int_eq(memcmp(before, loop.pass->value, sizeof before), 0);
    }
    loop_release(&loop);
    case_release(&given);
}
END_TEST

/* Whatever has been done of an update, with the new optimizer it is begun anew. */
START_TEST(another_optimizer_within_an_update)
{
    Random random;
    random_seed(&random, 51);
    for (int events = 0; events < 23; events++) {
        Case given = notes_case("2-2-1", (Plan){MODE_STOCHASTIC, 32, false});
        Loop changed, fresh;
        loop_begin(&changed, &given);
        move_a_little(&changed, events);
        descent_choose(&given.descent, optimizer_find("adam"));
        descent_choose(&changed.descent, given.descent.optimizer);
        free(changed.slots);
        changed.slots = memory_new(slot_count(&changed) * sizeof(double));
        trainer_set_slots(&changed.trainer, changed.slots);
        loop_begin(&fresh, &given);
        ck_assert_int_eq(trainer_event(&changed.trainer).phase, PHASE_ROW);
        ck_assert(move_at_random(&changed, &random, 9) && move_carefully(&fresh, 9));
        ck_assert_int_eq(memcmp(changed.pass->value, fresh.pass->value, 9 * sizeof(double)), 0);
        loop_release(&changed);
        loop_release(&fresh);
        case_release(&given);
    }
}
END_TEST

/* An assumed node stays what it is assumed to be, whoever computes its layer. */
START_TEST(a_node_is_held_in_every_way)
{
    static const char *const nodes[] = {"z11", "o12", "yhat", "L"};
    Random random;
    random_seed(&random, 54);
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        Case given = notes_case("2-2:sigmoid-1", (Plan){MODE_STOCHASTIC, 32, false});
        Loop loops[WAYS + 1];
        for (int w = 0; w <= WAYS; w++) {
            loop_begin(&loops[w], &given);
            pass_pin(loops[w].pass, element_of(given.net, nodes[i]), 0.25);
        }
        for (int w = 0; w < WAYS; w++) ck_assert(ways[w](&loops[w], 5));
        ck_assert(move_at_random(&loops[WAYS], &random, 5));
        for (int w = 0; w < WAYS; w++)
            ck_assert_msg(!memcmp(loops[w].pass->value, loops[WAYS].pass->value,
                                  given.net->stored * sizeof(double)),
                          "%s, way %d", nodes[i], w);
        for (int w = 0; w <= WAYS; w++) loop_release(&loops[w]);
        case_release(&given);
    }
}
END_TEST

START_TEST(an_interrupted_derivative_is_still_the_next)
{
    volatile sig_atomic_t interrupted = 1;
    Case given = notes_case("2-2-1", (Plan){MODE_STOCHASTIC, 32, false});
    Loop loop;
    loop_begin(&loop, &given);
    move_a_little(&loop, 5);
    loop.pass->memo.interrupted = &interrupted;
    ck_assert_str_eq(next_event(&loop), "backward w11^2");
    interrupted = 0;
    ck_assert_str_eq(next_event(&loop), "backward w11^2");
    ck_assert_str_eq(next_event(&loop), "backward w21^2");
    ck_assert_double_eq(loop.pass->adjoint[element_of(given.net, "w11^2")], 2 * (176 - 3) * 88);
    loop_release(&loop);
    case_release(&given);
}
END_TEST

/* When only the epoch's end is left, the next update ends it and is the next epoch's first. */
START_TEST(an_update_after_the_last_row)
{
    Case given = notes_case("2-2-1", (Plan){MODE_STOCHASTIC, 32, true});
    Loop loop;
    bool ended;
    loop_begin(&loop, &given);
    move_a_little(&loop, 2 * 23);
    ck_assert_int_eq(trainer_event(&loop.trainer).phase, PHASE_EPOCH);
    ck_assert_uint_eq(trainer_present_row(&loop.trainer), trainer_row(&loop.trainer, 1));
    ck_assert_int_eq(trainer_update(&loop.trainer, &ended), UPDATE_MADE);
    ck_assert(ended);
    ck_assert_int_eq(loop.descent.updates, 3);
    ck_assert_int_eq(loop.course.epoch, 1);
    ck_assert_uint_eq(loop.course.next, 1);
    loop_release(&loop);
    case_release(&given);
}
END_TEST

START_TEST(a_run_from_there_ends_that_epoch_first)
{
    Case given = notes_case("2-2-1", (Plan){MODE_BATCH, 32, false});
    Loop loop;
    double averages[3];
    loop_begin(&loop, &given);
    move_a_little(&loop, 23);
    ck_assert_int_eq(trainer_event(&loop.trainer).phase, PHASE_EPOCH);
    Run run = {.updates = 1, .epochs = 0, .averages = NULL};
    trainer_run(&loop.trainer, &run);
    ck_assert_int_eq(loop.course.epoch + run.updates_made, 0);
    run = (Run){.updates = 1, .epochs = 3, .averages = averages};
    trainer_run(&loop.trainer, &run);
    ck_assert_int_eq(run.updates_made, 1);
    ck_assert_int_eq(run.epochs_ended, 2);
    ck_assert_double_eq(averages[0], (29929 + 17689) / 2.0); /* as the notes have both losses */
    ck_assert_double_eq(averages[1], loop.course.average);
    loop_release(&loop);
    case_release(&given);
}
END_TEST

/* Of a batch the row that the loop was sent to. */
START_TEST(the_row_of_the_course_is_shown)
{
    Case given = notes_case("2-2-1", (Plan){MODE_BATCH, 32, false});
    given.course.next = 1;
    Loop loop;
    loop_begin(&loop, &given);
    ck_assert_int_eq(loop.pass->rows, 2);
    ck_assert_double_eq(pass_value(loop.pass, element_of(given.net, "x1")), 60);
    loop_release(&loop);
    case_release(&given);
}
END_TEST

START_TEST(an_epoch_takes_every_row_once)
{
    Random random;
    random_seed(&random, 52);
    for (int n = 0; n < 50; n++) {
        Case given = draw_case(&random, 0.01);
        Loop loop;
        int taken[16] = {0};
        loop_begin(&loop, &given);
        while (!loop.course.epoch) {
            size_t first;
            int count;
            trainer_batch(&loop.trainer, &first, &count);
            for (int i = 0; i < count; i++) {
                size_t row = trainer_row(&loop.trainer, first + (size_t)i);
                ck_assert_uint_eq(trainer_place(&loop.trainer, row), first + (size_t)i);
                taken[row]++;
            }
            ck_assert(move_carefully(&loop, 1));
        }
        for (size_t row = 0; row < given.rows.count; row++) ck_assert_int_eq(taken[row], 1);
        loop_release(&loop);
        case_release(&given);
    }
}
END_TEST

/* Its order is drawn from where the generator stood when the epoch before had been drawn. */
START_TEST(every_epoch_has_an_order_of_its_own)
{
    Random random;
    random_seed(&random, 53);
    for (int n = 0; n < 20; n++) {
        Case given = draw_case(&random, 0.001);
        given.plan.shuffle = true;
        Random generator = given.course.random;
        Loop loop;
        loop_begin(&loop, &given);
        for (long epoch = 0; epoch < 3; epoch++) {
            size_t order[16];
            order_shuffle(order, given.rows.count, &generator);
            for (size_t place = 0; place < given.rows.count; place++)
                ck_assert_uint_eq(trainer_row(&loop.trainer, place), order[place]);
            while (loop.course.epoch == epoch) ck_assert(move_carefully(&loop, 1));
        }
        loop_release(&loop);
        case_release(&given);
    }
}
END_TEST

START_TEST(a_batch_larger_than_the_data_is_all_of_it)
{
    Loop whole, larger;
    Case given = notes_case("2-2:tanh+bn-1", (Plan){MODE_BATCH, 1, false});
    loop_begin(&whole, &given);
    given.plan = (Plan){MODE_MINI, 1000000, false};
    loop_begin(&larger, &given);
    ck_assert(move_fast(&whole, 10) && move_fast(&larger, 10));
    ck_assert_int_eq(larger.pass->capacity, 2);
    ck_assert_int_eq(larger.course.epoch, 10);
    ck_assert_int_eq(
        memcmp(whole.pass->value, larger.pass->value, given.net->stored * sizeof(double)), 0);
    loop_release(&whole);
    loop_release(&larger);
    case_release(&given);
}
END_TEST

/* The row can be looked at all the same. */
static void check_refused(Plan plan, size_t rows, const char *part)
{
    Error err = {0};
    Loop loop;
    Case given = notes_case("2-2:tanh+bn-1", plan);
    given.rows.count = rows;
    loop_begin(&loop, &given);
    bool ready = trainer_ready(&loop.trainer, &err);
    ck_assert_msg(ready == !part, "%s", err.message);
    if (part) {
        ck_assert_msg(strstr(err.message, part), "%s", err.message);
        ck_assert_int_eq(loop.pass->rows, 1);
        pass_forward(loop.pass);
        ck_assert_double_eq(*number_of(loop.pass, "n11"), 88 / sqrt(1 + 1e-5));
    }
    loop_release(&loop);
    case_release(&given);
}

START_TEST(a_batch_norm_needs_batches_of_several_rows)
{
    check_refused((Plan){MODE_STOCHASTIC, 32, false}, 2, "`set mode mini` or `set mode batch`");
    check_refused((Plan){MODE_MINI, 1, false}, 2, "with batches of 1 the last one has a single");
    check_refused((Plan){MODE_BATCH, 1, false}, 2, NULL);
    check_refused((Plan){MODE_MINI, 2, false}, 2, NULL);
    check_refused((Plan){MODE_STOCHASTIC, 32, false}, 1, NULL); /* a row that was typed */
}
END_TEST

START_TEST(a_batch_has_no_more_rows_than_can_be_counted)
{
    check_refused((Plan){MODE_BATCH, 1, false}, (size_t)UINT_MAX + 3, "a batch of 4294967298 rows");
}
END_TEST

UNIT("trainer_events", events_come_in_the_order_of_the_notes, an_update_event_changes_one_parameter,
     another_optimizer_within_an_update, a_node_is_held_in_every_way,
     an_interrupted_derivative_is_still_the_next, an_update_after_the_last_row,
     a_run_from_there_ends_that_epoch_first, the_row_of_the_course_is_shown,
     an_epoch_takes_every_row_once, every_epoch_has_an_order_of_its_own,
     a_batch_larger_than_the_data_is_all_of_it, a_batch_norm_needs_batches_of_several_rows,
     a_batch_has_no_more_rows_than_can_be_counted)
