#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/state.h"
#include "session/tape.h"

Session *session_new(const SessionOptions *options)
{
    Session *session = memory_new(sizeof *session);
    session->options = *options;
    session->style = options->style;
    session->explainer.arena = &session->arena;
    session->explainer.row_number = session_row_number;
    session->explainer.rows = session;
    session->setup.loss = loss_find("mse");
    session->setup.descent.rate = 0.1;
    descent_choose(&session->setup.descent, optimizer_find("sgd"));
    session->setup.decimals = NO_PAGE;
    session->setup.plan = (Plan){MODE_STOCHASTIC, 32, false};
    session->habits = (Habits){.epochs = 100, .memory = HISTORY_BYTES};
    random_seed(&session->setup.course.random, 0);
    return session;
}

void session_free(Session *session)
{
    if (!session) return;
    trainer_release(&session->trainer);
    page_free(session->page);
    if (session->recording) session->free_recording(session->recording);
    pass_free(session->pass);
    dataset_release(session->raw);
    dataset_release(session->data);
    record_release(session->record);
    tape_release(session->tape);
    points_free(session->points);
    free(session->change);
    explainer_release(&session->explainer);
    arena_release(&session->arena);
    arena_release(&session->words);
    history_release(&session->history.undo);
    history_release(&session->history.redo);
    assert(!session->history.bytes);
    free(session->slots);
    free(session->typed);
    free(session->repeat);
    free(session);
}

Style *session_style(Session *session)
{
    return &session->style;
}

void session_set_place(Session *session, const char *file, long line)
{
    session->file = file;
    session->line_number = line;
}
