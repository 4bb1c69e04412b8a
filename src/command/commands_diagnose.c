/* What keeps the network from learning: diagnose. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/command.h"
#include "engine/diagnosis.h"
#include "session/emit.h"
#include "session/training.h"

static void emit_layer_table(Session *session, const Facts *facts)
{
    static const Column columns[] = {{"layer", "layer"},
                                     {"gradient_norm", "gradient norm"},
                                     {"weight_norm", "weight norm"},
                                     {"update_ratio", "update/weights"},
                                     {NULL, "mean slope"}};
    emit_table(session, "layers", FOR_ALL, &(Table){.columns = columns, .count = 5});
    for (int k = 1; k <= facts->count; k++) {
        const LayerFacts *layer = &facts->layers[k - 1];
        Cell cells[] = {CELL_OF_INTEGER(k), CELL_OF_NUMBER(layer->gradient_norm),
                        CELL_OF_NUMBER(layer->weight_norm), CELL_OF_NUMBER(layer->update_ratio),
                        CELL_OF_NUMBER(layer->slope)};
        emit_row(session, cells);
    }
    emit_table_end(session);
}

/* What these numbers are taken over. */
static void describe_rows(Session *session, const Facts *facts)
{
    size_t all = facts->patient->row_count;
    const char *batch = facts->batch > 1 ? ", as one batch" : "";
    if (facts->rows < all)
        emit_note(session, "means over %d of %d rows, evenly spaced%s", (long)facts->rows,
                  (long)all, batch);
    else if (all > 1)
        emit_note(session, "means over %d rows%s", (long)all, batch);
    if (all > 1 && !facts->broken)
        emit_note(session, "L is %n; always guessing the mean target would cost %n", facts->loss,
                  facts->guess_loss);
}

/* The command to type, its number filled in; NULL when the remedy is none to type. */
static const char *remedy_command(Session *session, const Remedy *remedy, const Facts *facts)
{
    if (!remedy->type) return NULL;
    int before = (int)strcspn(remedy->type, "%");
    if (!remedy->type[before]) return remedy->type;
    char number[NUMBER_SIZE];
    number_spell(number, diagnosis_rate(facts), 6);
    return arena_print(&session->arena, "%.*s%s", before, remedy->type, number);
}

static bool helps(const Remedy *remedy, const Facts *facts)
{
    return remedy->why && (!remedy->helps || remedy->helps(facts));
}

static void describe_remedies(Session *session, const Finding *finding, const Facts *facts)
{
    for (int i = 0; i < REMEDIES; i++) {
        const Remedy *remedy = &finding->illness->remedies[i];
        if (!helps(remedy, facts)) continue;
        const char *command = remedy_command(session, remedy, facts);
        if (command)
            emit_note(session, "  %c: %s", command, remedy->why);
        else
            emit_note(session, "  %s", remedy->why);
    }
}

/* Where the first number broke. */
static void describe_break(Session *session, const Facts *facts)
{
    size_t e = facts->broken_element;
    const Expr *symbol = facts->broken_gradient
                             ? explain_gradient(&session->explainer, e, facts->broken_value)
                             : explain_symbol(&session->explainer, e);
    bool parameter = !facts->broken_gradient && e < session_net(session)->parameters;
    if (parameter || facts->patient->row_count == 1)
        emit_note(session, "  %e = %n went first", symbol, facts->broken_value);
    else
        emit_note(session, "  %e = %n went first, on row %d", symbol, facts->broken_value,
                  (long)facts->broken_row + 1);
}

static void describe_finding(Session *session, const Finding *finding, const Facts *facts)
{
    const Illness *illness = finding->illness;
    if (finding->layer)
        emit_heading(session, "%s, layer %d: %s", illness->name, (long)finding->layer,
                     illness->meaning);
    else
        emit_heading(session, "%s: %s", illness->name, illness->meaning);
    emit_note(session, "  %s", finding->reason);
    if (facts->broken)
        describe_break(session, facts);
    else
        emit_note(session, "  %s: %n", finding->number_is, finding->number);
    emit_note(session, "remedies");
    describe_remedies(session, finding, facts);
}

/* Nodes that are off on every row, in layers where others are not. */
static void describe_dead(Session *session, const Facts *facts)
{
    Text list = {0};
    for (int k = 1; k <= facts->count && facts->rows > 1; k++) {
        const LayerFacts *layer = &facts->layers[k - 1];
        long dead = lround(layer->dead * layer->size);
        if (dead && dead < layer->size)
            text_print(&list, "%s%ld of the %d nodes of layer %d", list.length ? ", " : "", dead,
                       layer->size, k);
    }
    if (list.length) emit_note(session, "%s are 0 on every row", text_string(&list));
    text_release(&list);
}

/* What is worth knowing and yet no illness. */
static void describe_remarks(Session *session, const Facts *facts)
{
    if (diagnosis_rests(facts))
        emit_note(session, "the loss has stopped changing: at the best that this network can do, "
                           "or in a local minimum; another random start would tell");
    for (int k = 1; k <= facts->count; k++) {
        const LayerFacts *layer = &facts->layers[k - 1];
        if (layer->alike && !layer->zero && layer->activation == activation_linear())
            emit_note(session,
                      "the nodes of layer %d are all alike and will stay so; linear as they are, "
                      "one would do as well",
                      (long)k);
    }
    describe_dead(session, facts);
}

static void describe_health(Session *session, const Facts *facts)
{
    if (diagnosis_too_straight(facts))
        emit_note(session,
                  "the training is sound, but a straight line can do no better here than a guess: "
                  "a hidden layer with a curved activation can bend it (%c)",
                  "init 2-4:tanh-1 weights=xavier");
    else
        emit_note(session, "nothing is wrong: the gradient reaches every layer in steps of a sound "
                           "size");
}

static void emit_names(Session *session, const Finding *findings, int count)
{
    static const Column column = {"finding", NULL};
    emit_table(session, "findings", FOR_PROGRAMS,
               &(Table){.columns = &column, .count = 1, .list = true});
    for (int i = 0; i < count; i++) emit_row(session, &CELL_OF_TEXT(findings[i].illness->name));
    emit_table_end(session);
}

static const char *remedy_list(Session *session, const Finding *finding, const Facts *facts)
{
    Text list = {0};
    for (int i = 0; i < REMEDIES; i++) {
        const Remedy *remedy = &finding->illness->remedies[i];
        if (!helps(remedy, facts)) continue;
        const char *command = remedy_command(session, remedy, facts);
        if (list.length) text_add(&list, "; ");
        text_add(&list, command ? command : remedy->why);
    }
    return text_move(&list, &session->arena);
}

static void emit_details(Session *session, const Finding *findings, int count, const Facts *facts)
{
    static const Column columns[] = {{"name", NULL},      {"layer", NULL},  {"number", NULL},
                                     {"number_is", NULL}, {"reason", NULL}, {"remedy", NULL}};
    emit_table(session, "details", FOR_PROGRAMS, &(Table){.columns = columns, .count = 6});
    for (int i = 0; i < count; i++) {
        const Finding *finding = &findings[i];
        Cell cells[] = {CELL_OF_TEXT(finding->illness->name),
                        CELL_OF_INTEGER(finding->layer),
                        CELL_OF_NUMBER(finding->number),
                        CELL_OF_TEXT(finding->number_is),
                        CELL_OF_TEXT(finding->reason),
                        CELL_OF_TEXT(remedy_list(session, finding, facts))};
        emit_row(session, cells);
    }
    emit_table_end(session);
    if (!facts->broken) return;
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), facts->broken_element));
    emit_string(session, "broken",
                facts->broken_gradient ? arena_print(&session->arena, "dL/d%s", name) : name);
}

static void report(Session *session, const Facts *facts)
{
    Finding findings[ILLNESSES];
    int count = diagnose(facts, findings);
    emit_layer_table(session, facts);
    describe_rows(session, facts);
    for (int i = 0; i < count; i++) describe_finding(session, &findings[i], facts);
    if (!count) describe_health(session, facts);
    if (!facts->broken) describe_remarks(session, facts);
    emit_names(session, findings, count);
    emit_details(session, findings, count, facts);
}

static bool run_diagnose(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments;
    Facts facts;
    Patient patient = training_patient(session);
    if (!facts_measure(&facts, &patient, err)) {
        if (session_interrupted(session)) session->outcome = OUTCOME_INTERRUPTED;
        return false;
    }
    report(session, &facts);
    facts_release(&facts);
    return true;
}

static const Command commands[] = {
    {"diagnose", NULL, "", NEEDS_NET | NEEDS_ROW,
     "say what keeps the network from learning, why, and what helps",
     "Looks at all rows of the data (at up to 1000 of more, evenly spaced), or at the row that was "
     "typed; with batch norm, as one batch. By layer: the norm of the mean gradient, the norm of "
     "the weights and biases, and how "
     "large the next update would be beside them. Then what it finds of these: vanishing and "
     "exploding gradients, dead ReLUs, saturated nodes, a plateau, symmetry, numbers that have "
     "diverged. Nothing is changed.",
     "diagnose", run_diagnose},
};

const CommandGroup diagnose_commands = {"training", commands, sizeof commands / sizeof commands[0]};
