#include <string.h>

#include "command/topics_texts.h"
#include "engine/diagnosis.h"
#include "engine/initialiser.h"
#include "session/emit.h"
#include "session/scope.h"
#include "show/update_rule.h"

void topic_activations(Session *session)
{
    static const Column columns[] = {
        {NULL, "activation"}, {NULL, "o"}, {NULL, "∂o/∂z"}, {NULL, "what it does"}};
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 4});
    for (size_t i = 0; activation_row(i); i++) {
        const Activation *row = activation_row(i);
        emit_row(session, (Cell[]){CELL_OF_TEXT(row->name),
                                   CELL_OF_SYMBOL(scope_parse_row(session, row->formula)),
                                   CELL_OF_SYMBOL(scope_parse_row(session, row->slope)),
                                   CELL_OF_TEXT(row->summary)});
    }
    emit_table_end(session);
}

void topic_losses(Session *session)
{
    for (size_t i = 0; loss_row(i); i++) {
        const Loss *row = loss_row(i);
        emit_heading(session, "%s: %s", row->name, row->summary);
        emit_note(session, "  one output: %e", scope_parse_row(session, row->term));
        emit_note(session, "  slope by ŷ: %e", scope_parse_row(session, row->slope));
    }
    emit_note(session, "With sigmoid and bce, or softmax and cce, the last two factors simplify to "
                       "∂L/∂z = ŷ - y.");
}

static void list_knobs(Session *session, const Knob *knobs)
{
    for (int i = 0; i < KNOBS && knobs[i].name; i++) {
        const Knob *knob = &knobs[i];
        const Expr *letter = scope_parse_row(session, knob->letter);
        bool same = !strcmp(knob->name, knob->letter);
        emit_note(session, same ? "  %s=%n" : "  %s=%n (%e)", knob->name, knob->preset, letter);
    }
}

void topic_optimizers(Session *session)
{
    for (size_t i = 0; optimizer_row(i); i++) {
        const Optimizer *row = optimizer_row(i);
        emit_heading(session, "%s: %s", row->name, row->summary);
        update_rule_describe(session, row);
        list_knobs(session, row->knobs);
        if (row->trick)
            emit_note(session, "  needs one layer, step and hinge: %c", "help perceptron");
    }
    emit_note(session, "g is ∂L/∂w, and t counts the updates from 1. %c adds to g, after clipping:",
              "set decay");
    update_rule_describe_decay(session);
}

void topic_schedules(Session *session)
{
    for (size_t i = 0; schedule_row(i); i++) {
        const Schedule *row = schedule_row(i);
        emit_heading(session, "%s: %s", row->name, row->summary);
        update_rule_describe_schedule(session, row);
        list_knobs(session, row->knobs);
    }
    emit_note(session,
              "%e is the rate that %c sets, and epoch the number of epochs that have "
              "ended: 0 in the first.",
              scope_parse_row(session, "eta0"), "set lr");
}

void topic_weights(Session *session)
{
    static const Column columns[] = {{NULL, "weights="}, {NULL, "what it draws"}};
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 2});
    for (size_t i = 0; initialiser_row(i); i++)
        emit_row(session, (Cell[]){CELL_OF_TEXT(initialiser_row(i)->name),
                                   CELL_OF_TEXT(initialiser_row(i)->summary)});
    emit_table_end(session);
    emit_note(session,
              "random numbers are xoshiro256**, seeded by `seed=`: the same seed gives the "
              "same weights everywhere");
}

/* With an example of the number that depends on the network. */
static void describe_remedy(Session *session, const Remedy *remedy)
{
    const char *type = remedy->type, *number = type ? strchr(type, '%') : NULL;
    if (number) type = arena_print(&session->arena, "%.*s0.01", (int)(number - type), type);
    if (type)
        emit_note(session, "  %c: %s", type, remedy->why);
    else
        emit_note(session, "  %s", remedy->why);
}

void topic_illnesses(Session *session)
{
    const Illness *illness;
    for (size_t i = 0; (illness = illness_row(i)); i++) {
        emit_heading(session, "%s: %s", illness->name, illness->meaning);
        for (int k = 0; k < REMEDIES && illness->remedies[k].why; k++)
            describe_remedy(session, &illness->remedies[k]);
    }
    emit_note(session, "%c finds those that a network has, and shows the numbers.", "diagnose");
}
