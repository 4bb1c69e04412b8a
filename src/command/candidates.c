#include <stdio.h>
#include <string.h>

#include "command/candidates.h"
#include "command/command.h"
#include "command/files.h"
#include "command/settings.h"
#include "command/topics.h"
#include "session/phase.h"
#include "session/reading.h"
#include "session/state.h"
#include "show/matrix_kind.h"

/* Those of the optimizer or the schedule that stands before them. */
void candidates_knobs(const Session *session, const Names *names)
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

void candidates_biases(const Session *session, const Names *names)
{
    (void)session;
    names->each(names->self, "zeros");
    names->each(names->self, "none");
}

/* Those that are listed: the others are for saved scripts. */
void candidates_settings(const Session *session, const Names *names)
{
    (void)session;
    for (size_t i = 0; setting_row(i); i++)
        if (setting_row(i)->summary) names->each(names->self, setting_row(i)->name);
}

void candidates_commands(const Session *session, const Names *names)
{
    (void)session;
    for (int i = 0; command_at(i); i++) names->each(names->self, command_at(i)->name);
    help_each_topic(names->each, names->self);
}

void candidates_data(const Session *session, const Names *names)
{
    files_each_data(session, names->each, names->self);
}

void candidates_lessons(const Session *session, const Names *names)
{
    const Teacher *teacher = session->options.teacher;
    if (teacher) teacher->names(teacher->self, names->each, names->self);
}

/* The columns of the data that is loaded, as they are and coded. */
void candidates_columns(const Session *session, const Names *names)
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

/* What each layer has. */
static void name_layers(const Session *session, const Names *names,
                        void (*name)(const Session *session, const Names *names, int layer))
{
    int layers = session->pass ? session_net(session)->architecture.layers : 0;
    for (int k = 1; k <= layers; k++) name(session, names, k);
}

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

void candidates_symbols(const Session *session, const Names *names)
{
    name_elements(session, names, ALL_KINDS);
    name_layers(session, names, name_norms);
    for (size_t i = 0; reading_name(i); i++) names->each(names->self, reading_name(i));
}

void candidates_places(const Session *session, const Names *names)
{
    for (Phase phase = PHASE_ROW; phase <= PHASE_EPOCH; phase++)
        names->each(names->self, phase_name(phase));
    name_elements(session, names, PARAMETERS | NODES | 1u << SYMBOL_LOSS);
}

void candidates_parameters(const Session *session, const Names *names)
{
    name_elements(session, names, PARAMETERS);
}

void candidates_derivable(const Session *session, const Names *names)
{
    name_elements(session, names, DERIVABLE);
}

void candidates_nodes(const Session *session, const Names *names)
{
    name_elements(session, names, NODES);
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

void candidates_points(const Session *session, const Names *names)
{
    name_numbers(session, names, false);
}

void candidates_displays(const Session *session, const Names *names)
{
    name_numbers(session, names, true);
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

void candidates_settable(const Session *session, const Names *names)
{
    candidates_settings(session, names);
    name_elements(session, names, STORED);
    name_layers(session, names, name_matrices);
}
