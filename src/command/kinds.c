#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "command/kinds.h"
#include "engine/initialiser.h"
#include "engine/loss.h"
#include "engine/optimizer.h"
#include "session/symbol_word.h"

static bool check_number(const char *word, int column, Error *err)
{
    double value;
    if (number_read(word, &value))
        return isfinite(value) || fail(err, column, "expected a finite number, not `%s`", word);
    const char *hint = strchr(word, ',') ? "; numbers stand apart, without commas" : "";
    return fail(err, column, "expected a number, not `%s`%s", word, hint);
}

static bool check_integer(const char *word, long low, long high, int column, Error *err)
{
    long value;
    double size;
    if (number_read_integer(word, low, high, &value)) return true;
    if (number_read(word, &size) && size > (double)high)
        return fail(err, column, "%s is too large: %ld is the most", word, high);
    return fail(err, column, "expected a whole number from %ld, not `%s`", low, word);
}

static bool check_count(const char *word, int column, Error *err)
{
    return check_integer(word, 1, 1000000000, column, err);
}

/* Of waiting: at most an hour. */
static bool check_seconds(const char *word, int column, Error *err)
{
    enum { HOUR = 3600 };
    double value;
    if (number_read(word, &value) && value >= 0 && value <= HOUR) return true;
    return fail(err, column, "expected seconds from 0 to %d, not `%s`", HOUR, word);
}

static bool check_whole(const char *word, int column, Error *err)
{
    return check_integer(word, 0, 9007199254740992, column, err);
}

static bool check_symbol(const char *word, int column, Error *err)
{
    Symbol symbol;
    const char *name = symbol_word(word);
    size_t length = symbol_scan(name, &symbol);
    return (length && !name[length]) ||
           fail(err, column, "`%s` is no symbol%s", word, symbol_hint(name));
}

/* A row that is called nearly like WORD; NAME gives the names of the rows in order. */
static const char *nearest_row(const char *word, const char *(*name)(size_t index))
{
    enum { LIMIT = 32 };
    const char *names[LIMIT];
    size_t count = 0;
    while (count < LIMIT && (names[count] = name(count))) count++;
    return nearest(word, names, count);
}

static bool fail_row(const char *word, int column, const char *what, const char *topic,
                     const char *(*name)(size_t index), Error *err)
{
    const char *near = nearest_row(word, name);
    if (near) return fail(err, column, "unknown %s `%s`; did you mean `%s`?", what, word, near);
    return fail(err, column, "unknown %s `%s`; `help %s` lists them", what, word, topic);
}

static const char *activation_name(size_t index)
{
    const Activation *row = activation_row(index);
    return row ? row->name : NULL;
}

static const char *loss_name(size_t index)
{
    const Loss *row = loss_row(index);
    return row ? row->name : NULL;
}

static const char *optimizer_name(size_t index)
{
    const Optimizer *row = optimizer_row(index);
    return row ? row->name : NULL;
}

static const char *schedule_name(size_t index)
{
    const Schedule *row = schedule_row(index);
    return row ? row->name : NULL;
}

static const char *initialiser_name(size_t index)
{
    const Initialiser *row = initialiser_row(index);
    return row ? row->name : NULL;
}

static bool check_activation(const char *word, int column, Error *err)
{
    if (activation_find(word)) return true;
    if (isdigit((unsigned char)*word) || *word == '-')
        return fail(err, column, "sizes are joined with -, as in 2-2-1");
    return fail_row(word, column, "activation", "activations", activation_name, err);
}

static bool check_loss(const char *word, int column, Error *err)
{
    return loss_find(word) || fail_row(word, column, "loss", "losses", loss_name, err);
}

static bool check_optimizer(const char *word, int column, Error *err)
{
    return optimizer_find(word) ||
           fail_row(word, column, "optimizer", "optimizers", optimizer_name, err);
}

static bool check_schedule(const char *word, int column, Error *err)
{
    return schedule_find(word) ||
           fail_row(word, column, "schedule", "schedules", schedule_name, err);
}

// clang-format off
static const Kind rows[] = {
    {.name = "SIZES"},
    {.name = "ACTIVATION", .check = check_activation, .row = activation_name},
    {.name = "LOSS", .check = check_loss, .row = loss_name},
    {.name = "OPTIMIZER", .check = check_optimizer, .row = optimizer_name},
    {.name = "SCHEDULE", .check = check_schedule, .row = schedule_name},
    {.name = "WEIGHTS", .row = initialiser_name},
    {.name = "BIASES", .names = candidates_biases},
    {.name = "SEED", .check = check_whole},
    {.name = "DATA", .files = true, .names = candidates_data},
    {.name = "FILE", .files = true},
    {.name = "COLUMNS", .names = candidates_columns},
    {.name = "LESSON", .files = true, .names = candidates_lessons},
    {.name = "STEP", .check = check_count},
    {.name = "SECONDS", .check = check_seconds},
    {.name = "N", .check = check_count},
    {.name = "K", .check = check_count},
    {.name = "DECIMALS", .check = check_whole},
    {.name = "X", .check = check_number},
    {.name = "Y", .check = check_number},
    {.name = "SYMBOL", .check = check_symbol, .names = candidates_derivable},
    {.name = "LINE", .names = candidates_derivable},
    {.name = "PARAMETER", .check = check_symbol, .names = candidates_parameters},
    {.name = "NODE", .check = check_symbol, .names = candidates_nodes},
    {.name = "VALUE"},
    {.name = "NUMBER", .check = check_number},
    {.name = "DELTA", .check = check_number},
    {.name = "EPS", .check = check_number},
    {.name = "RATE", .check = check_number},
    {.name = "LAMBDA", .check = check_number},
    {.name = "LIMIT", .check = check_number},
    {.name = "KNOB", .names = candidates_knobs},
    {.name = "SIZE"},
    {.name = "STATE"},
    {.name = "COUNT", .check = check_whole},
    {.name = "EPOCHS", .check = check_count},
    {.name = "CONDITION", .rest = true, .names = candidates_symbols},
    {.name = "TOL", .check = check_number},
    {.name = "NAME", .names = candidates_settable},
    {.name = "SETTING", .names = candidates_settings},
    {.name = "BINDING"},
    {.name = "EXPR", .rest = true, .names = candidates_symbols},
    {.name = "PLACE", .names = candidates_places},
    {.name = "POINT", .check = check_count, .names = candidates_points},
    {.name = "DISPLAY", .check = check_count, .names = candidates_displays},
    {.name = "M", .check = check_count},
    {.name = "WANTED", .rest = true, .names = candidates_symbols},
    {.name = "TEXT", .rest = true},
    {.name = "TOPIC", .names = candidates_commands},
    {.name = "WORD"},
};
// clang-format on

const Kind *kind_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strlen(rows[i].name) == length && !strncmp(rows[i].name, name, length)) return &rows[i];
    return NULL;
}

void kind_names(const Kind *kind, const Session *session, const Names *names)
{
    for (size_t i = 0; kind->row && kind->row(i); i++) names->each(names->self, kind->row(i));
    if (kind->names) kind->names(session, names);
}
