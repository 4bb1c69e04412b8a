#include <assert.h>
#include <string.h>

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
    size_t index = 0;
    if (element >= net->parameters) return net->parameters;
    while (net_parameter(net, index) != element) index++;
    return index + 1;
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
