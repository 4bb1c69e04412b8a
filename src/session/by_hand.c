#include "session/by_hand.h"
#include "render/spell.h"
#include "session/emit.h"

void by_hand_settle(Session *session)
{
    const Setup *setup = &session->setup;
    size_t slots = session->slots ? (size_t)optimizer_slots(setup->descent.optimizer) : 0;
    if (session->page)
        page_attach(session->page, session->pass);
    else if (setup->decimals != NO_PAGE)
        session->page = page_new(setup->decimals, session->pass, session->slots,
                                 slots * session_net(session)->parameters);
    session->explainer.page = session->page;
}

void by_hand_end(Session *session)
{
    page_free(session->page);
    session->page = session->explainer.page = NULL;
}

static void follow(void *self)
{
    Session *session = self;
    page_update(session->page, &session->setup.descent);
}

static void take_back(void *self)
{
    Session *session = self;
    page_take_back(session->page);
}

Follower by_hand_follower(Session *session)
{
    return session->page ? (Follower){follow, take_back, session} : (Follower){0};
}

const Page *by_hand_beginning(const Session *session)
{
    const Page *page = session->page;
    return page && trainer_is_made(&session->trainer) ? page->before : page;
}

void by_hand_turn_page(Session *session)
{
    if (session->page) page_clear_notes(session->page);
}

Hand by_hand_node(const Session *session, size_t element)
{
    Page *page = session->page;
    if (!page) return (Hand){0};
    return page_judge(page, pass_value(session->pass, element), page_value(page, element));
}

Hand by_hand_loss(const Session *session)
{
    Page *page = session->page;
    return page ? page_judge(page, pass_loss(session->pass), page_loss(page)) : (Hand){0};
}

Hand by_hand_gradient(const Session *session, size_t element)
{
    Page *page = session->page;
    if (!page) return (Hand){0};
    return page_judge(page, pass_adjoint(session->pass, element), page_gradient(page, element));
}

/* Before the update is made its numbers are prepared; afterwards they are the page's own. */
const double *by_hand_after(Session *session, const Descent *descent)
{
    Page *page = session->page;
    if (!page) return NULL;
    if (!trainer_is_half_updated(&session->trainer)) return page->numbers;
    page_prepare(page, descent);
    return page->after;
}

void by_hand_emit(Session *session, Hand hand)
{
    if (!hand.known) return;
    emit_number(session, "hand", hand.value);
    emit_number(session, "units_off", hand.units_off);
}

const Column by_hand_columns[HAND_CELLS] = {{NULL, "by hand"}, {"hand", NULL}, {"units_off", NULL}};

void by_hand_cells(Session *session, Hand hand, Cell cells[HAND_CELLS])
{
    Text text = {0};
    spell_verdict(&text, &hand);
    cells[0] = CELL_OF_TEXT(text_move(&text, &session->arena));
    cells[1] = CELL_OF_NUMBER(hand.value);
    cells[2] = CELL_OF_NUMBER(hand.units_off);
}
