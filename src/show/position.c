#include <math.h>

#include "base/text.h"
#include "session/emit.h"
#include "session/phase.h"
#include "show/position.h"

static long present_epoch(const Session *session)
{
    return session->setup.course.epoch + 1;
}

/* As people count, of the data. */
static long present_row(const Session *session)
{
    return (long)session_row(session) + 1;
}

/* The number of the present batch in its epoch. */
static long present_batch(const Session *session)
{
    const Trainer *trainer = &session->trainer;
    return trainer_updates_in_epoch(trainer) - trainer_updates_left(trainer) + 1;
}

/* What the present update takes: `row 2 of 4`. */
static const char *spell_row(Session *session)
{
    const Trainer *trainer = &session->trainer;
    Arena *arena = &session->arena;
    long row = present_row(session), rows = (long)trainer->rows.count;
    if (session->setup.typed) return "the typed row";
    if (!trainer->order) return arena_print(arena, "row %ld of %ld", row, rows);
    return arena_print(arena, "row %ld (%ld of %ld)", row, present_batch(session), rows);
}

/* Those of a batch: `rows 3 to 4`; in a new order they are too many words for a line. */
static const char *spell_members(Session *session)
{
    long count = session->pass->rows, first = session_row_number(session, 0);
    if (session->trainer.order)
        return arena_print(&session->arena, "%ld row%s", count, plural(count));
    if (count == 1) return arena_print(&session->arena, "row %ld", first);
    return arena_print(&session->arena, "rows %ld to %ld", first, first + count - 1);
}

static const char *spell_batch(Session *session)
{
    Arena *arena = &session->arena;
    long batches = trainer_updates_in_epoch(&session->trainer);
    if (batches == 1)
        return arena_print(arena, "the batch of all %zu rows", session->trainer.rows.count);
    return arena_print(arena, "batch %ld of %ld (%s)", present_batch(session), batches,
                       spell_members(session));
}

static const char *spell_rows(Session *session)
{
    return (session_row_by_row(session) ? spell_row : spell_batch)(session);
}

static void emit_words(Session *session, Event event)
{
    long epoch = present_epoch(session);
    Explainer *explainer = &session->explainer;
    if (event.phase == PHASE_EPOCH)
        emit_note(session, "epoch %d: its average loss comes next", epoch);
    else if (event.phase == PHASE_ROW)
        emit_note(session, "epoch %d: %s comes next", epoch, spell_rows(session));
    else
        emit_note(session, "epoch %d, %s, %s: %e comes next", epoch, spell_rows(session),
                  phase_name(event.phase),
                  event.phase == PHASE_BACKWARD ? explain_gradient(explainer, event.element, NAN)
                                                : explain_symbol(explainer, event.element));
}

static bool has_symbol(const Session *session, Event event)
{
    return event.element < session_net(session)->elements;
}

static void emit_event(Session *session, Event event)
{
    static const Column columns[] = {
        {"epoch", NULL}, {"row", NULL}, {"phase", NULL}, {"symbol", NULL}};
    Cell symbol = {.kind = CELL_NONE};
    if (has_symbol(session, event))
        symbol = CELL_OF_SYMBOL(explain_symbol(&session->explainer, event.element));
    emit_table(session, "event", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 4, .object = true});
    emit_row(session, (Cell[]){CELL_OF_INTEGER(present_epoch(session)),
                               CELL_OF_INTEGER(present_row(session)),
                               CELL_OF_TEXT(phase_name(event.phase)), symbol});
    emit_table_end(session);
}

void position_emit(Session *session)
{
    ArenaMark mark = arena_mark(&session->arena);
    Event event = trainer_event(&session->trainer);
    emit_words(session, event);
    emit_event(session, event);
    arena_reset(&session->arena, mark);
}

void position_spell(const Session *session, Text *text)
{
    Event event = trainer_event(&session->trainer);
    text_print(text, "%ld", present_epoch(session));
    if (event.phase != PHASE_EPOCH)
        text_print(text, ":%ld",
                   session_row_by_row(session) ? present_row(session) : present_batch(session));
    text_print(text, " %s", phase_name(event.phase));
    if (!has_symbol(session, event)) return;
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), event.element));
    text_print(text, " %s", name);
}
