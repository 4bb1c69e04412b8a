/* What `step` and the loop's events say about the optimizer's rule: every formula, with the numbers
   that stand in it, is the number that the update left behind. */
#include "close.h"
#include "engine/optimizer.h"
#include "session/events.h"
#include "show/event_show.h"
#include "trial.h"

static int equations;
static double last;    /* the value of the last of them */
static double clipped; /* the value of the one that tells what clipping made */

static void check_equation(Sink *sink, const Block *block)
{
    trial_block(sink, block);
    if (block->kind != BLOCK_EQUATION) return;
    equations++;
    last = block->equation.value;
    assert_same("formula", expr_value(block->equation.formula), last);
    if (block->equation.remark) clipped = last;
}

static int lines_of(const Optimizer *row)
{
    int count = 0;
    for (const RuleLine *line = row->lines; line->target; line++) count++;
    for (const RuleLine *line = row->constants; line->target; line++) count++;
    return count;
}

/* The derivative by ELEMENT, all of them made as long as MOST. */
static double clip(const Session *session, size_t element, double most)
{
    const double *derivatives = session->pass->adjoint;
    double squares = 0;
    for (size_t e = 0; e < session_net(session)->parameters; e++)
        squares += derivatives[e] * derivatives[e];
    return derivatives[element] * most / (sqrt(squares) + 1e-6);
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

/* An event changes one parameter: its rule, its slots, what clipping made of its derivative. */
static void check_event(Trial *trial, const Optimizer *row, const Event *event)
{
    Session *session = trial->session;
    if (event->phase != PHASE_UPDATE) return;
    equations = 0;
    trial->sink.begin(&trial->sink, "next");
    event_show(session, event, &(EventList){0});
    trial->sink.end(&trial->sink, NULL);
    ck_assert_msg(equations == lines_of(row) + 4, "%s: %d lines", row->name, equations);
    assert_close("clipped", clipped, clip(session, event->element, 0.01), 1e-14);
    assert_same(row->name, last, session->pass->value[event->element]);
}

START_TEST(every_parameter_has_its_line)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        Trial trial;
        start(&trial, optimizer_row(i));
        trial_do(&trial, "set clip norm=0.01\nset decay 0.3\nset schedule cosine epochs=3\nstep");
        Trainer *trainer = &trial.session->trainer;
        for (size_t n = 3 * trainer_event_count(trainer); n; n--) {
            Event event = trainer_event(trainer);
            UpdateResult result;
            ck_assert(trainer_next(trainer, event_by(trial.session, &event), &result));
            check_event(&trial, optimizer_row(i), &event);
        }
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

UNIT("update_rule", every_line_holds, every_line_holds_with_clipping_decay_and_a_schedule,
     every_parameter_has_its_line, several_updates_show_no_rule)
