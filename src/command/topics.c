#include <string.h>

#include "command/topics.h"
#include "command/topics_texts.h"
#include "engine/diagnosis.h"
#include "engine/initialiser.h"

static const struct {
    const char *name;
    void (*emit)(Session *session);
} rows[] = {{"notation", topic_notation},     {"activations", topic_activations},
            {"losses", topic_losses},         {"optimizers", topic_optimizers},
            {"perceptron", topic_perceptron}, {"schedules", topic_schedules},
            {"weights", topic_weights},       {"modes", topic_modes},
            {"batch-norm", topic_batch_norm}, {"residual", topic_residual},
            {"debugging", topic_debugging},   {"illnesses", topic_illnesses},
            {"by-hand", topic_by_hand}};

/* What else people call them. */
static const struct {
    const char *word, *topic;
} other_words[] = {
    {"mode", "modes"},         {"stochastic", "modes"},     {"batch", "modes"},
    {"mini", "modes"},         {"mini-batch", "modes"},     {"shuffle", "modes"},
    {"bn", "batch-norm"},      {"+bn", "batch-norm"},       {"gamma", "batch-norm"},
    {"beta", "batch-norm"},    {"+skip", "residual"},       {"norm", "notation"},
    {"debugger", "debugging"}, {"debug", "debugging"},      {"breakpoint", "debugging"},
    {"event", "debugging"},    {"watchpoint", "debugging"}, {"round", "by-hand"},
    {"rounding", "by-hand"},   {"hand", "by-hand"}};

/* The index of the topic called NAME; past the last when there is none. */
static size_t find_topic(const char *name)
{
    size_t i = 0;
    while (i < sizeof rows / sizeof rows[0] && strcmp(rows[i].name, name) != 0) i++;
    return i;
}

bool help_topic_emit(Session *session, const char *name)
{
    size_t topic = find_topic(name);
    if (topic == sizeof rows / sizeof rows[0]) return false;
    rows[topic].emit(session);
    return true;
}

void help_each_topic(void (*each)(void *self, const char *name), void *self)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) each(self, rows[i].name);
}

const char *help_topic_about(const char *word)
{
    Symbol symbol;
    if (find_topic(word) < sizeof rows / sizeof rows[0]) return word;
    if (activation_find(word)) return "activations";
    if (loss_find(word)) return "losses";
    if (optimizer_find(word)) return "optimizers";
    if (schedule_find(word)) return "schedules";
    if (initialiser_find(word)) return "weights";
    for (size_t i = 0; illness_row(i); i++)
        if (!strcmp(illness_row(i)->name, word)) return "illnesses";
    for (size_t i = 0; i < sizeof other_words / sizeof other_words[0]; i++)
        if (!strcmp(other_words[i].word, word)) return other_words[i].topic;
    return symbol_scan(word, &symbol) == strlen(word) && *word ? "notation" : NULL;
}
