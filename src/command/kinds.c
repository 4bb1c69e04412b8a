#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "command/command.h"
#include "command/files.h"
#include "command/kinds.h"
#include "command/settings.h"
#include "command/topics.h"
#include "engine/initialiser.h"
#include "engine/loss.h"
#include "engine/optimizer.h"
#include "session/phase.h"
#include "session/points.h"
#include "session/reading.h"
#include "session/symbol_word.h"
#include "show/matrix_text.h"

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

static const char *setting_name(size_t index)
{
    const Setting *row = setting_row(index);
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

static void name_rows(const Names *names, const char *(*name)(size_t index))
{
    for (size_t i = 0; name(i); i++) names->each(names->self, name(i));
}

static void name_activations(const Session *session, const Names *names)
{
    (void)session;
    name_rows(names, activation_name);
}

static void name_losses(const Session *session, const Names *names)
{
    (void)session;
    name_rows(names, loss_name);
}

static void name_optimizers(const Session *session, const Names *names)
{
    (void)session;
    name_rows(names, optimizer_name);
}

static void name_schedules(const Session *session, const Names *names)
{
    (void)session;
    name_rows(names, schedule_name);
}

/* Those of the optimizer or the schedule that stands before them. */
static void name_knobs(const Session *session, const Names *names)
{
    (void)session;
    if (!names->before->count) return;
    const char *owner = names->before->items[0].text;
    const Optimizer *optimizer = optimizer_find(owner);
    const Schedule *schedule = schedule_find(owner);
    const Knob *knobs = optimizer ? optimizer->knobs : schedule ? schedule->knobs : NULL;
    for (int i = 0; knobs && i < KNOBS && knobs[i].name; i++) {
        char key[64];
        snprintf(key, sizeof key, "%s=", knobs[i].name);
        names->each(names->self, key);
    }
}

static void name_initialisers(const Session *session, const Names *names)
{
    (void)session;
    name_rows(names, initialiser_name);
}

static void name_biases(const Session *session, const Names *names)
{
    (void)session;
    names->each(names->self, "zeros");
    names->each(names->self, "none");
}

/* Those that are listed: the others are for saved scripts. */
static void name_settings(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; setting_name(i); i++)
        if (setting_row(i)->summary) names->each(names->self, setting_name(i));
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

static void name_lessons(const Session *session, const Names *names)
{
    const Teacher *teacher = session->options.teacher;
    if (teacher) teacher->names(teacher->self, names->each, names->self);
}

/* The columns of the data that is loaded, as they are and coded. */
static void name_columns(const Session *session, const Names *names)
{
    static const char *const codings[] = {"", ":onehot", ":signs"};
    const Dataset *data = session->raw;
    if (!data) return;
    bool one_hot = data->coding == CODING_ONE_HOT;
    if (one_hot) names->each(names->self, data->target);
    for (int i = 0; i < data->inputs + (one_hot ? 0 : data->targets); i++)
        for (size_t k = 0; k < sizeof codings / sizeof codings[0]; k++) {
            char word[256];
            if (strchr(data->columns[i], ' ')) continue;
            snprintf(word, sizeof word, "%s%s", data->columns[i], codings[k]);
            names->each(names->self, word);
        }
}

/* The network's symbols of the kinds in KINDS; of a large one only the last, which a person
   might type. */
static void name_elements(const Session *session, const Names *names, unsigned kinds)
{
    enum { LIMIT = 2000 };
    if (!session->pass) return;
    const Net *net = session_net(session);
    size_t first = net->elements > LIMIT ? net->elements - LIMIT : 0;
    for (size_t e = first; e < net->elements; e++) {
        char name[SYMBOL_SIZE];
        Symbol symbol = net_symbol(net, e);
        if (!(kinds & 1u << symbol.kind)) continue;
        symbol_spell(name, symbol);
        names->each(names->self, name);
    }
}

enum {
    PARAMETERS = 1u << SYMBOL_WEIGHT | 1u << SYMBOL_BIAS | 1u << SYMBOL_SCALE | 1u << SYMBOL_SHIFT,
    STORED = PARAMETERS | 1u << SYMBOL_RUNNING_MEAN | 1u << SYMBOL_RUNNING_VARIANCE,
    NODES = 1u << SYMBOL_SUM | 1u << SYMBOL_NORMALISED | 1u << SYMBOL_SCALED | 1u << SYMBOL_BRANCH |
            1u << SYMBOL_OUTPUT | 1u << SYMBOL_PREDICTION,
    DERIVABLE = PARAMETERS | NODES | 1u << SYMBOL_INPUT,
    ALL_KINDS = ~0u >> 1
};

static void name_norms(const Session *session, const Names *names, int layer)
{
    Stored stored;
    for (int i = 0; matrix_kind(i); i++) {
        const MatrixKind *kind = matrix_kind(i);
        char name[SYMBOL_SIZE];
        if (!net_stored(session_net(session), kind->kind, layer, &stored)) continue;
        snprintf(name, sizeof name, "norm(%s^%d)", kind->name, layer);
        names->each(names->self, name);
        snprintf(name, sizeof name, "norm(dL/d%s^%d)", kind->name, layer);
        if (kind->trained) names->each(names->self, name);
    }
}

/* What each layer has. */
static void name_layers(const Session *session, const Names *names,
                        void (*name)(const Session *session, const Names *names, int layer))
{
    int layers = session->pass ? session_net(session)->architecture.layers : 0;
    for (int k = 1; k <= layers; k++) name(session, names, k);
}

static void name_symbols(const Session *session, const Names *names)
{
    name_elements(session, names, ALL_KINDS);
    name_layers(session, names, name_norms);
    for (size_t i = 0; reading_name(i); i++) names->each(names->self, reading_name(i));
}

static void name_places(const Session *session, const Names *names)
{
    for (Phase phase = PHASE_ROW; phase <= PHASE_EPOCH; phase++)
        names->each(names->self, phase_name(phase));
    name_elements(session, names, PARAMETERS | NODES | 1u << SYMBOL_LOSS);
}

static void name_numbers(const Session *session, const Names *names, bool displays)
{
    const Points *points = session->points;
    for (int i = 0; points && i < points->count; i++) {
        char number[16];
        const Point *point = &points->items[i];
        if ((point->kind == POINT_DISPLAY) != displays) continue;
        snprintf(number, sizeof number, "%d", point->number);
        names->each(names->self, number);
    }
}

static void name_points(const Session *session, const Names *names)
{
    name_numbers(session, names, false);
}

static void name_displays(const Session *session, const Names *names)
{
    name_numbers(session, names, true);
}

static void name_parameters(const Session *session, const Names *names)
{
    name_elements(session, names, PARAMETERS);
}

static void name_derivable(const Session *session, const Names *names)
{
    name_elements(session, names, DERIVABLE);
}

static void name_nodes(const Session *session, const Names *names)
{
    name_elements(session, names, NODES);
}

static void name_matrices(const Session *session, const Names *names, int layer)
{
    Stored stored;
    for (int i = 0; matrix_kind(i); i++) {
        char name[SYMBOL_SIZE];
        if (!net_stored(session_net(session), matrix_kind(i)->kind, layer, &stored)) continue;
        snprintf(name, sizeof name, "%s^%d", matrix_kind(i)->name, layer);
        names->each(names->self, name);
    }
}

static void name_settable(const Session *session, const Names *names)
{
    name_settings(session, names);
    name_elements(session, names, STORED);
    name_layers(session, names, name_matrices);
}

// clang-format off
static const Kind rows[] = {
    {.name = "SIZES"},
    {.name = "ACTIVATION", .check = check_activation, .names = name_activations},
    {.name = "LOSS", .check = check_loss, .names = name_losses},
    {.name = "OPTIMIZER", .check = check_optimizer, .names = name_optimizers},
    {.name = "SCHEDULE", .check = check_schedule, .names = name_schedules},
    {.name = "WEIGHTS", .names = name_initialisers},
    {.name = "BIASES", .names = name_biases},
    {.name = "SEED", .check = check_whole},
    {.name = "DATA", .files = true, .names = name_data},
    {.name = "FILE", .files = true},
    {.name = "COLUMNS", .names = name_columns},
    {.name = "LESSON", .files = true, .names = name_lessons},
    {.name = "STEP", .check = check_count},
    {.name = "SECONDS", .check = check_seconds},
    {.name = "N", .check = check_count},
    {.name = "K", .check = check_count},
    {.name = "DECIMALS", .check = check_whole},
    {.name = "X", .check = check_number},
    {.name = "Y", .check = check_number},
    {.name = "SYMBOL", .check = check_symbol, .names = name_derivable},
    {.name = "LINE", .names = name_derivable},
    {.name = "PARAMETER", .check = check_symbol, .names = name_parameters},
    {.name = "NODE", .check = check_symbol, .names = name_nodes},
    {.name = "VALUE"},
    {.name = "NUMBER", .check = check_number},
    {.name = "DELTA", .check = check_number},
    {.name = "EPS", .check = check_number},
    {.name = "RATE", .check = check_number},
    {.name = "LAMBDA", .check = check_number},
    {.name = "LIMIT", .check = check_number},
    {.name = "KNOB", .names = name_knobs},
    {.name = "SIZE"},
    {.name = "STATE"},
    {.name = "COUNT", .check = check_whole},
    {.name = "EPOCHS", .check = check_count},
    {.name = "CONDITION", .rest = true, .names = name_symbols},
    {.name = "TOL", .check = check_number},
    {.name = "NAME", .names = name_settable},
    {.name = "SETTING", .names = name_settings},
    {.name = "BINDING"},
    {.name = "EXPR", .rest = true, .names = name_symbols},
    {.name = "PLACE", .names = name_places},
    {.name = "POINT", .check = check_count, .names = name_points},
    {.name = "DISPLAY", .check = check_count, .names = name_displays},
    {.name = "M", .check = check_count},
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
