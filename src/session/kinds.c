#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "engine/initialiser.h"
#include "engine/loss.h"
#include "engine/optimizer.h"
#include "session/command.h"
#include "session/files.h"
#include "session/kinds.h"
#include "session/settings.h"
#include "session/topics.h"

static bool check_number(const char *word, int column, Error *err)
{
    double value;
    if (!number_read(word, &value)) return fail(err, column, "expected a number, not `%s`", word);
    return isfinite(value) || fail(err, column, "expected a finite number, not `%s`", word);
}

static bool check_count(const char *word, int column, Error *err)
{
    long value;
    return number_read_integer(word, 1, 1000000000, &value) ||
           fail(err, column, "expected a whole number from 1, not `%s`", word);
}

static bool check_whole(const char *word, int column, Error *err)
{
    long value;
    return number_read_integer(word, 0, 9007199254740992, &value) ||
           fail(err, column, "expected a whole number from 0, not `%s`", word);
}

static bool check_symbol(const char *word, int column, Error *err)
{
    Symbol symbol;
    size_t length = symbol_scan(word, &symbol);
    return (length && !word[length]) ||
           fail(err, column,
                "`%s` is no symbol: they are written w11^2, w10,3^2, b21, o11, z11, x1, yhat",
                word);
}

static bool check_activation(const char *word, int column, Error *err)
{
    return activation_find(word) ||
           fail(err, column, "unknown activation `%s`; `help activations` lists them", word);
}

static bool check_loss(const char *word, int column, Error *err)
{
    return loss_find(word) ||
           fail(err, column, "unknown loss `%s`; `help losses` lists them", word);
}

static bool check_optimizer(const char *word, int column, Error *err)
{
    return optimizer_find(word) ||
           fail(err, column, "unknown optimizer `%s`; `help optimizers` lists them", word);
}

static void name_activations(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; activation_row(i); i++) names->each(names->self, activation_row(i)->name);
}

static void name_losses(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; loss_row(i); i++) names->each(names->self, loss_row(i)->name);
}

static void name_optimizers(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; optimizer_row(i); i++) names->each(names->self, optimizer_row(i)->name);
}

static void name_initialisers(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; initialiser_row(i); i++) names->each(names->self, initialiser_row(i)->name);
}

static void name_biases(const Session *session, const Names *names)
{
    (void)session;
    names->each(names->self, "zeros");
    names->each(names->self, "none");
}

static void name_settings(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; setting_row(i); i++) names->each(names->self, setting_row(i)->name);
}

static void name_commands(const Session *session, const Names *names)
{
    (void)session;
    for (int i = 0; command_at(i); i++) names->each(names->self, command_at(i)->name);
    help_each_topic(names->each, names->self);
}

static void name_data(const Session *session, const Names *names)
{
    files_each_data(session, names->each, names->self);
}

/* The network's symbols; of a large one only those that a person would type. */
static void name_symbols(const Session *session, const Names *names)
{
    enum { LIMIT = 2000 };
    if (!session->pass) return;
    const Net *net = session_net(session);
    size_t first = net->elements > LIMIT ? net->elements - LIMIT : 0;
    for (size_t e = first; e < net->elements; e++) {
        char name[SYMBOL_SIZE];
        symbol_spell(name, net_symbol(net, e));
        names->each(names->self, name);
    }
}

static void name_settable(const Session *session, const Names *names)
{
    name_settings(session, names);
    name_symbols(session, names);
}

// clang-format off
static const Kind rows[] = {
    {.name = "SIZES"},
    {.name = "ACTIVATION", .check = check_activation, .names = name_activations},
    {.name = "LOSS", .check = check_loss, .names = name_losses},
    {.name = "OPTIMIZER", .check = check_optimizer, .names = name_optimizers},
    {.name = "WEIGHTS", .names = name_initialisers},
    {.name = "BIASES", .names = name_biases},
    {.name = "SEED", .check = check_whole},
    {.name = "DATA", .files = true, .names = name_data},
    {.name = "FILE", .files = true},
    {.name = "COLUMNS"},
    {.name = "N", .check = check_count},
    {.name = "K", .check = check_count},
    {.name = "X", .check = check_number},
    {.name = "Y", .check = check_number},
    {.name = "SYMBOL", .check = check_symbol, .names = name_symbols},
    {.name = "NODE", .check = check_symbol, .names = name_symbols},
    {.name = "VALUE"},
    {.name = "NUMBER", .check = check_number},
    {.name = "DELTA", .check = check_number},
    {.name = "EPS", .check = check_number},
    {.name = "RATE", .check = check_number},
    {.name = "LIMIT", .check = check_number},
    {.name = "KNOB"},
    {.name = "STATE"},
    {.name = "COUNT", .check = check_whole},
    {.name = "NAME", .names = name_settable},
    {.name = "SETTING", .names = name_settings},
    {.name = "BINDING"},
    {.name = "EXPR", .rest = true, .names = name_symbols},
    {.name = "WANTED", .rest = true, .names = name_symbols},
    {.name = "TEXT", .rest = true},
    {.name = "TOPIC", .names = name_commands},
    {.name = "WORD"},
};
// clang-format on

const Kind *kind_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strlen(rows[i].name) == length && !strncmp(rows[i].name, name, length)) return &rows[i];
    return NULL;
}
