/* The events of the loop, shown: what they leave behind is as if they had not been. */
#include "show/event_show.h"
#include "stage.h"

static void check_same_memo(const Pass *a, const Pass *b)
{
    const Memo *shown = &a->memo, *unshown = &b->memo;
    ck_assert_uint_eq(shown->request, unshown->request);
    ck_assert_uint_eq(shown->forgotten, unshown->forgotten);
    ck_assert(shown->multiplications == unshown->multiplications);
    ck_assert(shown->naive == unshown->naive);
    ck_assert(shown->stopped == unshown->stopped);
    for (size_t e = 0; e < a->net->elements; e++) {
        ck_assert_int_eq(memo_knows(a, e), memo_knows(b, e));
        if (!memo_knows(a, e)) continue;
        ck_assert_str_eq(shown->marks[e].by, unshown->marks[e].by);
        ck_assert_uint_eq(shown->marks[e].reused, unshown->marks[e].reused);
        ck_assert_uint_eq(shown->marks[e].request, unshown->marks[e].request);
    }
}

static void check_same_numbers(const Pass *a, const Pass *b)
{
    size_t count = a->net->stored + (size_t)a->rows * pass_nodes(a->net);
    ck_assert_int_eq(a->shown, b->shown);
    ck_assert_mem_eq(a->value, b->value, count * sizeof(double));
    ck_assert_mem_eq(a->adjoint, b->adjoint, count * sizeof(double));
}

START_TEST(being_shown_changes_nothing)
{
    for (int i = 0; i < LIVES; i++) {
        Stage shown, unshown;
        stage_start(&shown, lives[i]);
        stage_start(&unshown, lives[i]);
        size_t events = trainer_event_count(stage_trainer(&shown));
        for (size_t n = 0; n < 3 * events; n++) {
            stage_show(&shown);
            stage_run(&unshown, 1);
            check_same_memo(shown.session->pass, unshown.session->pass);
            check_same_numbers(shown.session->pass, unshown.session->pass);
        }
        stage_free(&shown);
        stage_free(&unshown);
    }
}
END_TEST

/* Also when it is interrupted: the event is done all the same. */
START_TEST(an_interrupted_derivation)
{
    Stage shown, unshown;
    volatile sig_atomic_t interrupted = 0;
    stage_start(&shown, lives[2]);
    stage_start(&unshown, lives[2]);
    stage_run(&shown, 1 + 3 + 2 + 2 + 2 + 1 + 1);
    stage_run(&unshown, 1 + 3 + 2 + 2 + 2 + 1 + 1);
    ck_assert_int_eq(trainer_event(stage_trainer(&shown)).phase, PHASE_BACKWARD);
    Event event = trainer_event(stage_trainer(&shown));
    stage_run(&shown, 1);
    stage_run(&unshown, 1);
    shown.session->options.interrupted = &interrupted;
    shown.session->pass->memo.interrupted = &interrupted;
    interrupted = 1;
    ck_assert_str_eq(stage_text(&shown, &event), "");
    interrupted = 0;
    check_same_memo(shown.session->pass, unshown.session->pass);
    stage_free(&shown);
    stage_free(&unshown);
}
END_TEST

/* What was asked for by hand is remembered under its own name. */
START_TEST(a_derivative_that_was_known)
{
    Stage stage;
    stage_start(&stage, "init 2-2-1\ndata n0\ngrad all");
    stage_run(&stage, 5);
    ck_assert_str_eq(stage_show(&stage), "  ∂L/∂w₁₁² = ∂L/∂ŷ × ∂ŷ/∂w₁₁²\n"
                                         "    ∂L/∂ŷ    = -2(y - ŷ) = 346   memo, from `grad all`\n"
                                         "    ∂ŷ/∂w₁₁² = o₁₁       = 88    from forward\n"
                                         "  ∂L/∂w₁₁² = -2(y - ŷ) o₁₁ = 346 × 88 = 30448\n");
    stage_free(&stage);
}
END_TEST

/* However many updates are made event by event. */
START_TEST(names_take_the_room_of_one_update)
{
    Stage stage;
    stage_start(&stage, "init 2-3:tanh-1\ndata n0\ndata scale standard");
    size_t events = trainer_event_count(stage_trainer(&stage));
    stage_run(&stage, events);
    size_t used = arena_mark(&stage.session->words).used;
    ck_assert_uint_gt(used, 0);
    for (int update = 0; update < 100; update++) {
        if (trainer_event(stage_trainer(&stage)).phase == PHASE_EPOCH) stage_run(&stage, 1);
        stage_run(&stage, events);
        ck_assert_uint_eq(arena_mark(&stage.session->words).used, used);
    }
    stage_free(&stage);
}
END_TEST

UNIT("event_memo", being_shown_changes_nothing, an_interrupted_derivation,
     a_derivative_that_was_known, names_take_the_room_of_one_update)
