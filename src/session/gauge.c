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
