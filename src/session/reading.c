#include <ctype.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "session/reading.h"
#include "session/symbol_word.h"

static double rate_of(const Session *session)
{
    return session->setup.descent.rate;
}

static double row_of(const Session *session)
{
    return session->setup.typed ? 1 : (double)session_row(session) + 1;
}

/* As every stop counts them. */
static double epoch_of(const Session *session)
{
    return (double)session->setup.course.epoch + !session->epoch_over;
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
    Reads reads;
} names[] = {{"lr", rate_of, READS_EPOCH},
             {"row", row_of, READS_COURSE},
             {"epoch", epoch_of, READS_EPOCH},
             {"avgL", average_of, READS_EPOCH},
             {"updates", updates_of, READS_COURSE}};

const char *reading_name(size_t index)
{
    return index < sizeof names / sizeof names[0] ? names[index].name : NULL;
}

const char *reading_meant(const char *word)
{
    static const char *const others[][2] = {{"eta", "lr"}, {"η", "lr"}, {"loss", "L"},
                                            {"cost", "L"}, {"C", "L"},  {"E", "L"}};
    enum { COUNT = sizeof names / sizeof names[0] };
    const char *known[COUNT + 2] = {[COUNT] = "L", [COUNT + 1] = "yhat"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (!strcmp(others[i][0], word)) return others[i][1];
    for (size_t i = 0; i < COUNT; i++) known[i] = names[i].name;
    return nearest(word, known, COUNT + 2);
}

/* A weight without its layer is the usual slip, and the command's name within an expression. */
static bool fail_name(const char *name, int column, Error *err)
{
    const char *meant = reading_meant(name);
    if (meant) return fail(err, column, "unknown name `%s`; did you mean `%s`?", name, meant);
    if (*name == 'w' && strlen(name) == 3 && isdigit((unsigned char)name[1]))
        return fail(err, column, "unknown name `%s`%s", name, symbol_hint(name));
    if (!strcmp(name, "grad"))
        return fail(err, column,
                    "`grad` is a command: within an expression a derivative is written "
                    "as in dL/dw11^2");
    return fail(err, column,
                "unknown name `%s`: symbols are written w11^2, w10,3^2, b21, o11, x1, y, yhat, L; "
                "epoch, avgL (the last epoch's average loss), updates, row and lr are known too",
                name);
}

/* The rate is printed as a letter that may be typed, too. */
static bool resolve_name(Reading *reading, int column, Error *err)
{
    size_t i = 0;
    if (!strcmp(reading->leaf->name, "η")) reading->leaf->name = "lr";
    while (reading_name(i) && strcmp(reading_name(i), reading->leaf->name) != 0) i++;
    if (!reading_name(i)) return fail_name(reading->leaf->name, column, err);
    reading->name = names[i].value;
    reading->reads = names[i].reads;
    return true;
}

static bool row_is_ready(const Session *session, int column, Error *err)
{
    Error why;
    return session_row_ready(session, &why) || fail(err, column, "%s", why.message);
}

static ReadingKind kind_of(const Net *net, size_t element)
{
    const Vector *vector = net_vector(net, element);
    if (!vector) return READING_STORED;
    switch (vector->kind) {
    case SYMBOL_INPUT:
    case SYMBOL_TARGET: return READING_GIVEN;
    case SYMBOL_LOSS: return READING_LOSS;
    default: return READING_NODE;
    }
}

static bool resolve_symbol(const Session *session, Reading *reading, int column, Error *err)
{
    const Net *net = session_net(session);
    Expr *leaf = reading->leaf;
    if (!net_element(net, leaf->symbol, column, &reading->element, err)) return false;
    leaf->symbol = net_symbol(net, reading->element);
    reading->kind = kind_of(net, reading->element);
    reading->reads = reading->kind == READING_STORED ? READS_PARAMETERS
                     : reading->kind == READING_LOSS ? READS_LOSS
                                                     : READS_NODES;
    return reading->kind == READING_STORED || row_is_ready(session, column, err);
}

bool reading_derivable(const Session *session, size_t element, int column, Error *err)
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

static bool resolve_derivative(const Session *session, Reading *reading, int column, Error *err)
{
    const Net *net = session_net(session);
    const Expr *leaf = reading->leaf;
    reading->kind = leaf->symbol.kind == SYMBOL_LOSS ? READING_ADJOINT : READING_DERIVATIVE;
    reading->reads = READS_NODES;
    return net_element(net, leaf->symbol, column, &reading->upper, err) &&
           net_element(net, leaf->over, column, &reading->element, err) &&
           reading_derivable(session, reading->element, column, err) &&
           has_slope(leaf->symbol, column, err) && row_is_ready(session, column, err);
}

static bool find_matrix(const Session *session, Symbol matrix, int column, Reading *reading,
                        Error *err)
{
    Stored stored;
    if (!net_matrix(session_net(session), matrix, column, &stored, err)) return false;
    reading->element = stored.first;
    reading->count = (size_t)stored.rows * (size_t)stored.columns;
    return true;
}

static bool resolve_norm(const Session *session, Reading *reading, int column, Error *err)
{
    const Expr *leaf = reading->leaf;
    reading->kind = READING_NORM;
    reading->reads = READS_PARAMETERS;
    return find_matrix(session, leaf->symbol, column, reading, err);
}

static bool is_of_loss(Symbol upper, Symbol matrix, int column, Error *err)
{
    char name[SYMBOL_SIZE];
    symbol_spell(name, matrix);
    return upper.kind == SYMBOL_LOSS ||
           fail(err, column, "norm takes derivatives of L alone, as in norm(dL/d%s)", name);
}

static bool resolve_adjoint_norm(const Session *session, Reading *reading, int column, Error *err)
{
    const Expr *leaf = reading->leaf;
    reading->kind = READING_ADJOINT_NORM;
    reading->reads = READS_NODES;
    return is_of_loss(leaf->symbol, leaf->over, column, err) &&
           find_matrix(session, leaf->over, column, reading, err) &&
           reading_derivable(session, reading->element, column, err) &&
           row_is_ready(session, column, err);
}

bool reading_resolve(const Session *session, Expr *leaf, int column, Reading *reading, Error *err)
{
    *reading = (Reading){.leaf = leaf};
    if (leaf->kind == EXPR_NAME) return resolve_name(reading, column, err);
    if (!session->pass) return fail(err, column, "there is no network yet: `init 2-2-1` makes one");
    if (leaf->kind == EXPR_SYMBOL) return resolve_symbol(session, reading, column, err);
    if (leaf->kind == EXPR_DERIVATIVE) return resolve_derivative(session, reading, column, err);
    return leaf->over.kind ? resolve_adjoint_norm(session, reading, column, err)
                           : resolve_norm(session, reading, column, err);
}

double reading_at_hand(const Reading *reading, const Session *session)
{
    if (reading->kind == READING_NAME) return reading->name(session);
    if (reading->kind == READING_NORM)
        return number_norm(session->pass->value + reading->element, reading->count);
    return pass_value(session->pass, reading->element);
}
