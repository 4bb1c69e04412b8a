/* What is remembered of the derivatives: memo. */
#include "command/command.h"
#include "session/by_hand.h"
#include "session/emit.h"
#include "show/by_hand_show.h"

enum { ENTRY_COLUMNS = 4 };

static void emit_entry(Session *session, size_t element)
{
    ArenaMark mark = arena_mark(&session->arena);
    const Mark *entry = &session->pass->memo.marks[element];
    double value = pass_adjoint(session->pass, element);
    Cell cells[ENTRY_COLUMNS + HAND_CELLS] = {
        CELL_OF_SYMBOL(explain_gradient(&session->explainer, element, value)),
        CELL_OF_NUMBER(value), CELL_OF_FOREIGN(entry->by), CELL_OF_INTEGER((long)entry->reused)};
    Hand hand = by_hand_gradient(session, element);
    if (hand.known) by_hand_cells(session, hand, cells + ENTRY_COLUMNS);
    emit_row(session, cells);
    arena_reset(&session->arena, mark);
}

/* What the memo holds: a node's derivatives in all rows at once. */
typedef struct Held {
    long elements, bytes;
} Held;

static Held count_held(const Pass *pass)
{
    Held held = {0};
    for (size_t e = 0; e < pass->net->elements; e++) {
        if (!memo_knows(pass, e)) continue;
        long numbers = net_vector(pass->net, e) ? pass->rows : 1;
        held.elements++;
        held.bytes += numbers * (long)sizeof(double) + (long)sizeof(Mark);
    }
    return held;
}

/* The known adjoints from the loss outwards: nodes, then parameters. */
static void emit_entries(Session *session, Held held)
{
    static const Column columns[ENTRY_COLUMNS] = {
        {"symbol", "known"}, {"value", "value"}, {"by", "computed by"}, {"reused", "reused"}};
    const Net *net = session_net(session);
    const Pass *pass = session->pass;
    Table table = by_hand_table(session, columns, ENTRY_COLUMNS);
    emit_table(session, "entries", held.elements ? FOR_ALL : FOR_PROGRAMS, &table);
    for (int v = net->vector_count - 1; v >= 0; v--)
        for (size_t i = 0; i < (size_t)net->vectors[v].size; i++)
            if (memo_knows(pass, net->vectors[v].at + i))
                emit_entry(session, net->vectors[v].at + i);
    for (size_t i = 0; i < net->parameters; i++)
        if (memo_knows(pass, net_parameter(net, i))) emit_entry(session, net_parameter(net, i));
    emit_table_end(session);
}

/* Whose the values in the table are, and what is counted. */
static void note_memo_rows(Session *session, Held held)
{
    const Pass *pass = session->pass;
    if (pass->rows > 1 && held.elements)
        emit_note(session,
                  "in all %d rows of the batch: of a node's derivatives the table shows row %d's",
                  (long)pass->rows, session_row_number(session, pass->shown));
}

static bool run_memo(Session *session, const Arguments *arguments, Error *err)
{
    (void)arguments, (void)err;
    static const Column columns[] = {{"name", NULL}, {"count", NULL}};
    const Pass *pass = session->pass;
    Held held = count_held(pass);
    emit_entries(session, held);
    if (!held.elements)
        emit_note(session, !pass->memo.off
                               ? "nothing is remembered: no derivative was asked for since "
                                 "the last change"
                               : "the memo is off: nothing is remembered");
    emit_note(session, "multiplications: %n done, %n without a memo; %d bytes held",
              pass->memo.multiplications, pass->memo.naive, held.bytes);
    note_memo_rows(session, held);
    emit_table(session, "multiplications", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 2, .map = true});
    emit_row(session,
             (Cell[]){CELL_OF_TEXT("memoized"), CELL_OF_NUMBER(pass->memo.multiplications)});
    emit_row(session, (Cell[]){CELL_OF_TEXT("naive"), CELL_OF_NUMBER(pass->memo.naive)});
    emit_table_end(session);
    emit_integer(session, "bytes", held.bytes);
    return true;
}

static const Command commands[] = {
    {"memo", NULL, "", NEEDS_NET, "show which derivatives are remembered, and what that saved",
     "A derivative of L is computed when something needs it, and remembered until a parameter, "
     "the row or the loss changes. One multiplication is counted for each × between two factors; "
     "a product that is known is not multiplied again, though `grad` shows all its factors. "
     "`set memo off` really computes everything afresh each time.",
     "grad all\nmemo", run_memo},
};

const CommandGroup memo_commands = {"one row, by hand", commands,
                                    sizeof commands / sizeof commands[0]};
