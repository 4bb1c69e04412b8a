#include <string.h>

#include "session/kinds.h"
#include "session/scope.h"

/* Values beyond the parameters and the row itself come from a forward pass. */
static bool compute_value(Session *session, size_t element, int column, Error *err)
{
    const Vector *vector = net_vector(session_net(session), element);
    if (!vector) return true;
    Error why;
    bool given = vector->kind == SYMBOL_INPUT || vector->kind == SYMBOL_TARGET;
    if (!session_row_ready(session, &why) || (!given && !session_forward(session, &why)))
        return fail(err, column, "%s", why.message);
    return true;
}

static bool find_element(Session *session, Symbol symbol, int column, size_t *element, Error *err)
{
    if (!session->pass) return fail(err, column, "there is no network yet: `init 2-2-1` makes one");
    return net_element(session_net(session), symbol, column, element, err) &&
           compute_value(session, *element, column, err);
}

bool scope_derivable(const Session *session, size_t element, int column, Error *err)
{
    const Net *net = session_net(session);
    const Vector *vector = net_vector(net, element);
    bool derived = vector ? vector->uses[0] >= 0 : element < net->parameters;
    return derived || fail(err, column,
                           "derivatives are taken by parameters (w, b, gamma, beta), by x, and by "
                           "nodes on the way to L (z, n, s, a, o, yhat)");
}

/* The μ and v of a batch norm are steps within ∂n/∂z. */
static bool has_slope(Symbol upper, int column, Error *err)
{
    return (upper.kind != SYMBOL_MEAN && upper.kind != SYMBOL_VARIANCE) ||
           fail(err, column, "what mu and v do is part of n's derivatives, as in dn11/dz11");
}

static bool bind_derivative(Session *session, Expr *leaf, int column, Error *err)
{
    size_t upper, lower;
    if (!find_element(session, leaf->symbol, column, &upper, err) ||
        !find_element(session, leaf->over, column, &lower, err) ||
        !scope_derivable(session, lower, column, err) || !has_slope(leaf->symbol, column, err))
        return false;
    Error why;
    if (!session_row_ready(session, &why) || !session_forward(session, &why))
        return fail(err, column, "%s", why.message);
    if (leaf->symbol.kind == SYMBOL_LOSS) return session_adjoint(session, lower, &leaf->value, err);
    leaf->value = pass_derivative(session->pass, upper, lower);
    return true;
}

static double rate_of(const Session *session)
{
    return session->setup.descent.rate;
}

static double row_of(const Session *session)
{
    return session->setup.typed ? 1 : (double)session_row(session) + 1;
}

static double epoch_of(const Session *session)
{
    return (double)session->setup.course.epoch;
}

static double average_of(const Session *session)
{
    return session->setup.course.average;
}

static double updates_of(const Session *session)
{
    return (double)session->setup.descent.updates;
}

static const struct {
    const char *name;
    double (*value)(const Session *session);
} names[] = {{"lr", rate_of},
             {"row", row_of},
             {"epoch", epoch_of},
             {"avgL", average_of},
             {"updates", updates_of}};

const char *scope_name(size_t index)
{
    return index < sizeof names / sizeof names[0] ? names[index].name : NULL;
}

static bool bind_name(Session *session, Expr *leaf, int column, Error *err)
{
    for (size_t i = 0; scope_name(i); i++) {
        if (strcmp(scope_name(i), leaf->name) != 0) continue;
        leaf->value = names[i].value(session);
        return true;
    }
    return fail(err, column,
                "unknown name `%s`: symbols are written w11^2, w10,3^2, b21, o11, x1, y, yhat, L; "
                "epoch, avgL (its average loss), updates, row and lr are known too",
                leaf->name);
}

static bool bind_leaf(void *self, Expr *leaf, int column, Error *err)
{
    Session *session = self;
    if (leaf->kind == EXPR_NAME) return bind_name(session, leaf, column, err);
    if (leaf->kind == EXPR_DERIVATIVE) return bind_derivative(session, leaf, column, err);
    size_t element;
    if (!find_element(session, leaf->symbol, column, &element, err)) return false;
    /* L alone means the batch's; what derivatives are of. */
    leaf->value = leaf->symbol.kind == SYMBOL_LOSS ? pass_loss(session->pass)
                                                   : pass_value(session->pass, element);
    leaf->symbol = net_symbol(session_net(session), element);
    return true;
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

bool scope_unpinned(const Session *session, Error *err)
{
    if (!session->pass->pin_count) return true;
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), session->pass->pins[0].element));
    return fail(err, 0, "%s is assumed; `forward` releases it", name);
}
