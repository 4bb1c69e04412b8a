/* What `step` says about the optimizer's rule: every formula, with the numbers that stand in
   it, is the number that the update left behind. */
#include "close.h"
#include "engine/optimizer.h"
#include "trial.h"

static int equations;
static double last; /* the value of the last of them */

static void check_equation(Sink *sink, const Block *block)
{
    trial_block(sink, block);
    if (block->kind != BLOCK_EQUATION) return;
    equations++;
    last = block->equation.value;
    assert_same("formula", expr_value(block->equation.formula), last);
}

static int lines_of(const Optimizer *row)
{
    int count = 0;
    for (const RuleLine *line = row->lines; line->target; line++) count++;
    for (const RuleLine *line = row->constants; line->target; line++) count++;
    return count;
}

/* Steps a few times; GRADIENT_LINES tell what becomes of the gradient before the rule. */
static void check_steps(Trial *trial, const Optimizer *row, int gradient_lines)
{
    for (int i = 0; i < 5; i++) {
        equations = 0;
        trial_do(trial, "step");
        ck_assert_msg(equations == lines_of(row) + gradient_lines, "%s: %d lines", row->name,
                      equations);
        const Session *session = trial->session;
        assert_same(row->name, last, session->pass->value[net_parameter(session_net(session), 0)]);
    }
}

static void start(Trial *trial, const Optimizer *row)
{
    char line[64];
    trial_start(trial);
    trial->sink.block = check_equation;
    if (row->trick)
        trial_do(trial, "init 2-1:step loss=hinge weights=100\ninput 1 2 -> -1");
    else
        trial_do(trial, "init 2-2:tanh-1 weights=normal seed=4\ndata n0\ndata scale standard");
    snprintf(line, sizeof line, "set optimizer %s", row->name);
    trial_do(trial, line);
}

START_TEST(every_line_holds)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        Trial trial;
        start(&trial, optimizer_row(i));
        check_steps(&trial, optimizer_row(i), optimizer_slots(optimizer_row(i)) > 0);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(every_line_holds_with_clipping_decay_and_a_schedule)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        Trial trial;
        start(&trial, optimizer_row(i));
        trial_do(&trial, "set clip norm=0.01\nset decay 0.3\nset schedule cosine epochs=3\nstep 3");
        check_steps(&trial, optimizer_row(i), 4);
        trial_free(&trial);
    }
}
END_TEST

START_TEST(several_updates_show_no_rule)
{
    Trial trial;
    start(&trial, optimizer_find("adam"));
    equations = 0;
    trial_do(&trial, "step 2");
    ck_assert_int_eq(equations, 0);
    trial_free(&trial);
}
END_TEST

UNIT("rule", every_line_holds, every_line_holds_with_clipping_decay_and_a_schedule,
     several_updates_show_no_rule)
