#include "session/batch.h"
#include "session/calculation.h"
#include "session/emit.h"
#include "session/event_show.h"
#include "session/perceptron.h"
#include "session/phase.h"
#include "session/rule.h"

static void show_row(Session *session, size_t element)
{
    (void)element;
    calculation_show_row(session);
    batch_note_rows(session);
    batch_note_norm(session);
}

static void show_forward(Session *session, size_t element)
{
    emit_number(session, "value", pass_value(session->pass, element));
    calculation_show_node(session, element);
}

static void show_loss(Session *session, size_t element)
{
    (void)element;
    Mistakes mistakes;
    emit_number(session, "value", pass_loss(session->pass));
    calculation_show_loss(session);
    perceptron_look(session, &mistakes);
    perceptron_show_mistakes(session, &mistakes, MISTAKES_KEPT);
}

static const char *name_gradient(const Session *session, size_t element, Arena *arena)
{
    char symbol[SYMBOL_SIZE];
    symbol_spell(symbol, net_symbol(session_net(session), element));
    return arena_print(arena, "grad %s", symbol);
}

const char *event_by(Session *session, const Event *event)
{
    if (event->phase != PHASE_BACKWARD) return phase_name(event->phase);
    const Memo *memo = &session->pass->memo;
    if (memo->request == memo->forgotten) { /* it knows nothing, and no name is in use */
        arena_release(&session->words);
        session->by = NULL;
    }
    return name_gradient(session, event->element, &session->words);
}

/* A derivation tells what was known before. So the event's request is made again, with the memo as
   it was then. */
static void show_backward(Session *session, size_t element)
{
    Pass *pass = session->pass;
    Arena *arena = &session->arena;
    Memo now = pass->memo;
    emit_number(session, "value", pass->adjoint[element]);
    pass->memo = memo_before(pass, arena_new(arena, sizeof(Mark) * session_net(session)->elements));
    if (calculation_show_gradient(session, element, name_gradient(session, element, arena)))
        calculation_note_gradient(session, element, now.multiplications);
    pass->memo = now;
}

static void show_update(Session *session, size_t element)
{
    const Trainer *trainer = &session->trainer;
    const Update *update = &trainer->update;
    Descent descent = *trainer->descent;
    descent.updates = trainer->counted + 1;
    emit_number(session, "value", session->pass->value[element]);
    emit_number(session, "old", update->old[element]);
    emit_number(session, "gradient", update->gradient[element]);
    rule_show_parameter(session, update, &descent, element);
    bool over = trainer->phase != PHASE_UPDATE;
    if (over && session->pass->trick) perceptron_show_outcome(session);
}

static void show_epoch(Session *session, size_t element)
{
    (void)element;
    const Course *course = &session->setup.course;
    emit_number(session, "value", course->average);
    emit_note(session, "epoch %d ends: average loss %n", course->epoch, course->average);
}

static void (*const shows[PHASES])(Session *session, size_t element) = {
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
    emit_block(session, &(Block){.kind = BLOCK_FIELD,
                                 .key = "symbol",
                                 .data = true,
                                 .cell = CELL_OF_SYMBOL(symbol)});
}

void event_show(Session *session, const Event *event)
{
    ArenaMark mark = arena_mark(&session->arena);
    emit_object(session, "events");
    emit_fields(session, event);
    shows[event->phase](session, event->element);
    emit_object_end(session);
    arena_reset(&session->arena, mark);
}
