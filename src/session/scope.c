#include <string.h>

#include "base/number.h"
#include "session/probe.h"
#include "session/scope.h"
#include "session/symbol_word.h"

/* The derivatives by a matrix are asked for one by one, each through the memo. */
static bool read_adjoint_norm(Session *session, const Reading *reading, double *value, Error *err)
{
    double each;
    for (size_t i = 0; i < reading->count; i++)
        if (!session_adjoint(session, reading->element + i, &each, err)) return false;
    *value = number_norm(session->pass->adjoint + reading->element, reading->count);
    return true;
}

/* What the memo has no part in. */
static double read_once(const Session *session, const Reading *reading)
{
    Probe *probe = probe_new(session);
    double value = probe_read(probe, reading);
    probe_free(probe);
    return value;
}

static bool read_value(Session *session, const Reading *reading, double *value, Error *err)
{
    if (!probe_needed(session)) {
        if (reading->kind == READING_ADJOINT)
            return session_adjoint(session, reading->element, value, err);
        if (reading->kind == READING_ADJOINT_NORM)
            return read_adjoint_norm(session, reading, value, err);
    }
    *value = read_once(session, reading);
    return true;
}

/* Whatever takes a forward pass has it remembered, where it belongs to the parameters. */
static bool go_forward(Session *session, const Reading *reading, int column, Error *err)
{
    Error why;
    return !reading_is_computed(reading) || probe_needed(session) ||
           session_forward(session, &why) || fail(err, column, "%s", why.message);
}

static bool bind_leaf(void *self, Expr *leaf, int column, Error *err)
{
    Session *session = self;
    Reading reading;
    return reading_resolve(session, leaf, column, &reading, err) &&
           go_forward(session, &reading, column, err) &&
           read_value(session, &reading, &leaf->value, err);
}

bool scope_parse(Session *session, const char *text, int column, const Expr **expr, Error *err)
{
    Scope scope = {bind_leaf, session};
    return expr_parse(text, strlen(text), column, &session->arena, &scope, expr, err);
}

const Expr *scope_parse_row(Session *session, const char *text)
{
    const Expr *expr = NULL;
    expr_parse(text, strlen(text), 1, &session->arena, NULL, &expr, NULL);
    return expr;
}

bool scope_value(Session *session, const char *text, int column, double *value, Error *err)
{
    const Expr *expr;
    if (!scope_parse(session, text, column, &expr, err)) return false;
    *value = expr_value(expr);
    return true;
}

bool scope_element(Session *session, const Word *word, size_t *element, Error *err)
{
    Symbol symbol;
    const char *name = symbol_word(word->text);
    size_t length = symbol_scan(name, &symbol);
    if (!length || name[length])
        return fail(err, word->column,
                    "`%s` is no symbol: they are written w11^2, b21, o11, x1, yhat", word->text);
    return net_element(session_net(session), symbol, word->column, element, err);
}
