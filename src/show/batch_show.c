#include "render/cut.h"
#include "session/emit.h"
#include "show/batch_show.h"

static bool consecutive(const Session *session)
{
    long first = session_row_number(session, 0);
    for (int row = 1; row < session->pass->rows; row++)
        if (session_row_number(session, row) != first + row) return false;
    return true;
}

/* `3 to 4`, or in another order `4, 2`; many of those are cut. */
static const char *spell_rows(Session *session)
{
    Text text = {0};
    int rows = session->pass->rows;
    Cut cut = cut_of(&session->style, rows);
    if (consecutive(session)) {
        text_print(&text, "%ld to %ld", session_row_number(session, 0),
                   session_row_number(session, rows - 1));
        return text_move(&text, &session->arena);
    }
    for (int row = 0; row < rows; row++) {
        if (row) text_add(&text, ", ");
        if (!cut.whole && row == cut.head) {
            text_add(&text, cut.tail ? "…, " : "…");
            row = rows - cut.tail;
        }
        if (row < rows) text_print(&text, "%ld", session_row_number(session, row));
    }
    return text_move(&text, &session->arena);
}

static void emit_batch(Session *session)
{
    int rows = session->pass->rows;
    double *numbers = arena_new(&session->arena, sizeof *numbers * (size_t)rows);
    for (int row = 0; row < rows; row++) numbers[row] = (double)session_row_number(session, row);
    emit_numbers(session, "batch", numbers, (size_t)rows);
}

/* Why there is a row alone although batches are asked for. */
static void note_refusal(Session *session)
{
    Error why;
    if (session->setup.plan.mode != MODE_STOCHASTIC && !trainer_ready(&session->trainer, &why))
        emit_note(session, "a row alone, and no batch: %s", why.message);
}

void batch_note_rows(Session *session)
{
    const Trainer *trainer = &session->trainer;
    int rows = session->pass->rows;
    if (rows == 1) {
        note_refusal(session);
        return;
    }
    long shown = session_row_number(session, session->pass->shown);
    if ((size_t)rows == trainer->rows.count) {
        emit_note(session, "row %d, in the batch of all %d rows", shown, (long)rows);
    } else {
        size_t first, size = (size_t)trainer->plan.batch;
        trainer_batch(trainer, &first, &rows);
        emit_note(session, "row %d, in batch %d of %d: rows %s", shown, (long)(first / size + 1),
                  (long)((trainer->rows.count + size - 1) / size), spell_rows(session));
    }
    emit_batch(session);
}

void batch_note(Session *session)
{
    const Pass *pass = session->pass;
    if (pass->rows > 1) emit_integer(session, "row", session_row_number(session, pass->shown));
    batch_note_rows(session);
}

void batch_note_norm(Session *session)
{
    if (net_has_norm(session_net(session)) && session->pass->rows == 1)
        emit_note(session, "a single row has no spread: batch norm takes the running mean and "
                           "variance, which follow the batches of training");
}

void batch_note_misfit(Session *session)
{
    Error why;
    if (session->data && session->pass && !session->setup.typed &&
        !session_row_ready(session, &why))
        emit_note(session, "note: %f", why.message);
}
