#include <string.h>

#include "base/number.h"
#include "engine/norm.h"
#include "session/by_hand.h"

/* What is lost so far in an epoch that has begun is given. */
static Page *new_page(const Session *session)
{
    const Setup *setup = &session->setup;
    size_t slots = session->slots ? (size_t)optimizer_slots(setup->descent.optimizer) : 0;
    Page *page = page_new(setup->decimals, session->pass, session->slots,
                          slots * session_net(session)->parameters);
    page->losses = setup->course.losses;
    page->average = setup->course.average;
    return page;
}

void by_hand_settle(Session *session)
{
    const Setup *setup = &session->setup;
    if (session->page)
        page_attach(session->page, session->pass);
    else if (setup->decimals != NO_PAGE)
        session->page = new_page(session);
    if (session->page && !setup->course.counted) session->page->losses = 0;
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

static void end_epoch(void *self, size_t rows)
{
    Session *session = self;
    page_end_epoch(session->page, rows);
}

Follower by_hand_follower(Session *session)
{
    return session->page ? (Follower){follow, take_back, end_epoch, session} : (Follower){0};
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

Hand by_hand_average(const Session *session)
{
    Page *page = session->page;
    return page ? page_judge(page, session->setup.course.average, page->average) : (Hand){0};
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

/* In the middle of the update phase some parameters are new. */
static bool is_new(const Session *session, size_t element)
{
    const Trainer *trainer = &session->trainer;
    const Net *net = session_net(session);
    return trainer_is_half_updated(trainer) && !trainer->exchanged && element < net->parameters &&
           net_parameter_index(net, element) < trainer->at;
}

static double number_of(Session *session, size_t element)
{
    if (!is_new(session, element)) return session->page->numbers[element];
    Descent descent = *session->trainer.descent;
    descent.updates = session->trainer.counted + 1;
    return by_hand_after(session, &descent)[element];
}

double by_hand_element(Session *session, size_t element)
{
    Page *page = session->page;
    return element < page->stored ? number_of(session, element) : page_value(page, element);
}

static double *numbers_of(Session *session, size_t first, size_t count)
{
    double *numbers = arena_new(&session->arena, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) numbers[i] = number_of(session, first + i);
    return numbers;
}

Page *by_hand_for(Session *session, const Pass *pass)
{
    Page *page = page_for(session->page, pass);
    page_write(page, 0, numbers_of(session, 0, page->stored), page->stored);
    return page;
}

static bool is_average(const Reading *reading)
{
    return reading->kind == READING_NAME && !strcmp(reading->leaf->name, "avgL");
}

bool by_hand_has(const Reading *reading)
{
    return reading->kind == READING_NAME ? is_average(reading) : reading->kind != READING_GIVEN;
}

bool by_hand_lacks(const Session *session, const Reading *reading)
{
    return reading->kind == READING_DERIVATIVE && net_has_norm(session_net(session)) &&
           norm_of_batch(session->pass);
}

static double norm_of_gradients(Session *session, const Reading *reading)
{
    double *numbers = arena_new(&session->arena, reading->count * sizeof *numbers);
    for (size_t i = 0; i < reading->count; i++)
        numbers[i] = page_gradient(session->page, reading->element + i);
    return number_norm(numbers, reading->count);
}

double by_hand_read(Session *session, const Reading *reading)
{
    Page *page = session->page;
    size_t element = reading->element;
    switch (reading->kind) {
    case READING_NAME:
    case READING_GIVEN:
        return is_average(reading) ? page->average : reading_at_hand(reading, session);
    case READING_NORM:
        return number_norm(numbers_of(session, element, reading->count), reading->count);
    case READING_STORED:
    case READING_NODE: return by_hand_element(session, element);
    case READING_LOSS: return page_loss(page);
    case READING_ADJOINT: return page_gradient(page, element);
    case READING_ADJOINT_NORM: return norm_of_gradients(session, reading);
    case READING_DERIVATIVE: break;
    }
    return page_derivative(page, reading->upper, element);
}
