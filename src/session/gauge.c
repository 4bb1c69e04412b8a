#include <assert.h>
#include <string.h>

#include "session/by_hand.h"
#include "session/gauge.h"

struct Dial {
    Reading reading;
    Dial *next;
};

typedef struct Compiler {
    Session *session;
    Gauge *gauge;
} Compiler;

static bool bind_leaf(void *self, Expr *leaf, int column, Error *err)
{
    const Compiler *compiler = self;
    Gauge *gauge = compiler->gauge;
    Dial *dial = arena_new(&compiler->session->arena, sizeof *dial);
    if (!reading_resolve(compiler->session, leaf, column, &dial->reading, err)) return false;
    dial->next = gauge->dials;
    gauge->dials = dial;
    gauge->reads |= dial->reading.reads;
    return true;
}

bool gauge_compile(Session *session, const char *text, int column, Gauge *gauge, Error *err)
{
    *gauge = (Gauge){.session = session};
    Compiler compiler = {session, gauge};
    Scope scope = {bind_leaf, &compiler};
    return expr_parse(text, strlen(text), column, &session->arena, &scope, &gauge->expr, err);
}

/* Running statistics follow after the last parameter. */
static size_t order_of(const Net *net, size_t element)
{
    return element < net->parameters ? net_parameter_index(net, element) + 1 : net->parameters;
}

/* Of a matrix, its last element comes last. */
size_t gauge_settled(const Gauge *gauge)
{
    size_t settled = 0;
    for (const Dial *dial = gauge->dials; dial; dial = dial->next) {
        const Reading *reading = &dial->reading;
        if (reading->reads != READS_PARAMETERS) continue;
        size_t last = reading->element + (reading->count ? reading->count - 1 : 0);
        size_t order = order_of(session_net(gauge->session), last);
        if (order > settled) settled = order;
    }
    return settled;
}

double gauge_value(const Gauge *gauge, Probe *probe)
{
    for (const Dial *dial = gauge->dials; dial; dial = dial->next)
        dial->reading.leaf->value = probe_read(probe, &dial->reading);
    return expr_value(gauge->expr);
}

Hand gauge_by_hand(Session *session, const Gauge *gauge, double value)
{
    const Page *page = session->page;
    bool known = false;
    if (!page || expr_is_truth(gauge->expr)) return (Hand){0};
    for (const Dial *dial = gauge->dials; dial; dial = dial->next) {
        if (by_hand_lacks(session, &dial->reading)) return (Hand){0};
        dial->reading.leaf->value = by_hand_read(session, &dial->reading);
        known |= by_hand_has(&dial->reading);
    }
    double hand = page_round(page, expr_value(gauge->expr));
    return page_judge(known ? page : NULL, value, hand);
}

double gauge_value_at_loss(const Gauge *gauge, double loss)
{
    assert(!(gauge->reads & ~(unsigned)READS_AT_LOSS));
    for (const Dial *dial = gauge->dials; dial; dial = dial->next) {
        const Reading *reading = &dial->reading;
        reading->leaf->value =
            reading->kind == READING_LOSS ? loss : reading_at_hand(reading, gauge->session);
    }
    return expr_value(gauge->expr);
}
