#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number.h"
#include "render/spell.h"
#include "session/emit.h"
#include "show/by_hand_show.h"

void by_hand_emit(Session *session, Hand hand)
{
    if (!hand.known) return;
    emit_number(session, "hand", hand.value);
    emit_number(session, "units_off", hand.units_off);
}

const Column by_hand_columns[HAND_CELLS] = {{NULL, "by hand"}, {"hand", NULL}, {"units_off", NULL}};

void by_hand_cells(Session *session, Hand hand, Cell cells[HAND_CELLS])
{
    Text text = {0};
    spell_verdict(&text, &hand);
    cells[0] = CELL_OF_TEXT(text_move(&text, &session->arena));
    cells[1] = CELL_OF_NUMBER(hand.value);
    cells[2] = CELL_OF_NUMBER(hand.units_off);
}

Table by_hand_table(Session *session, const Column *columns, int count)
{
    Column *all = arena_new(&session->arena, sizeof *all * (size_t)(count + HAND_CELLS));
    memcpy(all, columns, sizeof *all * (size_t)count);
    memcpy(all + count, by_hand_columns, sizeof by_hand_columns);
    return (Table){.columns = all, .count = count + (session->page ? HAND_CELLS : 0)};
}

const char *by_hand_words(Session *session, const char *before, Hand hand)
{
    Text text = {0};
    if (!hand.known) return "";
    text_add(&text, before);
    spell_hand(&text, &hand);
    return text_move(&text, &session->arena);
}

const char *by_hand_spell(Session *session, double number)
{
    char text[DECIMAL_SIZE];
    bool given = page_round(session->page, number) != number && !isnan(number);
    if (given)
        number_spell(text, number, session->style.digits);
    else
        decimal_spell(text, number, session->page->decimals);
    return arena_copy(&session->arena, text, strlen(text));
}

static Hand judge_element(Session *session, size_t element)
{
    ArenaMark mark = arena_mark(&session->arena);
    double hand = by_hand_element(session, element);
    arena_reset(&session->arena, mark);
    return page_judge(session->page, pass_value(session->pass, element), hand);
}

void by_hand_list(Session *session, size_t first, size_t end)
{
    static const Column columns[] = {
        {"symbol", NULL}, {"value", NULL}, {NULL, NULL}, {"hand", NULL}, {"units_off", NULL}};
    if (!session->page) return;
    emit_table(session, "by_hand", FOR_PROGRAMS,
               &(Table){.columns = columns, .count = 2 + HAND_CELLS});
    for (size_t e = first; e < end; e++) {
        ArenaMark mark = arena_mark(&session->arena);
        Cell cells[2 + HAND_CELLS] = {CELL_OF_SYMBOL(explain_symbol(&session->explainer, e)),
                                      CELL_OF_NUMBER(pass_value(session->pass, e))};
        by_hand_cells(session, judge_element(session, e), cells + 2);
        emit_row(session, cells);
        arena_reset(&session->arena, mark);
    }
    emit_table_end(session);
}

/* The first of those that are farthest off stands for the rest. */
void by_hand_sum_up(Session *session, size_t first, size_t end)
{
    if (!session->page) return;
    size_t worst = first;
    Hand farthest = {0};
    long off = 0;
    for (size_t e = first; e < end; e++) {
        Hand hand = judge_element(session, e);
        off += hand.units_off != 0;
        if (fabs(hand.units_off) <= fabs(farthest.units_off)) continue;
        farthest = hand;
        worst = e;
    }
    if (off)
        emit_note(session, "  %d of %d off, the farthest %e: %s", off, (long)(end - first),
                  explain_symbol(&session->explainer, worst), by_hand_words(session, "", farthest));
    else
        emit_note(session, "  all equal");
}

void by_hand_fields(Session *session, const Beside *rows, int count)
{
    static const Column columns[] = {{"what", NULL}, {"value", NULL}};
    Table table = by_hand_table(session, columns, 2);
    if (!session->page) return;
    emit_table(session, "by_hand", FOR_PROGRAMS, &table);
    for (int i = 0; i < count; i++) {
        Cell cells[2 + HAND_CELLS] = {CELL_OF_TEXT(rows[i].what), CELL_OF_NUMBER(rows[i].exact)};
        Hand hand = page_judge(session->page, rows[i].exact, rows[i].hand);
        by_hand_cells(session, hand, cells + 2);
        emit_row(session, cells);
    }
    emit_table_end(session);
}

int by_hand_heading(const Session *session, Column *columns, int count, const char *heading)
{
    columns[count++] = (Column){"", heading};
    if (session->page) columns[count++] = (Column){"", "by hand"};
    return count;
}

int by_hand_number(Session *session, Cell *cells, int count, double number, Hand hand)
{
    Cell verdict[HAND_CELLS];
    cells[count++] = CELL_OF_NUMBER(number);
    if (!hand.known) return count;
    by_hand_cells(session, hand, verdict);
    cells[count++] = verdict[0];
    return count;
}
