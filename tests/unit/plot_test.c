/* What the plot command computes: the blocks, not how they look. */
#include <math.h>

#include "close.h"
#include "engine/score.h"
#include "trial.h"

/* The last plot, copied as far as the tests look at it. */
enum { SERIES = 8, POINTS = 512, CELLS = 64 * 160 };
static struct {
    int plots, series_count, mark_count, region_rows, region_columns;
    int counts[SERIES];
    SeriesStyle styles[SERIES];
    char names[SERIES][SYMBOL_SIZE];
    PlotPoint points[SERIES][POINTS], marks[SERIES];
    Regions regions;
    int cells[CELLS];
    bool whole, wide;
} seen;

static void check_close(double found, double expected)
{
    assert_within("plot", found, expected, 1e-12 * fmax(1, fabs(expected)));
}

static void copy_series(int index, const Series *series)
{
    const Span *name = &series->name.spans[0];
    ck_assert_int_le(series->count, POINTS);
    seen.counts[index] = series->count;
    seen.styles[index] = series->style;
    memcpy(seen.points[index], series->points, sizeof(PlotPoint) * (size_t)series->count);
    if (name->kind == SPAN_EXPR)
        symbol_spell(seen.names[index], name->expr->symbol);
    else
        snprintf(seen.names[index], SYMBOL_SIZE, "%s", name->text);
}

static void see_block(Sink *sink, const Block *block)
{
    (void)sink;
    if (block->kind != BLOCK_PLOT) return;
    const Plot *plot = &block->plot;
    ck_assert_str_eq(block->key, "plot");
    ck_assert_int_le(plot->series_count, SERIES);
    seen.plots++;
    seen.series_count = plot->series_count;
    seen.mark_count = plot->mark_count;
    seen.whole = plot->whole, seen.wide = plot->wide;
    for (int i = 0; i < plot->series_count; i++) copy_series(i, &plot->series[i]);
    for (int i = 0; i < plot->mark_count; i++) seen.marks[i] = plot->marks[i].at;
    seen.regions = plot->regions;
    int cells = plot->regions.rows * plot->regions.columns;
    ck_assert_int_le(cells, CELLS);
    if (cells) memcpy(seen.cells, plot->regions.cells, sizeof(int) * (size_t)cells);
}

static void start(Trial *trial, const char *lines)
{
    trial_start(trial);
    trial->sink.block = see_block;
    seen.plots = 0;
    trial_do(trial, lines);
}

/* Epochs FIRST..LAST end, each with the loss 1000/epoch; parameter e moves by e each time. */
static void end_epochs(Trial *trial, long first, long last)
{
    Session *session = trial->session;
    for (long epoch = first; epoch <= last; epoch++) {
        for (size_t e = 0; e < session_net(session)->parameters; e++)
            session->pass->value[e] = (double)epoch * (double)e;
        session_record(session, epoch, 1000.0 / (double)epoch);
    }
}

/* PLOT draws and leaves all as it was. */
static void check_plot(Trial *trial, const char *plot)
{
    int plots = seen.plots;
    char *before = trial_script(trial);
    trial_do(trial, plot);
    char *after = trial_script(trial);
    ck_assert_str_eq(before, after);
    ck_assert_int_eq(seen.plots, plots + 1);
    free(before);
    free(after);
}

START_TEST(loss_is_drawn_by_epoch)
{
    Trial trial;
    start(&trial, "init 2-2-1");
    trial_fails(&trial, "plot loss", 6, "no epoch has ended yet: `train 10`");
    trial_fails(&trial, "plot weights", 6, "no epoch has ended yet: `train 10`");
    end_epochs(&trial, 1, 4);
    check_plot(&trial, "plot loss");
    ck_assert_int_eq(seen.series_count, 1);
    ck_assert_int_eq(seen.counts[0], 4);
    ck_assert(seen.whole && seen.wide);
    for (int i = 0; i < 4; i++) {
        ck_assert_double_eq(seen.points[0][i].x, i + 1);
        ck_assert_double_eq(seen.points[0][i].y, 1000.0 / (i + 1));
    }
    trial_free(&trial);
}
END_TEST

START_TEST(the_parameters_that_moved_most_are_drawn)
{
    /* Elements 8 down to 3 of a 2-2-1 network. */
    static const char *const movers[] = {"b21", "w21^2", "w11^2", "b12", "b11", "w22^1"};
    Trial trial;
    start(&trial, "init 2-2-1");
    end_epochs(&trial, 1, 3);
    check_plot(&trial, "plot weights");
    ck_assert_int_eq(seen.series_count, 6);
    for (int i = 0; i < 6; i++) {
        ck_assert_str_eq(seen.names[i], movers[i]);
        for (int k = 0; k < 3; k++) ck_assert_double_eq(seen.points[i][k].y, (k + 1) * (8.0 - i));
    }
    trial_free(&trial);
}
END_TEST

/* Twelve updates of four rows: three epochs, whoever makes them. */
START_TEST(epochs_that_are_stepped_through_are_drawn_as_well)
{
    Trial trial;
    PlotPoint trained[3];
    start(&trial, "data regression\ninit 2-2-1 weights=0.1\nset lr 0.001\ntrain 3\nplot loss");
    memcpy(trained, seen.points[0], sizeof trained);
    trial_do(&trial, "undo\nstep\nstep 11\nplot loss");
    ck_assert_int_eq(seen.counts[0], 3);
    ck_assert_mem_eq(seen.points[0], trained, sizeof trained);
    trial_do(&trial, "plot weights b21");
    ck_assert_int_eq(seen.counts[0], 3);
    trial_free(&trial);
}
END_TEST

START_TEST(named_parameters_are_drawn_in_the_order_given)
{
    Trial trial;
    start(&trial, "init 2-2-1");
    end_epochs(&trial, 1, 3);
    check_plot(&trial, "plot weights w21^1 b21");
    ck_assert_int_eq(seen.series_count, 2);
    ck_assert_str_eq(seen.names[0], "w21^1");
    ck_assert_str_eq(seen.names[1], "b21");
    ck_assert_double_eq(seen.points[0][2].y, 3 * 2);
    trial_fails(&trial, "plot weights w11^1 o11", 20,
                "expected a parameter (w, b, gamma, beta), not o11");
    trial_fails(&trial, "plot weights w11^9", 14, "there is no w11^9");
    trial_fails(&trial, "plot weights b11 b11 b11 b11 b11 b11 b12", 38, "room for 6 parameters");
    trial_free(&trial);
}
END_TEST

START_TEST(of_a_large_network_the_first_parameters_are_remembered)
{
    Trial trial;
    start(&trial, "init 100-30-1");
    end_epochs(&trial, 1, 2);
    check_plot(&trial, "plot weights w1,1^1");
    check_plot(&trial, "plot weights");
    ck_assert_int_eq(seen.series_count, 6);
    trial_fails(&trial, "plot weights w11^1 w11^2", 20, "w11^2 is not remembered by epoch");
    trial_free(&trial);
}
END_TEST

START_TEST(the_record_is_a_part_of_the_state)
{
    Trial trial;
    start(&trial, "init 2-2-1");
    end_epochs(&trial, 1, 3);
    trial_do(&trial, "set lr 0.5");
    end_epochs(&trial, 4, 9);
    trial_do(&trial, "undo");
    check_plot(&trial, "plot loss");
    ck_assert_int_eq(seen.counts[0], 3);
    trial_do(&trial, "redo");
    check_plot(&trial, "plot loss");
    ck_assert_int_eq(seen.counts[0], 9);
    trial_do(&trial, "init 2-1");
    trial_fails(&trial, "plot loss", 6, "no epoch has ended yet");
    trial_do(&trial, "undo");
    check_plot(&trial, "plot loss");
    ck_assert_int_eq(seen.counts[0], 9);
    trial_free(&trial);
}
END_TEST

/* The tangent's ends, its slope, the present point and the minimum. */
static void check_curve(const char *setting, const char *symbol, double x, double loss,
                        double slope, double minimum, double lowest)
{
    char plot[64];
    Trial trial;
    start(&trial, setting);
    snprintf(plot, sizeof plot, "plot curve %s", symbol);
    check_plot(&trial, plot);
    const PlotPoint *line = seen.points[0], *tangent = seen.points[1];
    int last = seen.counts[0] - 1;
    ck_assert_int_eq(seen.mark_count, 2);
    ck_assert_double_eq(seen.marks[0].x, x);
    check_close(seen.marks[0].y, loss);
    check_close(tangent[1].y - tangent[0].y, slope * (tangent[1].x - tangent[0].x));
    check_close(tangent[0].y + slope * (x - tangent[0].x), loss);
    ck_assert_double_eq_tol(seen.marks[1].x, minimum, 1e-7 * fmax(1, fabs(minimum)));
    ck_assert_double_eq_tol(seen.marks[1].y, lowest, 1e-9 * fmax(1, loss));
    ck_assert(line[0].x < fmin(x, minimum) && line[last].x > fmax(x, minimum));
    trial_free(&trial);
}

START_TEST(a_curve_shows_the_present_point_its_slope_and_the_minimum)
{
    /* One weight: L = (xw - y)², from 0.7 to 1/3. */
    check_curve("init 1-1 weights=0.7 biases=none\ninput 1.2 -> 0.4", "w11^1", 0.7, 0.1936, 1.056,
                1.0 / 3, 0);
    /* The notes' first row: 176 is 173 too much, and 88 of that for each unit of the weight. */
    check_curve("init 2-2-1\ninput 80 8 -> 3", "w11^2", 1, 29929, 30448, 1 - 173.0 / 88, 0);
    check_curve("init 2-2-1\ninput 80 8 -> 3", "b21", 0, 29929, 346, -173, 0);
    /* Far away and close by. */
    check_curve("init 1-1\ninput 1e-4 -> 100", "w11^1", 1, 9999.98000001, -0.01999998, 1e6, 0);
    check_curve("init 1-1\ninput 1000 -> 1001", "w11^1", 1, 1, -2000, 1.001, 0);
    /* A kink: |y - ŷ| has no slope of 0. */
    check_curve("init 1-1 loss=mae\ninput 2 -> 5", "w11^1", 1, 3, -2, 2.5, 0);
    /* No parabola: the lowest cross-entropy is where σ(w) is the target. */
    double high = 1 / (1 + exp(-1));
    check_curve("init 1-1:sigmoid loss=bce biases=none\ninput 1 -> 0.3", "w11^1", 1,
                -0.3 * log(high) - 0.7 * log(1 - high), high - 0.3, log(0.3 / 0.7),
                -0.3 * log(0.3) - 0.7 * log(0.7));
    /* At the minimum already. */
    check_curve("init 1-1\ninput 2 -> 2", "w11^1", 1, 0, 0, 1, 0);
    /* Two outputs that want different things: the lowest of (1 - w)² + (3 - w)², halved. */
    check_curve("init 1-1-2 biases=none\ninput 1 -> 1 3", "w11^1", 1, 2, -2, 2, 1);
}
END_TEST

START_TEST(a_curve_without_a_minimum_is_drawn_around_the_present_value)
{
    Trial trial;
    start(&trial, "init 1-1:sigmoid loss=bce\ninput 1 -> 1");
    check_plot(&trial, "plot curve w11^1");
    ck_assert_int_eq(seen.mark_count, 1);
    ck_assert_double_eq(seen.points[0][0].x, -1);
    ck_assert_double_eq(seen.points[0][seen.counts[0] - 1].x, 3);
    /* softplus(-w), by the textbook */
    for (int i = 0; i < seen.counts[0]; i++)
        check_close(seen.points[0][i].y, log(1 + exp(-seen.points[0][i].x)));
    trial_do(&trial, "input 0 -> 1"); /* x = 0: the weight changes nothing */
    check_plot(&trial, "plot curve w11^1");
    ck_assert_int_eq(seen.mark_count, 1);
    trial_free(&trial);
}
END_TEST

START_TEST(a_curve_is_refused_where_there_is_none)
{
    Trial trial;
    start(&trial, "init 1-1-1");
    trial_fails(&trial, "plot curve w11^1", 12, "there is no row to work on");
    trial_do(&trial, "input 1e200 -> 0");
    trial_fails(&trial, "plot curve w11^1", 12, "L is not finite here");
    trial_do(&trial, "input 1 -> 0");
    trial_fails(&trial, "plot curve x1", 12, "expected a parameter (w, b, gamma, beta), not x1");
    trial_do(&trial, "assume o11 = 3");
    trial_fails(&trial, "plot curve w11^1", 12, "o11 is assumed");
    trial_fails(&trial, "plot gradients", 6, "o11 is assumed");
    trial_free(&trial);
}
END_TEST

START_TEST(gradients_are_norms_by_layer)
{
    Trial trial;
    start(&trial, "init 2-2-1\ninput 80 8 -> 3");
    check_plot(&trial, "plot gradients");
    ck_assert_int_eq(seen.styles[0], SERIES_BARS);
    ck_assert_int_eq(seen.counts[0], 2);
    /* From the notes' table: 27680, 2768 and 346 twice each; 30448 twice, 346. */
    check_close(seen.points[0][0].y, sqrt(2 * (27680.0 * 27680 + 2768.0 * 2768 + 346.0 * 346)));
    check_close(seen.points[0][1].y, sqrt(2 * 30448.0 * 30448 + 346.0 * 346));
    /* Of all rows the means. */
    trial_do(&trial, "data n0");
    check_plot(&trial, "plot gradients");
    double by_w = (30448 + 18354 + 21300 + 61722) / 4.0, by_b = (346 + 266 + 284 + 486) / 4.0;
    check_close(seen.points[0][1].y, sqrt(2 * by_w * by_w + by_b * by_b));
    trial_free(&trial);
}
END_TEST

/* The class of every cell follows from the line, at its centre. */
static void check_cells(double a, double b, double c)
{
    const Regions *r = &seen.regions;
    for (int row = 0; row < r->rows; row++)
        for (int column = 0; column < r->columns; column++) {
            double x = r->x_low + (r->x_high - r->x_low) * (column + 0.5) / r->columns;
            double y = r->y_low + (r->y_high - r->y_low) * (row + 0.5) / r->rows;
            int class = seen.cells[row * r->columns + column];
            ck_assert_msg(class == (a * x + b * y + c >= 0), "%g %g: %d", x, y, class);
        }
}

START_TEST(a_boundary_is_where_the_prediction_changes)
{
    Trial trial;
    start(&trial, "init 2-1:sigmoid loss=bce\ndata classification\nset W^1 [1; -0.25]\n"
                  "set b^1 [-4.6]");
    check_plot(&trial, "plot boundary");
    ck_assert_double_eq_tol(seen.regions.x_low, 5 - 0.3, 1e-12);
    ck_assert_double_eq_tol(seen.regions.x_high, 8 + 0.3, 1e-12);
    ck_assert_double_eq_tol(seen.regions.y_low, 5 - 0.5, 1e-12);
    ck_assert_double_eq_tol(seen.regions.y_high, 10 + 0.5, 1e-12);
    check_cells(1, -0.25, -4.6);
    /* 8 8 and 7 9 are placed, 6 10 and 5 5 are not: all on their sides. */
    ck_assert_int_eq(seen.series_count, 2);
    ck_assert_int_eq(seen.counts[0], 2);
    ck_assert_int_eq(seen.counts[1], 2);
    ck_assert_double_eq(seen.points[1][0].x, 8);
    trial_do(&trial, "set b^1 [-5.9]"); /* 8 8 stays, 7 9 is lost */
    check_plot(&trial, "plot boundary");
    check_cells(1, -0.25, -5.9);
    ck_assert_int_eq(seen.series_count, 3);
    ck_assert_int_eq(seen.styles[2], SERIES_WRONG);
    ck_assert_int_eq(seen.counts[2], 1);
    ck_assert_double_eq(seen.points[2][0].x, 7);
    ck_assert_double_eq(seen.points[2][0].y, 9);
    trial_free(&trial);
}
END_TEST

/* An epoch left the line x1 - x2/4 = 4.6; it is drawn when the line has moved on, as long as it
   is in sight. */
START_TEST(a_line_that_moved_is_drawn_where_it_was)
{
    Trial trial;
    start(&trial, "init 2-1:sigmoid loss=bce\ndata classification\nset W^1 [1; -0.25]\n"
                  "set b^1 [-4.6]");
    session_record(trial.session, 1, 0.5);
    check_plot(&trial, "plot boundary");
    ck_assert_int_eq(seen.series_count, 2);
    trial_do(&trial, "set b^1 [-5.9]");
    check_plot(&trial, "plot boundary");
    ck_assert_int_eq(seen.series_count, 4);
    ck_assert_int_eq(seen.styles[3], SERIES_LINE);
    ck_assert_int_eq(seen.counts[3], 2);
    const Regions *r = &seen.regions;
    for (int i = 0; i < 2; i++) {
        PlotPoint at = seen.points[3][i];
        check_close(at.x - at.y / 4, 4.6);
        ck_assert(at.x >= r->x_low && at.x <= r->x_high && at.y >= r->y_low && at.y <= r->y_high);
    }
    ck_assert_double_ge(fabs(seen.points[3][1].y - seen.points[3][0].y), 5);
    trial_do(&trial, "set b^1 [100]");
    session_record(trial.session, 2, 0.5);
    trial_do(&trial, "set b^1 [-5.9]");
    check_plot(&trial, "plot boundary");
    ck_assert_int_eq(seen.series_count, 3);
    trial_free(&trial);
}
END_TEST

/* The parameters after the epoch are those of now, as far as they are remembered. */
START_TEST(a_large_network_has_a_boundary_too)
{
    Trial trial;
    start(&trial, "init 2-1000-1:sigmoid loss=bce\ndata classification\ntrain 1");
    check_plot(&trial, "plot boundary");
    ck_assert_uint_lt(trial.session->record->kept, session_net(trial.session)->parameters);
    trial_free(&trial);
}
END_TEST

/* By what is predicted one point at a time. */
START_TEST(batch_norms_go_by_their_running_statistics)
{
    Trial trial;
    start(&trial, "data classification\ninit 2-3:tanh+bn-1:sigmoid loss=bce weights=xavier seed=1\n"
                  "train 30 mode=batch");
    check_plot(&trial, "plot boundary");
    const Regions *r = &seen.regions;
    for (int row = 0; row < r->rows; row++)
        for (int column = 0; column < r->columns; column++) {
            double at[] = {r->x_low + (r->x_high - r->x_low) * (column + 0.5) / r->columns,
                           r->y_low + (r->y_high - r->y_low) * (row + 0.5) / r->rows};
            double yhat;
            score_outputs(trial.session->pass, at, &yhat);
            ck_assert_int_eq(seen.cells[row * r->columns + column], yhat > 0.5);
        }
    trial_free(&trial);
}
END_TEST

START_TEST(a_boundary_is_refused_where_there_is_none)
{
    Trial trial;
    start(&trial, "init 2-2-1\ninput 80 8 -> 3");
    trial_fails(&trial, "plot boundary", 6, "there is no data to draw: `data xor`");
    trial_do(&trial, "data regression");
    trial_fails(&trial, "plot boundary", 6, "salary takes more than two values");
    trial_do(&trial, "init 2-2\ndata xor");
    trial_fails(&trial, "plot boundary", 6, "the data has 2 inputs and 1 target, but the network");
    trial_do(&trial, "init 3-1:sigmoid");
    trial_fails(&trial, "plot boundary", 6, "over two inputs, and this network has 3");
    trial_free(&trial);
}
END_TEST

UNIT("plot", loss_is_drawn_by_epoch, the_parameters_that_moved_most_are_drawn,
     epochs_that_are_stepped_through_are_drawn_as_well,
     named_parameters_are_drawn_in_the_order_given,
     of_a_large_network_the_first_parameters_are_remembered, the_record_is_a_part_of_the_state,
     a_curve_shows_the_present_point_its_slope_and_the_minimum,
     a_curve_without_a_minimum_is_drawn_around_the_present_value,
     a_curve_is_refused_where_there_is_none, gradients_are_norms_by_layer,
     a_boundary_is_where_the_prediction_changes, a_line_that_moved_is_drawn_where_it_was,
     a_large_network_has_a_boundary_too, batch_norms_go_by_their_running_statistics,
     a_boundary_is_refused_where_there_is_none)
