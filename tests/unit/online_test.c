#include <string.h>

#include "unit.h"

#include "base/memory.h"
#include "engine/online.h"
#include "engine/update.h"
#include "random_nets.h"

/* Rows for a pass, in an order of their own. */
typedef struct Table {
    double *values;
    size_t *order;
    size_t rows;
    OnlineRows online;
} Table;

static int size_of(const Pass *pass, int vector)
{
    return pass->net->vectors[vector].size;
}

static Table table_new(const Pass *pass, size_t rows, uint64_t seed)
{
    int inputs = size_of(pass, pass->net->input), targets = size_of(pass, pass->net->target);
    size_t width = (size_t)(inputs + targets);
    Table table = {
        memory_new(rows * width * sizeof(double)), memory_new(rows * sizeof(size_t)), rows, {0}};
    Random random;
    random_seed(&random, seed);
    for (size_t r = 0; r < rows; r++) {
        double *row = table.values + r * width;
        for (int i = 0; i < inputs; i++) row[i] = random_uniform(&random, -1, 1);
        draw_targets(&random, pass->loss, row + inputs, targets);
        table.order[r] = (size_t)random_below(&random, rows);
    }
    table.online = (OnlineRows){table.values, width, table.order};
    return table;
}

static void table_release(Table *table)
{
    free(table->values);
    free(table->order);
}

/* The same updates, one by one: how many were made, and how it ended. */
/* Nothing stops a run. */
static LossTest none;

typedef struct Run {
    size_t made;
    double loss_sum;
    UpdateResult end;
} Run;

static void set_row(Pass *pass, const double *row)
{
    const Net *net = pass->net;
    size_t inputs = (size_t)size_of(pass, net->input), targets = (size_t)size_of(pass, net->target);
    memory_copy_numbers(pass->value + net->vectors[net->input].at, row, inputs);
    memory_copy_numbers(pass->value + net->vectors[net->target].at, row + inputs, targets);
    pass_forget(pass);
}

static Run run_one_by_one(Pass *pass, const OnlineRows *rows, size_t from, size_t to, double rate)
{
    Descent descent = {.rate = rate};
    descent_choose(&descent, optimizer_find("sgd"));
    Update update = update_new(pass, descent.optimizer);
    Run run = {0};
    for (size_t p = from; p < to && run.end == UPDATE_MADE; p++) {
        set_row(pass, rows->values + (rows->order ? rows->order[p] : p) * rows->width);
        run.end = update_make(&update, pass, &descent, NULL);
        if (run.end != UPDATE_MADE) break;
        run.loss_sum += update.loss;
        run.made++;
    }
    update_release(&update);
    return run;
}

static Run run_online(Pass *pass, const OnlineRows *rows, size_t from, size_t to, double rate)
{
    Run run = {0};
    Online *online = online_new(pass);
    run.made = online_run(online, rows, from, to, rate, &none, &run.loss_sum);
    online_free(online);
    return run;
}

static void check_parameters(const Pass *want, const Pass *got)
{
    for (size_t e = 0; e < want->net->parameters; e++)
        ck_assert_msg(!memcmp(&want->value[e], &got->value[e], sizeof(double)), "%s: %.17g, %.17g",
                      place_of(want, e), want->value[e], got->value[e]);
}

static void check_runs(Pass *pass, const OnlineRows *rows, size_t from, size_t to, double rate)
{
    Pass *copy = pass_copy(pass);
    Run want = run_one_by_one(pass, rows, from, to, rate);
    Run got = run_online(copy, rows, from, to, rate);
    ck_assert_uint_eq(want.made, to - from);
    ck_assert_uint_eq(got.made, want.made);
    ck_assert_double_eq(got.loss_sum, want.loss_sum);
    check_parameters(pass, copy);
    pass_free(copy);
}

static long fitting;

static void check_net(Pass *pass)
{
    if (!online_fits(pass)) return;
    enum { ROWS = 60 };
    Table table = table_new(pass, ROWS, 3);
    check_runs(pass, &table.online, 0, ROWS, 0.01);
    table.online.order = NULL;
    check_runs(pass, &table.online, 7, ROWS - 5, 0.003);
    table_release(&table);
    fitting++;
}

START_TEST(updates_and_losses_are_those_of_one_by_one)
{
    for_random_nets(31, 12, check_net);
    ck_assert_int_ge(fitting, 250);
}
END_TEST

/* Every way through a layer: few inputs, few nodes, many of either, one output or several. */
static const struct {
    const char *sizes, *loss;
} shapes[] = {
    {"2-2-1", "mse"},
    {"2-2:sigmoid-1:sigmoid", "bce"},
    {"1-1", "huber"},
    {"4-9:tanh-9-1", "mse"},
    {"5-4:elu-8:softplus-2:sigmoid", "mse"},
    {"40-33:relu-10:softmax", "cce"},
    {"3-70-40:leaky-relu-17", "mae"},
    {"9-1:tanh-1:tanh", "hinge"},
    {"33-2:step-3:softmax", "cce"},
};

static Pass *shape_pass(size_t s)
{
    Pass *pass = pass_from(shapes[s].sizes, shapes[s].loss);
    Random random;
    random_seed(&random, s);
    for (size_t e = 0; e < pass->net->parameters; e++)
        pass->value[e] = random_uniform(&random, -0.3, 0.3);
    return pass;
}

START_TEST(so_it_is_over_thousands_of_updates_of_every_shape)
{
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        Pass *pass = shape_pass(s);
        Table table = table_new(pass, 2000, s);
        ck_assert(online_fits(pass));
        check_runs(pass, &table.online, 0, table.rows, 0.002);
        table_release(&table);
        pass_free(pass);
    }
}
END_TEST

START_TEST(a_run_in_pieces_is_the_run)
{
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        Pass *whole = shape_pass(s), *pieces = shape_pass(s);
        Table table = table_new(whole, 50, s);
        Online *online = online_new(pieces);
        double sum = 0;
        Run want = run_online(whole, &table.online, 0, 50, 0.01);
        ck_assert_uint_eq(online_run(online, &table.online, 0, 20, 0.01, &none, &sum), 20);
        ck_assert_uint_eq(online_run(online, &table.online, 20, 20, 0.01, &none, &sum), 0);
        ck_assert_uint_eq(online_run(online, &table.online, 20, 50, 0.01, &none, &sum), 30);
        ck_assert_double_eq(sum, want.loss_sum);
        check_parameters(whole, pieces);
        online_free(online);
        table_release(&table);
        pass_free(whole);
        pass_free(pieces);
    }
}
END_TEST

/* It stops where one by one would, or one later: a parameter that broke is found by the nodes
   that follow from it. From row HUGE on the inputs are huge; 0: never. */
static void check_stop(const char *sizes, const char *loss, double rate, size_t huge,
                       UpdateResult end)
{
    Pass *pass = pass_from(sizes, loss);
    fill_weights(pass, 1.25);
    Pass *copy = pass_copy(pass);
    Table table = table_new(pass, 400, 9);
    table.online.order = NULL;
    for (size_t r = huge; huge && r < table.rows; r++)
        table.values[r * table.online.width] = 1.6e308;
    Run want = run_one_by_one(pass, &table.online, 0, table.rows, rate);
    Run got = run_online(copy, &table.online, 0, table.rows, rate);
    ck_assert_msg(want.end == end, "%s: %d", sizes, (int)want.end);
    ck_assert_uint_lt(want.made + 1, table.rows);
    ck_assert_uint_eq(got.made, want.made + (end != UPDATE_NODE_BROKE));
    if (end == UPDATE_NODE_BROKE) {
        ck_assert_uint_gt(want.made, 0);
        ck_assert_double_eq(got.loss_sum, want.loss_sum);
        check_parameters(pass, copy);
    }
    table_release(&table);
    pass_free(pass);
    pass_free(copy);
}

START_TEST(what_overflows_stops_it)
{
    check_stop("2-2-1", "mse", 20, 0, UPDATE_NODE_BROKE);
    check_stop("2-2:sigmoid-1", "mse", 0.01, 40, UPDATE_NODE_BROKE);
    check_stop("2-12:sigmoid-2:sigmoid", "mse", 0.01, 40, UPDATE_NODE_BROKE);
    check_stop("2-3:softplus-2", "mse", 1.7e308, 0, UPDATE_PARAMETER_BROKE);
}
END_TEST

START_TEST(a_row_that_breaks_at_once_changes_nothing)
{
    Pass *pass = pass_from("2-2:tanh-1", "mse");
    double row[] = {1e200, 1e200, 1}, sum = 5;
    for (size_t e = 0; e < pass->net->parameters; e++) pass->value[e] = 1e200;
    Online *online = online_new(pass);
    OnlineRows rows = {row, 3, NULL};
    ck_assert_uint_eq(online_run(online, &rows, 0, 1, 0.1, &none, &sum), 0);
    ck_assert_double_eq(sum, 5);
    for (size_t e = 0; e < pass->net->parameters; e++) ck_assert_double_eq(pass->value[e], 1e200);
    online_free(online);
    pass_free(pass);
}
END_TEST

static bool fits(const char *sizes, const char *loss)
{
    Pass *pass = pass_from(sizes, loss);
    bool answer = online_fits(pass);
    pass_free(pass);
    return answer;
}

START_TEST(a_softmax_fits_only_where_it_is_fused)
{
    ck_assert(fits("2-2-1", "mse"));
    ck_assert(fits("2-2:sigmoid-1:tanh", "hinge"));
    ck_assert(fits("2-3:relu-3:softmax", "cce"));
    ck_assert(!fits("2-3:relu-3:softmax", "mse"));
    ck_assert(!fits("2-3:softmax-3:softmax", "cce"));
    ck_assert(!fits("2-3:softmax-1", "mse"));
}
END_TEST

START_TEST(a_held_node_does_not_fit)
{
    Pass *pass = pass_from("2-2-1", "mse");
    pass_pin(pass, element_of(pass->net, "o11"), 1);
    ck_assert(!online_fits(pass));
    pass_free(pass);
}
END_TEST

/* Its slope is there, but no sum of terms from z. */
START_TEST(the_perceptrons_trick_does_not_fit)
{
    Pass *pass = pass_from("2-1:step", "hinge");
    ck_assert(online_fits(pass));
    pass_set_trick(pass, true);
    ck_assert(!online_fits(pass));
    pass_free(pass);
}
END_TEST

UNIT("online", updates_and_losses_are_those_of_one_by_one,
     so_it_is_over_thousands_of_updates_of_every_shape, a_run_in_pieces_is_the_run,
     what_overflows_stops_it, a_row_that_breaks_at_once_changes_nothing,
     a_softmax_fits_only_where_it_is_fused, a_held_node_does_not_fit,
     the_perceptrons_trick_does_not_fit)
