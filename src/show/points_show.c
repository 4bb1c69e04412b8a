#include <math.h>
#include <string.h>

#include "session/emit.h"
#include "show/listing.h"
#include "show/points_show.h"

static Prose join(Session *session, Prose first, Prose second)
{
    int count = first.count + second.count;
    Span *spans = arena_new(&session->arena, sizeof *spans * (size_t)count);
    memcpy(spans, first.spans, sizeof *spans * (size_t)first.count);
    memcpy(spans + first.count, second.spans, sizeof *spans * (size_t)second.count);
    return (Prose){spans, count};
}

/* Spots. */

static const char *const phases[PHASES] = {
    [PHASE_ROW] = "the next row",  [PHASE_FORWARD] = "the forward pass",
    [PHASE_LOSS] = "the loss",     [PHASE_BACKWARD] = "the backward pass",
    [PHASE_UPDATE] = "the update", [PHASE_EPOCH] = "the end of the epoch",
};

static Prose describe_phase(Session *session, const Spot *spot)
{
    return prose_print(session, "before line %d of %c, %s", (long)listing_line(spot->phase), "list",
                       phases[spot->phase]);
}

static Prose describe_epoch(Session *session, const Spot *spot)
{
    if (spot->epoch) return prose_print(session, "before epoch %d", spot->epoch);
    return prose_print(session, "before each epoch");
}

static bool is_trained(Symbol symbol)
{
    return symbol.kind == SYMBOL_WEIGHT || symbol.kind == SYMBOL_BIAS ||
           symbol.kind == SYMBOL_SCALE || symbol.kind == SYMBOL_SHIFT;
}

static Prose describe_symbol(Session *session, const Spot *spot)
{
    return prose_print(session, "before %e is %s", expr_symbol(&session->arena, spot->symbol, NAN),
                       is_trained(spot->symbol) ? "updated" : "computed");
}

static Prose describe_derivative(Session *session, const Spot *spot)
{
    static const Symbol loss = {.kind = SYMBOL_LOSS};
    return prose_print(session, "before %e is computed",
                       expr_derivative(&session->arena, loss, spot->symbol, NAN));
}

static Prose (*const describe_spot[])(Session *session, const Spot *spot) = {
    [SPOT_PHASE] = describe_phase,
    [SPOT_EPOCH] = describe_epoch,
    [SPOT_SYMBOL] = describe_symbol,
    [SPOT_DERIVATIVE] = describe_derivative,
};

/* Points. */

static Prose describe(Session *session, const Point *point)
{
    Prose words = point->kind == POINT_BREAK
                      ? describe_spot[point->spot.kind](session, &point->spot)
                      : prose_print(session, "when %f changes", point->text);
    if (point->temporary) words = join(session, prose_print(session, "once, "), words);
    if (point->condition)
        words = join(session, words, prose_print(session, ", if %f", point->condition));
    if (point->ignore == 1)
        return join(session, words, prose_print(session, ", not the next time"));
    if (!point->ignore) return words;
    return join(session, words, prose_print(session, ", not the next %d times", point->ignore));
}

void points_show(Session *session, const Point *point)
{
    ArenaMark mark = arena_mark(&session->arena);
    Prose number =
        prose_print(session, "%s %d: ", point_kind_name(point->kind), (long)point->number);
    Prose line = join(session, number, describe(session, point));
    emit_block(session,
               &(Block){.kind = BLOCK_NOTE, .spans = line.spans, .span_count = line.count});
    emit_integer(session, "number", point->number);
    arena_reset(&session->arena, mark);
}

/* Lists. */

static int count_points(const Points *points, bool displays)
{
    int count = 0;
    for (int i = 0; points && i < points->count; i++)
        count += (points->items[i].kind == POINT_DISPLAY) == displays;
    return count;
}

static Cell truth(bool value)
{
    return (Cell){.kind = CELL_TRUTH, .integer = value};
}

static void list_stop(Session *session, const Point *point)
{
    static const Cell none = {.kind = CELL_NONE};
    emit_row(session,
             (Cell[]){CELL_OF_INTEGER(point->number), CELL_OF_TEXT(point_kind_name(point->kind)),
                      CELL_OF_FOREIGN(point->text),
                      point->condition ? CELL_OF_FOREIGN(point->condition) : none,
                      truth(point->temporary), CELL_OF_INTEGER(point->ignore),
                      truth(!point->disabled), CELL_OF_INTEGER(point->hits),
                      CELL_OF_PROSE(describe(session, point))});
}

static void list_display(Session *session, const Point *point)
{
    emit_row(session, (Cell[]){CELL_OF_INTEGER(point->number), CELL_OF_FOREIGN(point->text),
                               truth(!point->disabled)});
}

static void list(Session *session, bool displays, const char *key, const Table *table)
{
    const Points *points = session->points;
    emit_table(session, key, count_points(points, displays) ? FOR_ALL : FOR_PROGRAMS, table);
    for (int i = 0; points && i < points->count; i++) {
        const Point *point = &points->items[i];
        ArenaMark mark = arena_mark(&session->arena);
        if ((point->kind == POINT_DISPLAY) == displays)
            (displays ? list_display : list_stop)(session, point);
        arena_reset(&session->arena, mark);
    }
    emit_table_end(session);
}

void points_list_stops(Session *session)
{
    static const Column columns[] = {
        {"number", "number"},   {"kind", NULL},      {"what", NULL},
        {"condition", NULL},    {"temporary", NULL}, {"ignore", NULL},
        {"enabled", "enabled"}, {"hits", "hits"},    {NULL, "stops"},
    };
    if (!count_points(session->points, false))
        emit_note(session, "no breakpoints: %c sets one", "break loss");
    list(session, false, "breakpoints", &(Table){.columns = columns, .count = 9});
}

void points_list_displays(Session *session)
{
    static const Column columns[] = {
        {"number", "number"}, {"what", "expression"}, {"shown", "shown"}};
    if (!count_points(session->points, true))
        emit_note(session, "no displays: %c adds one", "display L");
    list(session, true, "displays", &(Table){.columns = columns, .count = 3});
}
