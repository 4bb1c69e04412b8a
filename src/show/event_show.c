#include "session/by_hand.h"
#include "session/emit.h"
#include "session/events.h"
#include "session/perceptron.h"
#include "session/phase.h"
#include "show/batch_show.h"
#include "show/by_hand_show.h"
#include "show/calculation.h"
#include "show/event_show.h"
#include "show/perceptron_show.h"
#include "show/update_rule.h"

static void show_row(Session *session, size_t element, EventList *list)
{
    (void)element, (void)list;
    calculation_show_row(session);
    batch_note_rows(session);
    batch_note_norm(session);
}

static void show_forward(Session *session, size_t element, EventList *list)
{
    (void)list;
    emit_number(session, "value", pass_value(session->pass, element));
    by_hand_emit(session, by_hand_node(session, element));
    calculation_show_node(session, element);
}

static void show_loss(Session *session, size_t element, EventList *list)
{
    (void)element, (void)list;
    Mistakes mistakes;
    emit_number(session, "value", pass_loss(session->pass));
    by_hand_emit(session, by_hand_loss(session));
    calculation_show_loss(session);
    perceptron_look(session, &mistakes);
    perceptron_show_mistakes(session, &mistakes, MISTAKES_KEPT);
}

/* A derivation tells what was known before. So the event's request is made again, with the memo as
   it was then. */
static void show_backward(Session *session, size_t element, EventList *list)
{
    Pass *pass = session->pass;
    Arena *arena = &session->arena;
    Memo now = pass->memo;
    emit_number(session, "value", pass->adjoint[element]);
    by_hand_emit(session, by_hand_gradient(session, element));
    pass->memo = memo_before(pass, arena_new(arena, sizeof(Mark) * session_net(session)->elements));
    if (calculation_show_gradient(session, element, event_gradient_name(session, element, arena))) {
        calculation_note_cost(session, now.multiplications);
        if (!list->noted) list->noted = calculation_note_gradient(session, element);
    }
    pass->memo = now;
}

static void show_update(Session *session, size_t element, EventList *list)
{
    (void)list;
    const Trainer *trainer = &session->trainer;
    const Update *update = &trainer->update;
    Descent descent = *trainer->descent;
    descent.updates = trainer->counted + 1;
    const double *after = by_hand_after(session, &descent);
    emit_number(session, "value", session->pass->value[element]);
    if (after)
        by_hand_emit(session,
                     page_judge(session->page, session->pass->value[element], after[element]));
    emit_number(session, "old", update->old[element]);
    emit_number(session, "gradient", update->gradient[element]);
    update_rule_show_parameter(session, update, &descent, element);
    bool over = trainer->phase != PHASE_UPDATE;
    if (over && session->pass->trick) perceptron_show_outcome(session);
}

static void show_epoch(Session *session, size_t element, EventList *list)
{
    (void)element, (void)list;
    const Course *course = &session->setup.course;
    Hand hand = by_hand_average(session);
    emit_number(session, "value", course->average);
    by_hand_emit(session, hand);
    emit_note(session, "epoch %d ends: average loss %n%s", course->epoch, course->average,
              by_hand_words(session, "; ", hand));
}

static void (*const shows[PHASES])(Session *session, size_t element, EventList *list) = {
    [PHASE_ROW] = show_row,           [PHASE_FORWARD] = show_forward, [PHASE_LOSS] = show_loss,
    [PHASE_BACKWARD] = show_backward, [PHASE_UPDATE] = show_update,   [PHASE_EPOCH] = show_epoch,
};

/* When and what it was. The trainer may be at the next update already. */
static void emit_fields(Session *session, const Event *event)
{
    const Trainer *trainer = &session->trainer;
    bool end = event->phase == PHASE_EPOCH;
    emit_integer(session, "epoch", trainer->course->epoch + !end);
    if (!end) emit_integer(session, "row", (long)trainer_row(trainer, trainer->begun.next) + 1);
    emit_string(session, "phase", phase_name(event->phase));
    if (event->element == session_net(session)->elements) return;
    const Expr *symbol = explain_symbol(&session->explainer, event->element);
    emit_symbol(session, "symbol", symbol);
}

/* What tells an event from the one before it: the phase's name, or an empty line between the
   parameters of a rule that takes several. A row and an epoch's end speak for themselves. */
static void set_apart(Session *session, const Event *event, const EventList *list)
{
    bool begins = event->phase != list->last;
    bool named = event->phase != PHASE_ROW && event->phase != PHASE_EPOCH;
    if (begins && named)
        emit_heading(session, "%s", phase_name(event->phase));
    else if (event->phase == PHASE_UPDATE && optimizer_slots(session->setup.descent.optimizer))
        emit_text(session, "\n");
}

void event_show(Session *session, const Event *event, EventList *list)
{
    ArenaMark mark = arena_mark(&session->arena);
    if (list->count++) set_apart(session, event, list);
    emit_object(session, "events");
    emit_fields(session, event);
    shows[event->phase](session, event->element, list);
    emit_object_end(session);
    list->last = event->phase;
    arena_reset(&session->arena, mark);
}
